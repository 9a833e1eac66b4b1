import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at, DAY_MS, doc, signature, WHOLE } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

const CALL = { ...WHOLE, unit, customer: 'c', received_at: at(9), logged_at: at(9), district: '板橋區', zone: 'urban' };
const rows = (call: object = {}, visit: object = {}): readonly FixtureRow[] => {
  const done = {
    unit,
    call: 'x',
    asset: 'a',
    technician: 'lin',
    arrived_at: at(10),
    finished_at: at(10, 30),
    ...visit,
  };
  const served = doc('service_visit', 'v', {
    outcome: 'fixed',
    category: 'paid',
    fee_total: 165_000,
    ...done,
  } as never);
  return [
    doc('customer', 'c', { unit, name: '王素卿' }),
    doc('asset', 'a', { unit, customer: 'c', product: '冰箱', warranty_until: at(9) + DAY_MS }),
    doc('service_voucher', 'a', { unit, number: 'V-1' }),
    doc('dispatch', 'v', { unit, call: 'x', technician: 'lin', dispatched_at: at(9) }),
    doc('service_call', 'x', { ...CALL, ...call } as never),
    served,
    signature(served),
  ];
};
const open = async (hash: string, roles: readonly Role[], ...told: Parameters<typeof rows>) => {
  office = await opened(hash, roles, rows(...told), {});
};
const labels = () =>
  [...document.querySelectorAll('dialog label, form label')].map(({ textContent }) => textContent?.trim());

async function typeReason(words: string) {
  const input = document.querySelector<HTMLInputElement>('dialog[open] input') as HTMLInputElement;
  input.value = words;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

test('F004 why a signed visit under warranty is paid for is written without touching what was signed', async () => {
  await open('#/voucher/a/visit/v', ['clerk']);
  await shown('補寫有費的原因');
  const capture = vi.spyOn(office.store, 'capture');
  button('補寫有費的原因').click();
  await settled();
  await typeReason(' 客戶摔落 ');
  button('存檔').click();
  await settled();
  expect(capture.mock.calls[0]?.[0]).toMatchObject([
    { kind: 'service_visit', id: 'v', fields: { category_reason: '客戶摔落' } },
  ]);
  expect(Object.keys(capture.mock.calls[0]?.[0][0]?.fields ?? {})).toEqual(['category_reason']);
  await shown('原因已存檔。');
  expect(said()).not.toContain('補寫有費的原因');
});

test('F023 why somebody came late can be written and changed once the call is over', async () => {
  const late = { due_at: at(9, 30), closed_at: at(10, 45) };
  await open('#/call/x', ['clerk'], late);
  await shown('選原因');
  await office.close();
  await open('#/call/x', ['clerk'], { ...late, breach_reason: 'traffic', breach_note: '塞車' });
  expect(said()).not.toContain('選原因');
  button('改逾時原因').click();
  await settled();
  expect(document.querySelector<HTMLSelectElement>('.why select')?.value).toBe('traffic');
});

test('whoever may not make appointments is asked for none: a form asks for nothing that would be held', async () => {
  await open('#/intake', ['clerk']);
  expect(labels().some((label) => label?.startsWith('約定時間'))).toBe(true);
  await office.close();
  await open('#/intake', ['technician']);
  await shown('電話');
  expect(labels().some((label) => label?.startsWith('約定時間'))).toBe(false);
});
