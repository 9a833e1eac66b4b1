import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { booksOf } from '../../src/ui/books/books.ts';
import { isBygone } from '../../src/ui/books/bygone.ts';
import { BLANK, missingIn } from '../../src/ui/office/intake.ts';
import type { Role } from '../../src/wire/vocabulary.ts';
import { at } from './made.ts';
import { button, now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const OVER = '這個時間已經過了';
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'chen', fields: { name: '陳文彬', unit } },
  { kind: 'user', id: 'lin', fields: { name: '林志豪', unit } },
  { kind: 'role_grant', id: 'g-lin', fields: { user: 'lin', unit, role: 'technician' } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '板橋區文化路' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '變頻冰箱' } },
  { kind: 'service_voucher', id: 'a', fields: { unit, number: 'V-BAN-000001' } },
  {
    kind: 'service_call',
    id: 'call-1',
    fields: {
      unit,
      customer: 'c',
      asset: 'a',
      contact_name: '陳美惠',
      received_at: at(9),
      logged_at: at(9),
      category: 'paid',
    },
  },
];

let office: Opened | undefined;
async function open(hash: string, roles: readonly Role[] = ['service_manager']) {
  office = await opened(hash, roles, rows, {});
  await shown('陳美惠');
  return vi.spyOn(office.client, 'ask');
}
async function type(label: string, text: string, within: ParentNode = document) {
  const field = [...within.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  const input = document.getElementById(field?.htmlFor ?? '') as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office?.close();
  office = undefined;
  vi.useRealTimers();
});

test('a time is over once it lies longer back than somebody fills in a form', () => {
  expect(isBygone(now - 899_999, now)).toBe(false);
  expect(isBygone(now - 900_000, now)).toBe(true);
  expect(isBygone(undefined, now)).toBe(false);
});

test('nobody is sent for a time that is over', async () => {
  const ask = await open('#/call/call-1');
  await type('預定到達', '2026-11-23T10:30');
  expect(said()).toContain(OVER);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'd', bubbles: true }));
  await settled();
  expect(ask.mock.calls.filter(([method]) => method === 'POST')).toEqual([]);
  await type('預定到達', '2026-11-23T13:30');
  expect(said()).not.toContain(OVER);
});

test('no appointment is changed to a time that is over', async () => {
  await open('#/call/call-1');
  const capture = vi.spyOn((office as Opened).store, 'capture');
  button('修改').click();
  await settled();
  const dialog = document.querySelector('dialog') as HTMLDialogElement;
  await type('約定', '2026-11-22T15:00', dialog);
  expect(said()).toContain(OVER);
  button('存檔', dialog).click();
  await settled();
  expect(capture).not.toHaveBeenCalled();
});

test('no call is logged with an appointment that is over', () => {
  const books = booksOf({});
  const missing = (appointment: string) => missingIn(books, { ...BLANK, appointment }, unit, now);
  expect(missing('2026-11-23T09:00')).toContain('appointment');
  expect(missing('2026-11-23T15:00')).not.toContain('appointment');
  expect(missing('')).not.toContain('appointment');
});

test('the customer asks to be called at no time that is over', async () => {
  await open('#/call/call-1');
  const capture = vi.spyOn((office as Opened).store, 'capture');
  button('記聯絡').click();
  await settled();
  const dialog = document.querySelector('dialog') as HTMLDialogElement;
  [...dialog.querySelectorAll<HTMLElement>('button, input, label')]
    .find(({ textContent }) => textContent?.includes('要改時間'))
    ?.click();
  await settled();
  await type('客戶希望的時間', '2026-11-22T15:00', dialog);
  expect(said()).toContain(OVER);
  button('儲存', dialog).click();
  await settled();
  expect(capture).not.toHaveBeenCalled();
});

test('nothing is placed on the board at a time that is over', async () => {
  const ask = await open('#/board/call-1');
  for (let quarter = 0; quarter < 12; quarter += 1) button('←').click();
  await settled();
  expect(said()).toContain('已經過了，換之後的時間');
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'd', bubbles: true }));
  await settled();
  expect(ask.mock.calls.filter(([method]) => method === 'POST')).toEqual([]);
});
