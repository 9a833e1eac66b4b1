import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doc } from './made.ts';
import { now, type Opened, opened, settled, unit } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

/** Lists that are shown with something in them. */
const rows = [
  doc('unit', unit, { name: '板橋服務中心' }),
  doc('user', 't', { name: '林志豪', unit }),
  doc('service_call', 'c', { unit, received_at: now, logged_at: now }),
  doc('admin_time', 'time', { unit, user: 't', work: 'parts', started_at: now - 3_600_000, ended_at: now }),
];

/** What a screen reader says of every control that hands a list out. */
const exports = () =>
  [...document.querySelectorAll('button')]
    .map((each) => each.getAttribute('aria-label') ?? each.textContent ?? '')
    .filter((name) => name.includes('匯出'));

test.each([
  ['/', 1],
  ['/board', 1],
  ['/vouchers', 1],
  ['/contracts', 1],
  ['/working-time', 1],
  ['/reconciliation', 1],
  ['/inbox', 1],
  ['/people', 1],
  ['/leave', 1],
  ['/devices', 1],
  ['/units', 1],
  ['/hours', 2],
  ['/presets', 3],
])('%s hands out %i of its lists as a file', async (page, count) => {
  office = await opened(`#${page}`, ['admin', 'service_manager'], rows, { 'GET /api/accounts': [] });
  await settled();
  expect(exports().length).toBeGreaterThanOrEqual(count);
});
