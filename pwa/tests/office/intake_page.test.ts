import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import type { Kinds } from '../../src/wire/kinds.ts';
import { at } from './made.ts';
import { now, type Opened, opened, said, settled, shown, unit } from './opened.ts';

const call = (id: string, fields: Kinds['service_call']): FixtureRow => ({
  kind: 'service_call',
  id,
  fields: { unit, customer: 'c', number: `BAN-2026-00000${id}`, received_at: at(9), symptom: '不冷', ...fields },
});
const rows: readonly FixtureRow[] = [
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '文化路' } },
  {
    kind: 'asset',
    id: 'fridge',
    fields: { unit, customer: 'c', product: '變頻冰箱', model_no: 'KR-528WN', serial_no: '528N-1047' },
  },
  call('1', { asset: 'fridge' }),
  call('2', {}),
];
let office: Opened;

const field = (label: string) => {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  return document.getElementById(found?.htmlFor ?? '') as HTMLInputElement;
};
async function type(label: string, text: string) {
  field(label).value = text;
  field(label).dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
const ring = (phone: string) => type('電話', phone);
async function press(key: string, over: KeyboardEventInit = {}) {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }),
  );
  await settled();
}
/** Goes where a link, or somebody's bookmark, leads. */
async function go(hash: string) {
  location.hash = hash;
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  await settled();
  await settled();
}
const linked = (label: string) =>
  [...document.querySelectorAll('a')].find(({ textContent }) => textContent?.includes(label))?.hash ?? '';
const chosen = () => document.querySelector('label.chosen')?.textContent?.replaceAll(/\s+/g, ' ').trim();
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

test('F013 a serial number that is typed offers its product, which one key takes with its owner; then only the fault is missing', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  const capture = vi.spyOn(office.store, 'capture');
  await ring('0988-000-111');
  await type('序號', '528n1047');
  expect(said()).toContain('用陳美惠的變頻冰箱 KR-528WN');
  await press('4', { altKey: true });
  expect([field('電話').value, field('客戶').value, chosen()]).toMatchObject([
    '0988-000-111',
    '陳美惠',
    expect.stringContaining('變頻冰箱'),
  ]);
  expect(document.activeElement).toBe(field('情形'));
  await type('情形', '漏水');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('A 有費'))?.click();
  await press('Enter');
  const fields = { customer: 'c', asset: 'fridge', contact_phone: '0988-000-111' };
  expect(capture.mock.calls[0]?.[0].filter(({ kind }) => kind !== 'service_voucher')).toMatchObject([
    { kind: 'service_call', fields },
  ]);
});

test('F013 a part of a name offers customers, in either writing; whoever is not the one is let go again', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  await type('客戶', '陈美');
  await shown('用陳美惠 02-2960-1847的資料');
  await press('4', { altKey: true });
  expect([field('電話').value, field('地址').value]).toEqual(['02-2960-1847', '文化路']);
  await ring('0988-000-111');
  expect(field('客戶').value).toBe('陳美惠');
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === '不是這位客戶')?.click();
  await settled();
  expect([field('電話').value, field('客戶').value]).toEqual(['0988-000-111', '']);
});

test('F013 the page of a customer, and that of his product, lead into the intake with both chosen', async () => {
  office = await opened('#/customer/c', ['clerk'], rows, {});
  await go(linked('接這位客戶的叫修'));
  expect([location.hash, field('客戶').value, chosen()]).toMatchObject([
    '#/intake',
    '陳美惠',
    expect.stringContaining('KR'),
  ]);
  await press('Escape');
  await go('#/voucher/fridge');
  await go(linked('接這台的叫修'));
  expect([location.hash, field('客戶').value, chosen()]).toMatchObject([
    '#/intake',
    '陳美惠',
    expect.stringContaining('KR'),
  ]);
});

test('whoever takes no calls is led into no intake', async () => {
  office = await opened('#/customer/c', ['auditor'], rows, {});
  expect(said()).toContain('陳美惠');
  expect(said()).not.toContain('接這位客戶的叫修');
});

test('F013 what was typed of the same call stays, somebody else’s is put away and brought back', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  await ring('0988-000-111');
  await go('#/intake/product/fridge');
  expect([field('電話').value, field('客戶').value]).toEqual(['0988-000-111', '陳美惠']);
  await press('Escape');
  await type('客戶', '林志明');
  await go('#/intake/customer/c');
  expect(field('客戶').value).toBe('陳美惠');
  expect(said()).toContain('先前那一通還沒登記，已經放棄。');
  document.querySelector<HTMLElement>('.toast button')?.click();
  await settled();
  expect(field('客戶').value).toBe('林志明');
});

test('F010 a digit that was typed and deleted leaves no time at which a call came in', async () => {
  office = await opened('#/intake', ['clerk'], rows, {});
  await ring('0');
  await ring('');
  await vi.advanceTimersByTimeAsync(40 * 60_000);
  await go('#/');
  await go('#/intake');
  expect(said()).toContain('叫修時間 11:40（自動）');
  expect(said()).not.toContain('晚 40 分');
  expect(await office.store.drafts.read('intake')).toBeNull();
});
