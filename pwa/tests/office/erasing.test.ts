import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import type { SyncStatus } from '../../src/net/status.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, said, settled, unit } from './opened.ts';

const customer = { unit, name: '陳美惠', phone: '02-2960-1188' };

let office: Opened;

async function open(roles: readonly Role[], fields: object = customer, status: Partial<SyncStatus> = {}) {
  office = await opened('#/customer/c', roles, [{ kind: 'customer', id: 'c', fields }], {}, status);
  return vi.spyOn(office.client, 'ask');
}
const dialog = () => document.querySelector('dialog') as HTMLElement;
const field = (label: string) => {
  const found = [...dialog().querySelectorAll('label')].find(({ textContent }) => textContent?.includes(label));
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
};
async function fill(label: string, typed: string) {
  field(label).value = typed;
  field(label).dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function press(label: string, within: ParentNode = document) {
  button(label, within).click();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

test('only the admin is shown a way to erase, and no one where it is done already', async () => {
  await open(['service_department']);
  expect([button('匯出個資'), button('刪除個資')].map(Boolean)).toEqual([true, false]);
  await office.close();
  await open(['admin'], { unit, erased_at: at(9) });
  expect([button('匯出個資'), button('刪除個資')].map(Boolean)).toEqual([true, false]);
  await office.close();
  await open(['admin'], { ...customer, erased_at: at(9) });
  expect(button('刪除個資')).toBeDefined();
});

test('it is told what goes and what stays, and the export is offered first', async () => {
  await open(['admin']);
  await press('刪除個資');
  expect(said()).toContain('刪了就拿不回來');
  expect(said()).toContain('簽過的內容、簽名、照片、副本連結');
  expect(said()).toContain('編號、時間、金額');
  await press('先匯出個資', dialog());
  expect(said()).toContain('匯出 陳美惠 的個資');
});

test('nothing is erased before the name and the reason are typed', async () => {
  const ask = await open(['admin']);
  await press('刪除個資');
  expect(document.activeElement).toBe(dialog());
  await press('永久刪除', dialog());
  expect(said()).toContain('還沒打客戶名稱，什麼都沒有刪。');
  expect(said()).toContain('沒寫原因');
  await fill('再打一次客戶名稱', ' 陳美惠 ');
  await fill('原因', '客戶來電要求');
  for (const input of dialog().querySelectorAll('input')) {
    expect(input.form).toBeNull();
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  }
  await settled();
  expect(ask).not.toHaveBeenCalledWith('POST', expect.anything(), expect.anything());
  await press('永久刪除', dialog());
  const path = '/api/customers/c/personal-data/erase';
  expect(ask).toHaveBeenCalledWith('POST', path, { name: '陳美惠', reason: '客戶來電要求' });
  expect(dialog()).toBeNull();
  expect(said()).toContain('個資刪除了。');
});

test.each([
  ['customer.name', '打的名稱和客戶的名稱不一樣'],
  ['customer.open_call', '這位客戶還有沒結案的叫修'],
  ['customer.owes', '這位客戶還有帳款未結的叫修'],
  ['customer.held', '這位客戶還有紀錄在待決定'],
  ['customer.contract', '這位客戶的保養契約還有效'],
] as const)('the dialog stays and says why it was refused: %s', async (code, sentence) => {
  const ask = await open(['admin']);
  ask.mockRejectedValue(new Refused(code, {}));
  await press('刪除個資');
  await fill('再打一次客戶名稱', '陳美惠');
  await fill('原因', '客戶來電要求');
  await press('永久刪除', dialog());
  await vi.waitFor(() => expect(said()).toContain(sentence));
  expect(field('再打一次客戶名稱').value).toBe('陳美惠');
});

test('without a network nothing can be erased, and the dialog says so', async () => {
  await open(['admin'], customer, { state: 'waiting' });
  await press('刪除個資');
  expect(button('永久刪除', dialog()).disabled).toBe(true);
  expect(said()).toContain('連不到伺服器，什麼都沒有刪。');
});

const rowsOfPaid = (...numbers: readonly string[]): readonly FixtureRow[] => [
  { kind: 'customer', id: 'c', fields: customer },
  ...numbers.flatMap((number): FixtureRow[] => [
    { kind: 'service_call', id: number, fields: { unit, customer: 'c', number, category: 'paid', closed_at: at(10) } },
    { kind: 'service_visit', id: `v-${number}`, fields: { unit, call: number, finished_at: at(9), fee_total: 1_000 } },
  ]),
];

test('F033 what the customer still owes is told before anybody types, and is ticked before he is erased', async () => {
  office = await opened('#/customer/c', ['admin'], rowsOfPaid('BAN-1', 'BAN-2'), {});
  const ask = vi.spyOn(office.client, 'ask');
  await press('刪除個資');
  expect(said()).toMatch(/2 件叫修帳款未結：BAN-[12]、BAN-[12]。刪了就不知道向誰收。/);
  await fill('再打一次客戶名稱', '陳美惠');
  await fill('原因', '客戶來電要求');
  await press('永久刪除', dialog());
  expect(said()).toContain('還沒確認帳款，什麼都沒有刪。');
  expect(ask).not.toHaveBeenCalledWith('POST', expect.anything(), expect.anything());
  dialog().querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  await settled();
  await press('永久刪除', dialog());
  const body = { name: '陳美惠', reason: '客戶來電要求', settled: expect.arrayContaining(['BAN-1', 'BAN-2']) };
  expect(ask).toHaveBeenCalledWith('POST', '/api/customers/c/personal-data/erase', body);
});

test('F033 of what the server alone knows to be owed the dialog asks too', async () => {
  office = await opened('#/customer/c', ['admin'], rowsOfPaid(), {});
  const ask = vi.spyOn(office.client, 'ask');
  ask.mockRejectedValueOnce(new Refused('customer.owes', { calls: ['x'], numbers: ['BAN-9'] }));
  await press('刪除個資');
  expect(dialog().querySelector('input[type=checkbox]')).toBeNull();
  await fill('再打一次客戶名稱', '陳美惠');
  await fill('原因', '客戶來電要求');
  await press('永久刪除', dialog());
  await vi.waitFor(() => expect(said()).toContain('1 件叫修帳款未結：BAN-9。'));
  dialog().querySelector<HTMLInputElement>('input[type=checkbox]')?.click();
  await settled();
  await press('永久刪除', dialog());
  expect(ask.mock.calls.at(-1)?.[2]).toMatchObject({ settled: ['x'] });
});
