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
  doc('customer', 'k', { unit, name: '陳美惠' }),
  doc('asset', 'a', { unit, customer: 'k', product: '冰箱' }),
  doc('service_voucher', 'a', { unit, number: 'V-1' }),
  doc('service_call', 'late', { unit, customer: 'k', asset: 'a', received_at: now, due_at: now - 1 }),
  doc('service_visit', 'v', { unit, call: 'late', asset: 'a', arrived_at: now }),
  doc('role_grant', 'g', {
    unit,
    user: 't',
    role: 'service_manager',
    acting_for: 't',
    starts_at: now,
    until_at: now + 9,
  }),
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
  ['/voucher/a', 1],
  ['/customer/k', 2],
  ['/arrivals', 2],
  ['/contracts', 1],
  ['/working-time', 1],
  ['/reconciliation', 1],
  ['/inbox', 1],
  ['/people', 1],
  ['/leave', 2],
  ['/healing', 1],
  ['/devices', 1],
  ['/units', 1],
  ['/hours', 2],
  ['/presets', 3],
])('%s hands out %i of its lists as a file', async (page, count) => {
  office = await opened(`#${page}`, ['admin', 'service_manager'], rows, {
    'GET /api/accounts': [],
    'GET /api/healing': { losses: [], partings: [], changes: [] },
  });
  await settled();
  expect(exports().length).toBeGreaterThanOrEqual(count);
});
