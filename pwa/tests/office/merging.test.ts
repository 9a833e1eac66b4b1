import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Doc } from '../../src/store/index.ts';
import { likelySameCustomers, likelySameProducts } from '../../src/ui/books/duplicates.ts';
import { customerFileOf } from '../../src/ui/office/customer_file.ts';
import {
  belongingsOf,
  isUnlikely,
  mergedAbout,
  mergePath,
  otherProducts,
  productsElsewhere,
} from '../../src/ui/office/merging.ts';
import { books, doc } from './made.ts';
import { button, now, opened, said, settled, shown } from './opened.ts';

const unit = 'unit-1';
const rows = [
  doc('customer', 'chen', { unit, name: '陳美惠', phone: '02-2960-1234', address: '文化路 1 號' }),
  doc('customer', 'again', { unit, name: ' 陳美惠', mobile: '(02) 29601234', phone: '0912-345-678' }),
  doc('customer', 'namesake', { unit, name: '陳美惠', phone: '02-1111-1111' }),
  doc('customer', 'far', { unit: 'unit-2', name: '陳美惠', phone: '02-2960-1234' }),
  doc('asset', 'fridge', { unit, customer: 'chen', product: '冰箱', serial_no: 'S-1' }),
  doc('asset', 'washer', { unit, customer: 'chen', product: '洗衣機' }),
  doc('asset', 'fridge-again', { unit, customer: 'again', product: '電冰箱', serial_no: 's-1 ' }),
  doc('service_voucher', 'fridge', { unit, number: 'V-1' }),
  doc('service_voucher', 'washer', { unit, number: 'V-2', checked_out_at: 2, checked_out_to: 'lin' }),
  doc('user', 'lin', { name: '林志豪' }),
  doc('service_call', 'call', { unit, customer: 'chen', asset: 'fridge', symptom: '不冷', received_at: now }),
];
const all = books(...rows);
const ids = (found: readonly Doc[]) => found.map(({ id }) => id);
const customer = (id: string) => all.customer.get(id) as Doc<'customer'>;
const asset = (id: string) => all.asset.get(id) as Doc<'asset'>;

test('F013 customers of one name with one telephone are probably one, within a unit', () => {
  expect(ids(likelySameCustomers(all, customer('chen')))).toEqual(['again']);
  expect(ids(likelySameCustomers(all, customer('namesake')))).toEqual([]);
});

test('F013 products with one serial number are probably one, and no number is none', () => {
  expect(ids(likelySameProducts(all, asset('fridge')))).toEqual(['fridge-again']);
  expect(ids(likelySameProducts(all, asset('washer')))).toEqual([]);
});

test('F014 a product is merged with another one of its customer; one of somebody else waits for the customers', () => {
  expect(ids(otherProducts(all, asset('fridge')))).toEqual(['washer']);
  expect(ids(productsElsewhere(all, asset('fridge')))).toEqual(['fridge-again']);
});

test('what belongs to either is counted, and who is out with its voucher is told', () => {
  expect(belongingsOf(all, customer('chen'))).toMatchObject({ products: 2, calls: 1, contracts: 0 });
  expect(belongingsOf(all, asset('fridge'))).toMatchObject({ calls: 1, openCalls: 1, visits: 0, voucher: 'V-1' });
  expect(belongingsOf(all, asset('washer'))).toMatchObject({ holder: '林志豪' });
  expect(mergePath('asset', 'washer', 'unmerge')).toBe('/api/assets/washer/unmerge');
});

test('F013 the file of a customer has his products, calls and contracts, and whoever is not there is said to be so', () => {
  const file = customerFileOf(all, 'chen');
  expect(file?.products.map(({ id, state }) => [id, state])).toEqual([
    ['fridge', 'awaiting_dispatch'],
    ['washer', 'checked_out'],
  ]);
  expect(file?.calls.map(({ id, product, state }) => [id, product, state])).toEqual([['call', '冰箱', 'received']]);
  expect(customerFileOf(all, 'nobody')).toBeUndefined();
});

let close = async () => {};
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(async () => {
  await close();
  vi.useRealTimers();
});

async function looking(hash: string, roles: Parameters<typeof opened>[1], more: readonly FixtureRow[] = rows) {
  const office = await opened(hash, roles, more, {});
  close = office.close;
  const ask = vi.spyOn(office.client, 'ask');
  return { ask, commands: () => ask.mock.calls.filter(([method]) => method === 'POST') };
}

async function press(label: string) {
  button(label).click();
  await settled();
}

test('F013 of two customers one stays; they can change places before anything is done, and it is taken back at once', async () => {
  const { commands } = await looking('#/customer/chen', ['clerk']);
  await shown('另有一位 陳美惠，電話相同。');
  await press('比對看看');
  expect(said()).toContain('這些會補上');
  await press('對調');
  await press('合併');
  expect(commands()).toEqual([['POST', '/api/customers/chen/merge', { into: 'again' }]]);
  await press('復原');
  expect(commands().at(-1)).toEqual(['POST', '/api/customers/chen/unmerge', {}]);
});

test('F014 while somebody is out with its voucher a product cannot be merged into another one', async () => {
  const { commands } = await looking('#/voucher/fridge', ['service_manager']);
  await press('合併重複…');
  await press('洗衣機　V-2');
  expect(said()).toContain('林志豪正帶著憑證 V-2 在外面。');
  expect(button('合併').disabled).toBe(true);
  await press('對調');
  await press('合併');
  expect(commands()).toEqual([['POST', '/api/assets/fridge/merge', { into: 'washer' }]]);
});

test('F014 of products of two customers the owners are compared first', async () => {
  await looking('#/voucher/fridge', ['service_manager']);
  await press('合併重複…');
  await press('先合併客戶');
  expect(said()).toContain('合併重複的客戶');
});

test('who merged what and when is told where it stays, and taken apart there', async () => {
  const merged = rows.map((row) =>
    row.id === 'again'
      ? { ...row, fields: { ...row.fields, merged_into: 'chen', merged_at: now - 3_600_000, merged_by: 'lin' } }
      : row,
  ) as readonly FixtureRow[];
  const { commands } = await looking('#/customer/again', ['clerk'], merged);
  await shown('合併進來的');
  expect(said()).toContain('林志豪 10:00 合併');
  await press('復原');
  expect(commands()).toEqual([['POST', '/api/customers/again/unmerge', {}]]);
});

test('whoever may not merge is shown no way to it', async () => {
  await looking('#/customer/chen', ['auditor']);
  await shown('客戶資料袋');
  expect([button('合併重複…'), button('比對看看')]).toEqual([undefined, undefined]);
});

test('two customers with neither name nor number in common are told as unlikely, and each with its address', () => {
  const hsu = doc('customer', 'hsu', { name: '許淑惠', phone: '02-2680-1111', address: '樹林區中正路 2 號' });
  const lin = doc('customer', 'lin', { name: '林國雄', mobile: '0912-000-111' });
  expect(isUnlikely(hsu, lin)).toBe(true);
  expect(isUnlikely(hsu, doc('customer', 'x', { name: '許淑惠 ' }))).toBe(false);
  expect(isUnlikely(hsu, doc('customer', 'y', { name: '林國雄', mobile: '0226801111' }))).toBe(false);
  expect(mergedAbout(books(), hsu)).toBe('02-2680-1111　樹林區中正路 2 號');
});
