import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, DAY_MS, WHOLE } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const person = (id: string, name: string, role: Role): FixtureRow[] => [
  { kind: 'user', id, fields: { name, unit } },
  { kind: 'role_grant', id: `g-${id}`, fields: { user: id, unit, role } },
];
const away = (id: string, fields: Kinds['absence']): FixtureRow => ({
  kind: 'absence',
  id,
  fields: { unit, reason: 'annual', ...fields },
});
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', time_zone: 'Asia/Taipei' } },
  ...person('chen', '陳文彬', 'service_manager'),
  ...person('lin', '林志豪', 'technician'),
  {
    kind: 'service_call',
    id: 'c',
    fields: { ...WHOLE, unit, contact_name: '周麗華', received_at: at(9) - 3 * DAY_MS },
  },
];
const job: readonly FixtureRow[] = [
  {
    kind: 'dispatch',
    id: 'to-c',
    fields: { unit, call: 'c', technician: 'lin', planned_at: at(14), dispatched_at: at(9) },
  },
];
const manager = away('away-chen', { user: 'chen', from_at: at(9), until_at: at(18) + DAY_MS, substitute: 'lin' });
const acting: FixtureRow = {
  kind: 'role_grant',
  id: 'acting',
  fields: { user: 'lin', unit, role: 'service_manager', starts_at: at(9), until_at: at(18), acting_for: 'chen' },
};

let office: Opened;
async function open(
  hash: string,
  roles: readonly Role[] = ['service_manager'],
  more: readonly FixtureRow[] = [],
  lost = false,
) {
  office = await opened(hash, roles, [...rows, ...more], {}, lost ? { state: 'waiting' } : {});
  return { ask: vi.spyOn(office.client, 'ask'), capture: vi.spyOn(office.store, 'capture') };
}
const dialog = () => document.querySelector('dialog') as HTMLDialogElement;
async function press(label: string, within: ParentNode = document) {
  button(label, within).click();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

test('nobody is put down as away without a name; a clerk may do so offline and is told who appoints', async () => {
  const { capture } = await open('#/leave', ['clerk'], [], true);
  expect(said()).toContain('連不上伺服器');
  expect(said()).toContain('由主任本人、經理、服務部或管理員指定。');
  await press('登記請假');
  await press('存檔', dialog());
  expect(said()).toContain('還沒填。');
  expect(capture).not.toHaveBeenCalled();
});

test('jobs that are still dispatched to whoever is away are told with the way to the board', async () => {
  const { capture } = await open(
    '#/leave',
    ['clerk'],
    [...job, away('away-lin', { user: 'lin', from_at: at(13), until_at: at(18) })],
  );
  expect(said()).toContain('1 件');
  document.querySelector<HTMLElement>('[data-row="away-lin"]')?.click();
  await settled();
  expect(said()).toContain('這 1 件還派給他');
  expect(dialog().querySelector('a')?.getAttribute('href')).toBe('#/board/c');
  await press('取消請假', dialog());
  expect(capture.mock.calls[0]?.[0]).toMatchObject([{ id: 'away-lin', fields: { cancelled_at: now } }]);
});

test('whoever acts is listed, and ends early where somebody may', async () => {
  const { ask } = await open('#/leave', ['service_manager'], [manager, acting]);
  await shown('林志豪 代理中');
  await press('提前結束');
  await press('提前結束', dialog());
  expect(ask).toHaveBeenCalledWith('POST', '/api/acting/acting/end');
});

test('F015 while the manager is away and nobody acts, what waits too long is told once, and how to appoint', async () => {
  await open('#/', ['clerk'], [manager]);
  await shown('服務主任請假到 11/24，沒有代理人。有 1 件等主任處理，已經超過一個工作天。');
  expect(said()).toContain('請主任本人、經理、服務部或管理員');
});

test('F015 whoever may appoint finds the way from the inbox; nothing is said while somebody acts', async () => {
  await open('#/inbox', ['branch_manager'], [manager]);
  await shown('沒有代理人');
  expect(document.querySelector('.notice a[href="#/leave"]')?.textContent).toContain('指定代理主任');
  await office.close();
  await open('#/', ['clerk'], [manager, acting]);
  expect(said()).not.toContain('沒有代理人');
});

test('F015 the board hatches the hours of whoever is away and asks before he is sent', async () => {
  const whole = { user: 'lin', from_at: at(9), until_at: at(18), substitute: 'chen' };
  const { ask } = await open('#/board/c', ['service_manager'], [away('away-lin', whole)]);
  expect(document.querySelector('.track .away')?.textContent).toContain('請假 特休，代理人陳文彬');
  expect(said()).toContain('沒有可派的人。');
  await openRegister();
  expect(said()).toContain('林志豪 11/23 請假（特休，代理人陳文彬），這段時間不會去。派給別人，或改時間。');
  document.querySelector<HTMLButtonElement>('.detail button.main')?.click();
  await settled();
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/c/dispatch', expect.objectContaining({ technician: 'lin' }));
});

async function openRegister() {
  location.hash = '#/call/c';
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await settled();
}

test('F015 jobs of whoever is away that day are told above the board', async () => {
  const half = away('away-lin', { user: 'lin', from_at: at(13), until_at: at(18) });
  await open('#/board', ['service_manager'], [...job, half]);
  await shown('林志豪請假，這天還有 1 件派給他。');
  expect(said()).toContain('13:00 起請假');
});
