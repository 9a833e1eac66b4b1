import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, said, shown, unit } from './opened.ts';

const out = { checked_out_at: at(9), checked_out_to: 'lin' };
const rows = (finished: boolean): readonly FixtureRow[] => [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'lin', fields: { name: '林志豪', unit } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '變頻冰箱' } },
  { kind: 'service_voucher', id: 'a', fields: { unit, number: 'V-1', opened_at: at(8), ...out } },
  { kind: 'service_call', id: 'x', fields: { unit, customer: 'c', asset: 'a', received_at: at(8) } },
  { kind: 'dispatch', id: 'd', fields: { unit, call: 'x', technician: 'lin', planned_at: at(9) } },
  {
    kind: 'service_visit',
    id: 'd',
    fields: { unit, call: 'x', asset: 'a', technician: 'lin', arrived_at: at(9), ...(finished && undone) },
  },
];
const undone = { finished_at: at(10), outcome: 'follow_up' } as const;

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

async function open(roles: readonly Role[], finished = true) {
  office = await opened('#/voucher/a', roles, rows(finished), { 'POST /api/vouchers/a/file': null });
  await shown('V-1');
  return vi.spyOn(office.client, 'ask');
}

test('F017 a voucher that is out for no call says who has it, and is taken in with one button', async () => {
  const ask = await open(['clerk']);
  await shown('沒有派工了，憑證還在林志豪那裡。');
  button('收回歸檔').click();
  await vi.waitFor(() => expect(ask).toHaveBeenCalledWith('POST', '/api/vouchers/a/file'));
});

test('F014 while somebody is out for a call there is nothing to take in', async () => {
  await open(['clerk'], false);
  expect(said()).not.toContain('收回歸檔');
});

test('F014 whoever only reads is told, and offered nothing', async () => {
  await open(['auditor']);
  await shown('沒有派工了');
  expect(said()).not.toContain('收回歸檔');
});
