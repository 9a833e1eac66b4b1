import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { button, now, opened, said, settled, shown, unit } from './opened.ts';

const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
];
let close: () => Promise<void>;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await close();
  vi.useRealTimers();
});

test.each(['clerk', 'service_manager'] as const)('F017 the end of the day is signed by a %s', async (role) => {
  ({ close } = await opened('#/reconciliation', [role], rows, {}));
  await shown('今天都結清了');
  expect(button('核對無誤，簽核')).toBeDefined();
});

test('F017 a voucher that is out for no call is told, opened, and signed with the others', async () => {
  const stray = { unit, number: 'V-BAN-000007', checked_out_at: now - 3_600_000, checked_out_to: 'chen' };
  const voucher = { kind: 'service_voucher', id: 'a', fields: stray } as const;
  const asset = { kind: 'asset', id: 'a', fields: { unit, product: '冰箱' } } as const;
  const office = await opened('#/reconciliation', ['clerk'], [...rows, asset, voucher], {});
  close = office.close;
  await shown('憑證攜出，還沒有結果 1 件');
  expect(said()).toMatch(/憑證 V-BAN-000007.*沒有派工，憑證還在外面.*冰箱.*10:00 攜出.*陳文彬/);
  const ask = vi.spyOn(office.client, 'ask');
  button('核對無誤，簽核').click();
  await settled();
  const seen = { note: '', undispatched: 0, out: 1, unclosed: 0 };
  expect(ask).toHaveBeenCalledWith('POST', `/api/units/${unit}/reconciliation`, seen);
  expect(document.querySelector('td a')?.getAttribute('href')).toBe('#/voucher/a');
});

test('F017 everybody else is told who may sign it', async () => {
  ({ close } = await opened('#/reconciliation', ['branch_manager'], rows, {}));
  await shown('由業務員或服務主任簽核。');
  expect(said()).not.toContain('核對無誤，簽核');
});
