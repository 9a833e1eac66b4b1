import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../src/net/index.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, opened, said, settled, shown, unit } from './opened.ts';

const rows = (over: object = {}): readonly FixtureRow[] => [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '板橋區文化路' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '變頻冰箱' } },
  {
    kind: 'service_call',
    id: 'call-1',
    fields: {
      unit,
      customer: 'c',
      asset: 'a',
      number: 'BAN-2026-000001',
      received_at: at(9),
      logged_at: at(9, 5),
      ...over,
    },
  },
];

let close: () => Promise<void>;
let client: Client;
async function open(roles: readonly Role[] = ['clerk'], over: object = {}) {
  ({ client, close } = await opened('#/call/call-1', roles, rows(over), {
    'POST /api/calls/call-1/receipt': null,
  }));
  await shown('BAN-2026-000001');
}
async function type(label: string, text: string) {
  const field = [...document.querySelectorAll('dialog label')].find(({ textContent }) =>
    textContent?.startsWith(label),
  );
  const input = document.getElementById((field as HTMLLabelElement)?.htmlFor ?? '') as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function correct(typed: string, reason: string) {
  button('更正叫修時間').click();
  await settled();
  await type('叫修時間', typed);
  await type('原因', reason);
  const dialog = document.querySelector('dialog') as HTMLDialogElement;
  button('更正叫修時間', dialog).click();
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await close();
  vi.useRealTimers();
});

test('F010 a clerk corrects when a call came in, with a reason', async () => {
  await open();
  const ask = vi.spyOn(client, 'ask');
  await correct('2026-11-23T08:10', '聽錯時間');
  expect(ask).toHaveBeenCalledWith('POST', '/api/calls/call-1/receipt', { received_at: at(8, 10), reason: '聽錯時間' });
  await shown('叫修時間已更正。');
});

test.each([
  ['after it was logged', '2026-11-23T09:30', '聽錯', '要在登記前 30 天內'],
  ['without a reason', '2026-11-23T08:10', '  ', '沒寫原因'],
])('F010 nothing is corrected to a time %s', async (_, typed, reason, sentence) => {
  await open();
  const ask = vi.spyOn(client, 'ask');
  await correct(typed, reason);
  expect(said()).toContain(sentence);
  expect(ask.mock.calls.filter(([, path]) => path.endsWith('/receipt'))).toEqual([]);
});

test.each([
  ['of a call that is over', ['clerk'], { closed_at: at(10) }],
  ['by a role that may not', ['branch_manager'], {}],
] as const)('F010 nobody is offered to correct it %s', async (_, roles, over) => {
  await open(roles, over);
  expect(button('更正叫修時間')).toBeUndefined();
});
