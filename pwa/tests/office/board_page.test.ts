import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, DAY_MS } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const person = (id: string, name: string, role: Role): FixtureRow[] => [
  { kind: 'user', id, fields: { name, unit } },
  { kind: 'role_grant', id: `g-${id}`, fields: { user: id, unit, role } },
];
const call = (id: string, fields: Kinds['service_call'] = {}): FixtureRow => ({
  kind: 'service_call',
  id,
  fields: {
    ...{ unit, contact_name: id, asset: 'a', district: '板橋區', zone: 'urban', category: 'paid' },
    ...{ received_at: at(9), logged_at: at(9), due_at: at(16), contact_phone: '02-2960-1188' },
    ...fields,
  },
});
const sent = (id: string, technician: string, plannedAt: number): FixtureRow => ({
  kind: 'dispatch',
  id: `to-${id}`,
  fields: { unit, call: id, technician, planned_at: plannedAt, dispatched_at: at(9) },
});
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', time_zone: 'Asia/Taipei' } },
  ...person('chen', '陳文彬', 'service_manager'),
  ...person('chou', '周俊宏', 'technician'),
  ...person('lin', '林志豪', 'technician'),
  { kind: 'asset', id: 'a', fields: { unit, product: '洗衣機', model_no: 'KW-130' } },
  call('黃淑芬'),
  call('周麗華', { received_at: at(13) - 3 * DAY_MS, due_at: at(10) }),
  call('王建國', { due_at: at(10, 20) }),
  sent('王建國', 'lin', at(13)),
];

let office: Opened;
const answers: Record<string, unknown> = {};

async function open(roles: readonly Role[] = ['service_manager'], more: readonly FixtureRow[] = [], hash = '#/board') {
  office = await opened(hash, roles, [...rows, ...more], answers);
  return vi.spyOn(office.client, 'ask');
}
async function press(key: string, on: Element = document.body) {
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settled();
}
const spoken = (on: Element | undefined) => on?.querySelector('.unseen')?.textContent;
const block = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('[data-block]')].find((each) =>
    spoken(each)?.startsWith(name),
  ) as HTMLElement;
const lane = (name: string) =>
  [...document.querySelectorAll('li')].find(({ textContent }) => textContent?.includes(name)) as HTMLElement;
const rowsSaid = () => [...document.querySelectorAll('[data-row]')].map(({ textContent }) => textContent?.trim());
const main = () => document.querySelector('button.main .label')?.textContent?.replaceAll(/\s+/g, ' ').trim();

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  for (const each of Object.getOwnPropertyNames(answers)) delete answers[each];
  vi.useRealTimers();
});

test('F018 calls that nobody was sent to on their day go first, then whoever has the least time left', async () => {
  await open();
  await shown('優先派工 以前未派 1 件');
  expect(rowsSaid().map((row) => row?.replaceAll(/\s+/g, ' '))).toEqual([
    '逾時 1 小時周麗華 板橋・市區洗衣機 KW-130A',
    '剩 4 小時黃淑芬 板橋・市區洗衣機 KW-130A',
  ]);
});

test('a block says whose job it is, how it stands, and who goes when', async () => {
  await open();
  expect(spoken(block('王建國'))).toBe('王建國 板橋 洗衣機 逾時 40 分，林志豪 13:00');
});

test('F030 a job that could not be completed is not told as done on the board', async () => {
  const ended = { unit, call: '王建國', technician: 'lin', arrived_at: at(9, 50), finished_at: at(10, 20) };
  const visit = { ...ended, outcome: 'follow_up', undone_reason: 'no_parts', undone_next: 'send_again' } as const;
  await open(undefined, [{ kind: 'service_visit', id: 'to-王建國', fields: visit }]);
  expect(spoken(block('王建國'))).toBe('王建國 板橋 洗衣機 無法完成，林志豪 09:50');
  expect(block('王建國').classList).toContain('amber');
});

test('F015 D sends who is suggested at the time that is suggested, and the next call is chosen', async () => {
  answers['POST /api/calls/周麗華/dispatch'] = { dispatch: 'made' };
  const ask = await open();
  expect(main()).toBe('派給周俊宏 13:00 D');
  await press('d');
  const order = { technician: 'chou', planned_at: at(13) };
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/周麗華/dispatch', order);
  await shown('已派給周俊宏 13:00。');
  expect(location.hash).toContain(encodeURIComponent('黃淑芬'));
  button('復原').click();
  await settled();
  expect(ask).toHaveBeenCalledWith('POST', '/api/dispatches/made/cancel', { reason: '派錯，馬上復原' });
  await shown('已復原。');
});

test('F015 arrows change the person and, by quarters, the time; a slot that is taken says so', async () => {
  const ask = await open();
  await press('ArrowRight');
  expect(main()).toBe('派給周俊宏 13:15 D');
  await press('ArrowDown');
  expect(main()).toBe('派給林志豪 14:00 D');
  await press('ArrowLeft');
  await shown('13:45 和別件重疊');
  for (const _ of [1, 2, 3, 4, 5, 6, 7]) await press('ArrowLeft');
  await shown('12:00 不在服務時間');
  await press('d');
  const order = { technician: 'lin', planned_at: at(12) };
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/周麗華/dispatch', order);
});

test('arrows in the list choose a call, and leave the suggestion alone', async () => {
  await open();
  const first = document.querySelector('[data-row]') as HTMLElement;
  first.focus();
  await press('ArrowDown', first);
  expect(location.hash).toContain(encodeURIComponent('黃淑芬'));
});

test('F015 what is refused is told in place, and nothing else changes', async () => {
  const get = () => {
    throw new Refused('dispatch.not_a_technician', {});
  };
  Object.defineProperty(answers, 'POST /api/calls/周麗華/dispatch', { get, configurable: true });
  await open();
  await press('d');
  await shown('這個人不是這個單位的技術員');
  expect(main()).toBe('派給周俊宏 13:00 D');
});

test('F015 M moves a planned job by arrows and Enter, Esc leaves it where it is', async () => {
  answers['POST /api/dispatches/to-王建國/move'] = { dispatch: 'to-王建國' };
  const ask = await open();
  block('王建國').focus();
  await press('m', block('王建國'));
  expect(main()).toBe('移到林志豪 13:00 Enter');
  await press('ArrowRight', block('王建國'));
  await press('Escape', block('王建國'));
  expect(main()).toBeUndefined();
  await press('m', block('王建國'));
  await press('ArrowRight', block('王建國'));
  await press('Enter', block('王建國'));
  const moved = { technician: 'lin', planned_at: at(13, 15), reason: '改派' };
  expect(ask).toHaveBeenCalledWith('POST', '/api/dispatches/to-王建國/move', moved);
  await shown('已移到林志豪 13:15。');
  button('復原').click();
  await settled();
  expect(ask).toHaveBeenLastCalledWith('POST', '/api/dispatches/to-王建國/move', { ...moved, planned_at: at(13) });
});

test('F015 a moved job goes to somebody else at the same time, who is named', async () => {
  const ask = await open();
  await press('m', block('王建國'));
  await press('ArrowDown', block('王建國'));
  expect(main()).toBe('移到周俊宏 13:00 Enter');
  expect(lane('周俊宏').textContent).toContain('移到 13:00');
  await press('Enter', block('王建國'));
  const moved = { technician: 'chou', planned_at: at(13), reason: '改派' };
  expect(ask).toHaveBeenCalledWith('POST', '/api/dispatches/to-王建國/move', moved);
});

test('whoever has arrived is not moved', async () => {
  const visit = { unit, call: '王建國', asset: 'a', technician: 'lin', arrived_at: at(10, 50) };
  await open(['service_manager'], [{ kind: 'service_visit', id: 'to-王建國', fields: visit }]);
  expect(spoken(block('王建國'))).toContain('施作中 10 分');
  await press('m', block('王建國'));
  expect(main()).not.toContain('移到');
});

test('F015 a clerk proposes without the network, and neither sends nor moves', async () => {
  const ask = await open(['clerk']);
  ask.mockClear();
  expect(main()).toBe('提議派給周俊宏 13:00 D');
  await press('d');
  await shown('已提議派給周俊宏 13:00。');
  await shown('收回提議');
  await press('m', block('王建國'));
  expect(main()).not.toContain('移到');
  expect(ask.mock.calls.filter(([method]) => method === 'POST')).toEqual([]);
  button('收回提議').click();
  await settled();
  await shown('提議已收回。');
  await vi.waitFor(() => expect(button('收回提議')).toBeUndefined());
});

test('F015 a proposal is shown with who made it, and D accepts exactly it', async () => {
  const proposed = { proposed_technician: 'lin', proposed_for: at(15, 30), proposed_by: 'clerk' };
  const more: FixtureRow[] = [...person('clerk', '林佳蓉', 'clerk'), call('戴志明', proposed)];
  const ask = await open(['service_manager'], more);
  expect(spoken(block('戴志明'))).toContain('林佳蓉提議');
  block('戴志明').click();
  await settled();
  expect(main()).toBe('派給林志豪 15:30 D');
  await shown('・林佳蓉提議');
  await press('d');
  const order = { technician: 'lin', planned_at: at(15, 30) };
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/戴志明/dispatch', order);
});

test('who neither dispatches nor proposes sees the board and is told who does', async () => {
  const ask = await open(['vice_gm']);
  await shown('派工由服務主任做。');
  expect(main()).toBeUndefined();
  ask.mockClear();
  await press('d');
  expect(ask.mock.calls.filter(([method]) => method === 'POST')).toEqual([]);
});

test('another day is shown by itself, and the way back is one press', async () => {
  await open();
  const step = (label: string) => (document.querySelector(`[aria-label="${label}"]`) as HTMLElement).click();
  step('後一天');
  await settled();
  await shown('11 月 24 日 週二');
  expect(block('王建國')).toBeUndefined();
  expect(main()).toBe('派給周俊宏 11/24 09:00 D');
  button('今天').click();
  await settled();
  step('前一天');
  await settled();
  await shown('11 月 22 日 週日');
  expect(main()).toBeUndefined();
});

test('both views lead to each other with the chosen call, and the office opens with the one used last', async () => {
  await open(['service_manager'], [], `#/board/${encodeURIComponent('黃淑芬')}`);
  const link = (label: string) => [...document.querySelectorAll('a')].find(({ textContent }) => textContent === label);
  expect(link('看板')?.getAttribute('aria-current')).toBe('page');
  expect(link('清單')?.getAttribute('href')).toBe(`#/call/${encodeURIComponent('黃淑芬')}`);
  expect(link('登記與派工 ')?.getAttribute('href') ?? link('登記與派工')?.getAttribute('href')).toBe('#/board');
  expect((await office.store.drafts.read('office:view'))?.input).toBe('board');
});

test('an office without a technician says so', async () => {
  office = await opened('#/board', ['service_manager'], [rows[0] as FixtureRow], answers);
  expect(said()).toContain('這個單位沒有技術員');
  expect(said()).toContain('沒有未派工的叫修。');
});
