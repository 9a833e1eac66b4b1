import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at } from './made.ts';
import { now, type Opened, opened, said, settled, unit } from './opened.ts';

const call = (id: string, fields: Kinds['service_call']): FixtureRow => ({
  kind: 'service_call',
  id,
  fields: { unit, customer: 'c', number: `BAN-2026-00000${id}`, received_at: at(9), symptom: '不冷', ...fields },
});
const rows: readonly FixtureRow[] = [
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '文化路' } },
  { kind: 'asset', id: 'fridge', fields: { unit, customer: 'c', product: '變頻冰箱', model_no: 'KR-528WN' } },
  call('1', { asset: 'fridge' }),
  call('2', {}),
];
let office: Opened;

async function ring(phone: string) {
  const input = document.querySelector<HTMLInputElement>('input[type="tel"]') as HTMLInputElement;
  input.value = phone;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
const ways = () => [...document.querySelectorAll('[role="note"] a')].map((link) => link.getAttribute('href'));

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

test('F013 without a network, a call that stands already and another one of the customer are told, each in its words', async () => {
  office = await opened('#/intake', ['clerk'], rows, {}, { state: 'waiting' });
  await ring('02-29');
  expect(ways()).toEqual([]);
  await ring('02-2960-1847');
  expect(said()).toContain('同一台還有一件沒結：BAN-2026-000001');
  expect(said()).toContain('此客戶另有未結案件 BAN-2026-000002 沒有商品，09:00 叫修，未派工，不冷');
  expect(ways()).toEqual(['#/call/1', '#/call/2']);
});

test('F013 of many other calls the newest three are told, and how many more there are', async () => {
  const many = ['3', '4', '5'].map((id) => call(id, { received_at: at(9, Number(id)) }));
  office = await opened('#/intake', ['clerk'], [...rows, ...many], {});
  await ring('02-2960-1847');
  expect(ways()).toEqual(['#/call/1', '#/call/5', '#/call/4', '#/call/3']);
  expect(said()).toContain('還有 1 件，看客戶資料。');
});

test('what is said in the place of an earlier line stays, and its undo takes back the later deed', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  for (const phone of ['0911', '0922']) {
    await ring(phone);
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
  }
  expect([...document.querySelectorAll('.toast')].map(({ textContent }) => textContent)).toEqual([
    '這一通沒有登記。 復原',
  ]);
  document.querySelector<HTMLElement>('.toast button')?.click();
  await settled();
  expect(document.querySelector<HTMLInputElement>('input[type="tel"]')?.value).toBe('0922');
});

test('F010 a digit that was typed and deleted leaves no time at which a call came in', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  await ring('0');
  await ring('');
  await vi.advanceTimersByTimeAsync(40 * 60_000);
  await settled();
  expect(said()).toContain('叫修時間 11:40（自動）');
  expect(said()).not.toContain('晚 40 分');
  expect(await office.store.drafts.read('intake')).toBeNull();
});
