import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { clockTime, dayBegins, inputMoment, instantOf, tableDate } from '../../src/ui/text/when.ts';
import { isAway, liveIn, livesIn, visit } from '../../src/ui/text/zone.svelte.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, opened, said, settled, shown, unit } from './opened.ts';

const call = (id: string, of: string, number: string): FixtureRow => ({
  kind: 'service_call',
  id,
  fields: { unit: of, customer: 'c', asset: 'a', number, received_at: at(9), logged_at: at(9) },
});

/** Two units by two clocks; 11:00 in Taipei is 22:00 of the day before in New York. */
const rows = (own: string, other = 'Asia/Tokyo'): readonly FixtureRow[] => [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心', kind: 'branch', time_zone: own } },
  { kind: 'unit', id: 'tyo', fields: { name: '東京', kind: 'branch', time_zone: other } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
  { kind: 'user', id: 'lin', fields: { name: '林志豪', unit } },
  { kind: 'role_grant', id: 'g-lin', fields: { user: 'lin', unit, role: 'technician' } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '板橋區文化路' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '變頻冰箱', model_no: 'KR-528WN' } },
  call('call-1', unit, 'BAN-2026-000001'),
  call('call-2', 'tyo', 'TYO-2026-000001'),
];

let close: () => Promise<void>;
async function open(hash: string, own: string, roles: readonly Role[] = ['service_manager']) {
  ({ close } = await opened(hash, roles, rows(own), {}));
}

async function goTo(hash: string) {
  location.hash = hash;
  dispatchEvent(new Event('hashchange'));
  await settled();
}

beforeEach(() => {
  close = async () => undefined;
  vi.useFakeTimers({ now });
});
afterEach(async () => {
  await close();
  liveIn(undefined);
  vi.useRealTimers();
});

test('the office shows a call by the clock of its unit', async () => {
  await open('#/call/call-1', 'America/New_York');
  await shown('BAN-2026-000001');
  expect(said()).toContain('20:00');
  expect(said()).not.toContain('09:00');
});

test('today on the board is the date of the unit', async () => {
  await open('#/board', 'America/New_York');
  await shown('11 月 22 日');
});

test('a time is chosen by the clock of the unit', async () => {
  await open('#/intake', 'America/New_York', ['clerk']);
  await shown('叫修時間');
  button('改時間').click();
  await settled();
  const typed = document.querySelector<HTMLInputElement>('input[aria-label="叫修時間"]');
  expect(typed?.value).toBe('2026-11-22T22:00');
});

test('the call of another unit is shown by that unit’s clock, and the page says whose it is', async () => {
  await open('#/call/call-2', 'Asia/Taipei', ['service_department']);
  await shown('這一頁的日期和時間是東京時間。');
  expect(said()).toContain('10:00');
  await goTo('#/vouchers');
  expect(said()).not.toContain('這一頁的日期和時間');
});

test('a unit that is chosen on a page brings its own clock, and leaves with the page', async () => {
  await open('#/hours/tyo', 'Asia/Taipei', ['admin', 'service_department']);
  await shown('東京時間');
  expect(livesIn()).toBe('Asia/Tokyo');
  await goTo('#/vouchers');
  expect(livesIn()).toBe('Asia/Taipei');
});

test('one’s own clock needs no word', async () => {
  await open('#/call/call-1', 'America/New_York');
  await shown('BAN-2026-000001');
  expect(said()).not.toContain('這一頁的日期和時間');
});

test('whoever leaves a unit after another one was looked at stays with that one', () => {
  const leaveTokyo = visit('Asia/Tokyo');
  const leaveNewYork = visit('America/New_York');
  leaveTokyo();
  expect([livesIn(), isAway()]).toEqual(['America/New_York', true]);
  leaveNewYork();
  expect([livesIn(), isAway()]).toEqual(['Asia/Taipei', false]);
});

test('what is typed in the hours after a change of the clock is the time that is shown', () => {
  liveIn('America/New_York');
  for (const typed of ['2026-03-08T03:30', '2026-03-08T09:00', '2026-11-01T03:30', '2026-11-01T09:00']) {
    expect(inputMoment(instantOf(typed) ?? 0)).toBe(typed);
  }
  const begins = dayBegins(Date.UTC(2026, 2, 8, 20));
  expect([tableDate(begins), clockTime(begins)]).toEqual(['2026/03/08', '00:00']);
});
