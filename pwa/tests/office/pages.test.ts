import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Client, Unreachable } from '../../src/net/index.ts';
import { confirmedHash } from '../../src/rules/unsigned.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Store } from '../../src/store/index.ts';
import type { DeviceContact, HealReport, Loss, Parting, Quarantine } from '../../src/wire/bodies.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, DAY_MS, doc, signature, WHOLE, write } from './made.ts';
import { button, now, opened, said, settled, shown, unit } from './opened.ts';

const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
  { kind: 'user', id: 'lin', fields: { name: '林志豪', unit } },
  { kind: 'role_grant', id: 'g-lin', fields: { user: 'lin', unit, role: 'technician' } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '板橋區文化路' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '變頻冰箱', model_no: 'KR-528WN' } },
  { kind: 'service_voucher', id: 'a', fields: { unit, number: 'V-BAN-000001' } },
  {
    kind: 'service_call',
    id: 'call-1',
    fields: { ...WHOLE, unit, customer: 'c', number: 'BAN-2026-000001', received_at: at(9), logged_at: at(9) },
  },
];
const rival: FixtureRow = {
  kind: 'service_visit',
  id: 'visit-1',
  fields: { unit, call: 'call-1', asset: 'a', technician: 'lin', fault: '不冷', arrived_at: at(10) },
  rivals: { fault: [write('不冷', 'lin', 'field', at(10)), write('漏水', 'chen', 'office', at(9))] },
};

let close: () => Promise<void>;
let store: Store;
let client: Client;
/** What the server answers, by method and path; a test may change it while the pages are open. */
const answers: Record<string, unknown> = {};

async function open(hash: string, roles: readonly Role[] = ['service_manager'], more: readonly FixtureRow[] = []) {
  ({ store, client, close } = await opened(hash, roles, [...rows, ...more], answers));
}
async function press(key: string, over: KeyboardEventInit = {}) {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }));
  await settled();
}
async function type(label: string, text: string) {
  const field = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  const input = document.getElementById(field?.htmlFor ?? '') as HTMLInputElement;
  input.value = text;
  input.focus();
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await close();
  vi.useRealTimers();
});

test('whatever the phone sends appears in the open register without a reload', async () => {
  await open('#/');
  await shown('今天未派 1 件');
  const dispatch = { unit, call: 'call-1', technician: 'lin', dispatched_at: at(9), planned_at: at(10) };
  const visit = { unit, call: 'call-1', asset: 'a', technician: 'lin', arrived_at: at(10) };
  const label = { about: '', what: '', who: '' };
  await store.capture(
    [
      { kind: 'dispatch', id: 'visit-1', fields: dispatch },
      { kind: 'service_visit', id: 'visit-1', fields: visit },
    ],
    label,
  );
  await settled();
  await shown('施作中 1 件');
});

test('D sends the technician who has least to do, with a time', async () => {
  await open('#/call/call-1');
  const ask = vi.spyOn(client, 'ask');
  await press('d');
  const order = { technician: 'lin', planned_at: at(11, 30) };
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/call-1/dispatch', order);
});

test('a clerk sees that the service manager dispatches, and his keys do nothing', async () => {
  await open('#/call/call-1', ['clerk']);
  const ask = vi.spyOn(client, 'ask');
  await press('d');
  expect(ask).not.toHaveBeenCalled();
  await shown('派工由服務主任做。');
});

const phone: FixtureRow = { kind: 'device', id: 'phone', fields: { user: 'lin', unit, place: 'field', name: 'Pixel' } };
const heard = (
  when: number,
  pending = 0,
  oldest_pending_at: number | null = null,
  repairs: DeviceContact['repairs'] = null,
) => {
  answers['GET /api/contacts'] = [{ device: 'phone', at: when, pending, oldest_pending_at, app: '0.1.0', repairs }];
};

test('the open register follows when each technician was last in touch', async () => {
  heard(at(10, 20));
  await open('#/call/call-1', ['service_manager'], [phone]);
  await shown('最後同步 10:20，超過 30 分沒消息');
  heard(at(10, 58), 2, at(10, 40));
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('最後同步 10:58');
  expect(said()).not.toContain('沒消息');
  await shown('未送出 2 筆，10:40 起');
});

test('a clerk sees it of whoever was sent, and how many with a job are silent', async () => {
  heard(at(10, 20));
  const sent = { call: 'call-1', unit, technician: 'lin', planned_at: at(13), dispatched_at: at(10) };
  await open('#/call/call-1', ['clerk'], [phone, { kind: 'dispatch', id: 'visit-1', fields: sent }]);
  await shown('林志豪 最後同步 10:20');
  await shown('1 人超過 30 分沒同步');
});

test.each([
  ['who was never in touch', () => [], '還沒同步過'],
  ['what cannot be asked', () => Promise.reject(new Unreachable()), '查不到最後同步'],
])('%s is told as that', async (_, answer, words) => {
  answers['GET /api/contacts'] = answer();
  await open('#/call/call-1');
  await shown(words);
});

test('the list of devices tells what was last heard of each, and what one never brought', async () => {
  heard(at(9) - 3 * DAY_MS, 3, at(8) - 4 * DAY_MS);
  await open('#/devices', ['admin'], [phone]);
  await shown('0.1.0');
  await shown('11/20 09:00');
  await shown('11/19 08:00 起的 3 筆一直沒送到');
});

test('a device that mended itself is told of with how many rows, what that means, and how often it happened', async () => {
  heard(at(9), 0, null, { at: at(8, 12), rows: 3, times: 1 });
  await open('#/devices', ['admin'], [phone]);
  await shown('11/23 修復 3 筆');
  await shown('08:12 修復 3 筆 這台裝置的資料和公司的對不上，已自動重新取得；沒送出的紀錄不受影響。');
  expect(said()).not.toContain('修復過');
  heard(at(9), 0, null, { at: at(9), rows: 1, times: 2 });
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('11/23 修復 1 筆');
  await shown('到目前為止修復過 2 次');
});

const stoppedPhone = { ...phone, fields: { ...phone.fields, revoked_at: at(8) } } as FixtureRow;
const handedIn = (over: Partial<Quarantine>) => {
  const whose = { device: 'phone', device_name: 'Pixel', user: 'lin', user_name: '林志豪', cause: 'device' };
  const none = { since: at(8), opened_at: at(9), closed_at: null, announced: 0, arrived: 0, waiting: 0 };
  answers['GET /api/quarantines'] = [{ ...whose, ...none, ...over }];
};

test('a stopped device is told of from when nothing came until all that it handed in is decided', async () => {
  heard(at(7), 4);
  answers['GET /api/quarantines'] = [];
  await open('#/devices/phone', ['service_manager'], [stoppedPhone]);
  await shown('08:00 停用 還沒連回來');
  await shown('停用後還沒連回來。');
  await shown('4 筆一直沒送到');
  handedIn({ announced: 4, arrived: 2, waiting: 1 });
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('交回 2／4 筆 1 件待決定');
  await shown('說有 4 筆，已交回 2 筆，還沒交完。');
  expect(said()).not.toContain('一直沒送到');
  handedIn({ announced: 4, arrived: 4, closed_at: at(10) });
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('交回 4 筆，資料已清除');
  await shown('10:00 交完 4 筆，裝置上的資料已清除。目前沒有待決定的。');
});

test.each([
  ['service_manager', '到「待決定」處理這 3 件', '#/inbox'],
  ['admin', '3 件等服務主任決定。', undefined],
] as const)('to a decision about what a stopped device handed in, the %s has his own way', async (role, words, way) => {
  heard(at(10));
  handedIn({ announced: 4, arrived: 4, closed_at: at(10), waiting: 3 });
  await open('#/devices/phone', [role], [stoppedPhone]);
  await shown(words);
  expect(document.querySelector('section a[href="#/inbox"]')?.getAttribute('href')).toBe(way);
});

test('who is not told what stopped devices handed in is told nothing wrong', async () => {
  heard(at(10));
  await open('#/devices/phone', ['service_department'], [stoppedPhone]);
  await shown('你的職務不能用這一頁。需要的話，請管理員加職務。');
  expect(said()).not.toContain('還沒連回來');
});

test('what stopped devices handed in is asked again where it could not be read', async () => {
  heard(at(10));
  answers['GET /api/quarantines'] = Promise.reject(new Unreachable());
  await open('#/devices/phone', ['service_manager'], [stoppedPhone]);
  await shown('查不到交回多少');
  handedIn({ closed_at: at(10) });
  button('再讀一次').click();
  await shown('沒有要交回的，資料已清除');
});

test('a device is stopped from its detail, after the consequence was said', async () => {
  heard(at(10));
  await open('#/devices', ['admin'], [phone]);
  button('停用裝置').click();
  await shown('停用後不能復原');
  const ask = vi.spyOn(client, 'ask');
  answers['POST /api/devices/phone/revoke'] = null;
  document.querySelector<HTMLButtonElement>('dialog .danger')?.click();
  await settled();
  expect(ask).toHaveBeenCalledWith('POST', '/api/devices/phone/revoke', {});
  expect(document.querySelector('dialog')).toBeNull();
});

const loss: Loss = {
  actor: 'actor-1',
  last_seq: 3,
  device: 'phone',
  user: 'lin',
  operations: 3,
  since: at(8) - 4 * DAY_MS,
  said_at: at(9) - 3 * DAY_MS,
  state: 'silent',
  successor: null,
  settled: null,
};
const parting: Parting = {
  actor: 'actor-2',
  device: 'phone',
  user: 'lin',
  at: at(10),
  here: 2,
  there: 1,
  both: false,
  documents_here: [{ kind: 'service_call', doc: 'call-1' }],
  documents_there: [],
  settled: null,
};
const nothing: HealReport = { changes: [], losses: [], partings: [] };

test('what never arrived is told with its age, and a person writes it off with a reason', async () => {
  answers['GET /api/healing'] = { ...nothing, losses: [loss], partings: [parting] };
  await open('#/healing', ['service_manager'], [phone]);
  await shown('Pixel（林志豪）');
  await shown('11/19 08:00 起的 3 筆沒送到');
  await shown('裝置超過一天沒連上。');
  await shown('設定2');
  const ask = vi.spyOn(client, 'ask');
  button('不用再等').click();
  await settled();
  await type('原因', '手機掉到水裡');
  answers['POST /api/losses/actor-1/settle'] = null;
  const closed = { by: 'chen', at: now, reason: '手機掉到水裡' };
  answers['GET /api/healing'] = { ...nothing, losses: [{ ...loss, settled: closed }] };
  document.querySelector<HTMLButtonElement>('dialog button[type="submit"]')?.click();
  await settled();
  expect(ask).toHaveBeenCalledWith('POST', '/api/losses/actor-1/settle', { reason: '手機掉到水裡' });
  await shown('陳文彬 11:00 處理：手機掉到水裡');
  expect(said()).not.toContain('裝置2');
});

test('a phone that is a copy or was put back is told with what either branch wrote', async () => {
  answers['GET /api/healing'] = { ...nothing, partings: [parting] };
  await open('#/healing', ['service_manager'], [phone]);
  await shown('從備份還原，或複製自另一台');
  await shown('辦公室原來有 2 筆是這台不知道的，這台後來寫了 1 筆');
  await shown('叫修 陳美惠 BAN-2026-000001');
  answers['GET /api/healing'] = { ...nothing, partings: [{ ...parting, both: true }] };
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('兩台都在用同一個身分');
});

test('a restore is told with who brought what, who is awaited, and how much was lost', async () => {
  const back = { device: 'phone', user: 'lin', operations: 12, documents: 5, unproven: 2, kept_elsewhere: 7 };
  const change = {
    epoch: 'two',
    at: at(9),
    cause: 'hello',
    device: 'phone',
    fork: 40,
    reached: 50,
    back: 9,
    returned: [{ ...back, first_at: at(8), last_at: at(8, 30) }],
    awaited: [{ device: 'lost', user: 'nobody', seen_at: null }],
  };
  answers['GET /api/healing'] = { ...nothing, changes: [change] };
  await open('#/healing', ['vice_gm'], [phone]);
  await shown('09:00 換成較舊的資料庫');
  await shown('由Pixel（林志豪）連上時發現。');
  await shown('之後至少還有 10 次寫入，各裝置補回 9 次。');
  await shown('08:00 到 08:30');
  await shown('2 筆沒有回條');
  await shown('7 筆由其他裝置代為保存');
  await shown('已不在名單的裝置（已不在名單的人員） 沒有連上過');
});

test('a report that says nothing, and one that cannot be read', async () => {
  answers['GET /api/healing'] = nothing;
  await open('#/healing', ['admin']);
  await shown('沒有缺少的紀錄。');
  await shown('資料庫沒有換成較舊的過。');
  const lost = Promise.reject(new Unreachable());
  lost.catch(() => {});
  answers['GET /api/healing'] = lost;
  await vi.advanceTimersByTimeAsync(60_000);
  await shown('連不到辦公室');
  await shown('以下是上次讀到的。');
});

test('F2, a known number and Enter log a call; the next form is empty', async () => {
  await open('#/', ['clerk']);
  await press('F2');
  await shown('打完號碼就找客戶');
  const capture = vi.spyOn(store, 'capture');
  await type('電話', '0229601847');
  await shown('找到 1 位客戶');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('A 有費'))?.click();
  await type('情形', '冷藏室不冷');
  await press('Enter');
  const [edits] = capture.mock.calls[0] ?? [[]];
  expect(edits).toMatchObject([
    { kind: 'service_call', fields: { customer: 'c', asset: 'a', symptom: '冷藏室不冷', category: 'paid' } },
  ]);
  await shown('陳美惠已登記');
  expect(document.querySelector('textarea')?.value).toBe('');
});

test('F010 a call is stamped with the moment at which its first digit was typed', async () => {
  await open('#/intake', ['clerk']);
  const capture = vi.spyOn(store, 'capture');
  const typed = now + 9_000;
  vi.setSystemTime(typed);
  await type('電話', '0229601847');
  await type('情形', '冷藏室不冷');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('A 有費'))?.click();
  vi.setSystemTime(typed + 20_000);
  await press('Enter');
  expect(capture.mock.calls[0]?.[0]).toMatchObject([{ fields: { received_at: typed, logged_at: typed + 20_000 } }]);
});

test('F013 a customer who arrives after his number was typed is offered', async () => {
  await open('#/intake', ['clerk']);
  await type('電話', '0287654321');
  await shown('新客戶');
  const fields = { unit, name: '張家豪', phone: '02-8765-4321', address: '三峽區中山路 3 號' };
  await store.capture([{ kind: 'customer', id: 'late', fields }], { about: '', what: '', who: '' });
  await settled();
  await shown('找到 1 位客戶');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('用張家豪'))?.click();
  await settled();
  const filled = [...document.querySelectorAll('input')].map(({ value }) => value);
  expect(filled).toContain('三峽區中山路 3 號');
});

test('Enter that ends the composing of a Chinese word saves nothing', async () => {
  await open('#/intake', ['clerk']);
  const capture = vi.spyOn(store, 'capture');
  await type('情形', '冷藏室');
  await press('Enter', { isComposing: true });
  expect(said()).not.toContain('還沒填。');
  expect(capture).not.toHaveBeenCalled();
});

test('what is missing is said where it is missing, and nothing is saved', async () => {
  await open('#/intake', ['clerk']);
  const capture = vi.spyOn(store, 'capture');
  await type('電話', '0912000111');
  await press('Enter');
  await shown('還沒填。');
  expect(capture).not.toHaveBeenCalled();
});

test('one key decides between two values, and the decision leaves the inbox', async () => {
  await open('#/inbox', ['clerk'], [rival]);
  const capture = vi.spyOn(store, 'capture');
  await shown('故障，要用哪一個');
  await press('2');
  expect(capture.mock.calls[0]?.[0]).toMatchObject([{ id: 'visit-1', fields: { fault: '漏水' }, resolve: true }]);
  await shown('沒有待決定的事。');
  await shown('故障：漏水。其他的值留在歷程。');
});

test('going against what the customer signed needs a reason, and then amends', async () => {
  const visit = { unit, call: 'call-1', asset: 'a', technician: 'lin', arrived_at: at(10), fault: '不冷' };
  const signed = signature(doc('service_visit', 'visit-1', visit));
  await open('#/inbox', ['service_manager'], [rival, { kind: 'signature', id: 's', fields: signed.fields }]);
  const [ask, capture] = [vi.spyOn(client, 'ask'), vi.spyOn(store, 'capture')];
  await press('2');
  expect([ask.mock.calls.length, said().includes('沒寫原因')]).toEqual([0, true]);
  await type('原因', '客戶來電更正');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('改用漏水'))?.click();
  await settled();
  expect(ask).toHaveBeenCalledWith('POST', '/api/visits/visit-1/amend', {
    reason: '客戶來電更正',
    fields: { fault: '漏水' },
  });
  expect(capture).not.toHaveBeenCalled();
});

test('the back button leads from a voucher to the call it was opened from', async () => {
  await open('#/call/call-1');
  await press('v');
  await shown('V-BAN-000001');
  history.back();
  await shown('今天未派 1 件');
  expect(location.hash).toBe('#/call/call-1');
});

test('H7 who came back from a restore without a login is given one, with a code that is shown once', async () => {
  const back = { user: 'hsu', login: '', name: '許家銘', unit, roles: ['technician'], deactivated: false };
  answers['GET /api/accounts'] = [back];
  answers['POST /api/accounts/hsu/login'] = { user: 'hsu', code: 'nidave-7fuka' };
  await open('#/people', ['admin']);
  await shown('還原後沒有帳號');
  const ask = vi.spyOn(client, 'ask');
  button('給帳號，發設定碼').click();
  await shown('重新給許家銘帳號');
  document.querySelector<HTMLFormElement>('#give-login')?.requestSubmit();
  await shown('還沒填。');
  await type('帳號', ' hsu.jm ');
  document.querySelector<HTMLFormElement>('#give-login')?.requestSubmit();
  await shown('nidave-7fuka');
  expect(ask).toHaveBeenCalledWith('POST', '/api/accounts/hsu/login', { login: 'hsu.jm' });
});

test('F031 the manager confirms a visit that nobody signed where it waits for him', async () => {
  const fields = {
    unit,
    call: 'c',
    technician: 't',
    finished_at: 1,
    outcome: 'fixed',
    unsigned_reason: 'absent',
  } as const;
  await open('#/inbox', ['service_manager'], [{ kind: 'service_visit', id: 'unsigned', fields }]);
  await shown('客戶不在');
  const confirms = [...document.querySelectorAll('button')].filter(({ textContent }) =>
    textContent?.includes('確認沒簽'),
  );
  expect(confirms).toHaveLength(1);
});

test.each([
  ['fixed', '確認後可以結案', '已確認，可以結案。'],
  ['follow_up', '確認以後，這件還要再派', '已確認。這件還要再派。'],
] as const)(
  'F031 confirming a visit without a signature, %s, says what comes after it',
  async (outcome, means, done) => {
    answers['POST /api/visits/visit-1/confirm'] = {};
    const why = { unsigned_reason: 'absent', undone_reason: 'customer_absent' } as const;
    const ended = { arrived_at: at(9), finished_at: at(10), ...why };
    const fields = { unit, call: 'call-1', asset: 'a', technician: 'lin', ...ended, outcome } as const;
    const photo = { kind: 'photo', id: 'p', fields: { unit, visit: 'visit-1' } } as const;
    await open(
      '#/voucher/a/visit/visit-1',
      ['service_manager'],
      [{ kind: 'service_visit', id: 'visit-1', fields }, photo],
    );
    await shown('客戶不在');
    button('確認沒簽').click();
    await settled();
    expect(said()).toContain(means);
    [...document.querySelectorAll<HTMLButtonElement>('dialog button')]
      .find(({ textContent }) => textContent?.trim() === '確認沒簽')
      ?.click();
    await shown(done);
  },
);

test('F031 the manager confirms what he sees, and is asked again once that has changed', async () => {
  answers['POST /api/visits/visit-1/confirm'] = {};
  const ended = { arrived_at: at(9), finished_at: at(10), unsigned_reason: 'absent', outcome: 'fixed' } as const;
  const seen = { unit, call: 'call-1', asset: 'a', technician: 'lin', ...ended, fee_total: 100 };
  const word = { confirmed_at: at(10, 30), confirmed_by: 'chen', confirmed_sha256: confirmedHash(seen) };
  const fields = { ...seen, ...word, fee_total: 200 };
  const photo = { kind: 'photo', id: 'p', fields: { unit, visit: 'visit-1' } } as const;
  const visit = { kind: 'service_visit', id: 'visit-1', fields } as const;
  await open('#/voucher/a/visit/visit-1', ['service_manager'], [visit, photo]);
  await shown('陳文彬 10:30 確認過，之後內容改過');
  const ask = vi.spyOn(client, 'ask');
  button('確認沒簽').click();
  await settled();
  [...document.querySelectorAll<HTMLButtonElement>('dialog button')]
    .find(({ textContent }) => textContent?.trim() === '確認沒簽')
    ?.click();
  await settled();
  const told = { content_sha256: confirmedHash(fields), note: '' };
  expect(ask).toHaveBeenCalledWith('POST', '/api/visits/visit-1/confirm', told);
});

test('whoever only reads sees two values and nothing to decide with', async () => {
  await open('#/inbox', ['auditor'], [rival]);
  await shown('故障，要用哪一個');
  expect(said()).toContain('漏水');
  const offered = [...document.querySelectorAll('main :is(button, label)')]
    .map(({ textContent }) => textContent)
    .join();
  expect(offered).not.toMatch(/保留不冷|改用|另填|收匯出檔/);
});

test.each(['#/units', '#/people', '#/devices'])(
  'a page of the settings opens only for those who have it: %s',
  async (hash) => {
    await open(hash, ['branch_manager']);
    await shown('你的職務不能用這一頁。需要的話，請管理員加職務。');
    expect(document.querySelector('main :is(input, form)')).toBeNull();
    expect(said()).not.toContain('新增人員');
  },
);

test('personal data is given from the page of its customer too', async () => {
  await open('#/customer/c', ['admin']);
  await shown('板橋區文化路');
  expect(said()).toContain('個資');
});
