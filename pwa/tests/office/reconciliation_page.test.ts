import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { button, now, opened, said, shown, unit } from './opened.ts';

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

test('F017 everybody else is told who may sign it', async () => {
  ({ close } = await opened('#/reconciliation', ['branch_manager'], rows, {}));
  await shown('由業務員或服務主任簽核。');
  expect(said()).not.toContain('核對無誤，簽核');
});
