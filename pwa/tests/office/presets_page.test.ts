import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { doc } from './made.ts';
import { button, now, type Opened, opened, said, settled, unit } from './opened.ts';

const phrase = (id: string, text: string, rank: number) => doc('preset', id, { unit, list: 'fault', text, rank });
const rows: readonly FixtureRow[] = [{ kind: 'unit', id: unit, fields: { name: '板橋服務中心' } }];
const own: readonly FixtureRow[] = [phrase('p-1', '不冷', 0), phrase('p-2', '漏水', 1)];

let office: Opened;
const names = (label: string) =>
  [...document.querySelectorAll(`ol[aria-label="${label}"] b`)].map(({ textContent }) => textContent);
const icon = (label: string) => document.querySelector<HTMLElement>(`button[aria-label="${label}"]`) as HTMLElement;
async function press(pressed: HTMLElement) {
  pressed.click();
  await settled();
}
async function fill(place: number, typed: string) {
  const input = document.querySelectorAll<HTMLInputElement>('dialog input')[place] as HTMLInputElement;
  input.value = typed;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function submit() {
  document.querySelector<HTMLFormElement>('dialog form')?.requestSubmit();
  await settled();
}
async function open(more: readonly FixtureRow[] = []) {
  office = await opened('#/presets', ['service_manager'], [...rows, ...more], {}, { state: 'waiting' });
}

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office?.close();
  vi.useRealTimers();
});

test('a unit that has set nothing begins with what was shipped, in one act and without a network', async () => {
  await open();
  expect(said()).toContain('手機用內建的：不冷、異音、漏水、結霜、不通電。');
  await press(button('用內建的開始'));
  expect(names('故障的常用語')).toEqual(['不冷', '異音', '漏水', '結霜', '不通電']);
});

test('F001 the four categories of the policy stand there with what each costs, and nothing to change them with', async () => {
  await open();
  const panel = document.querySelector('[aria-label="類別"]');
  expect([...(panel?.querySelectorAll('.badge') ?? [])].map((badge) => badge.textContent?.trim())).toEqual([
    'A有費',
    'B契約',
    'C免費',
    'D行政',
  ]);
  expect(panel?.textContent).toContain('叫修當天商品在保證期內。不收費。');
  expect(panel?.querySelector('button')).toBeNull();
});

test('a phrase is added behind the others, changed, moved by its buttons, and removed with a way back', async () => {
  await open(own);
  await press(document.querySelector('section[aria-label="故障的常用語"] h2 button') as HTMLElement);
  await submit();
  expect(said()).toContain('還沒填。');
  await fill(0, '漏水');
  await submit();
  expect(said()).toContain('已經有這一個。');
  await fill(0, '室外機不轉');
  await fill(1, '冷氣');
  await submit();
  expect(names('故障的常用語')).toEqual(['不冷', '漏水', '室外機不轉']);
  expect(said()).toContain('只用在冷氣');
  await press(icon('把室外機不轉往上移'));
  expect(names('故障的常用語')).toEqual(['不冷', '室外機不轉', '漏水']);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('把室外機不轉往上移');
  await press(icon('把不冷往上移'));
  expect(names('故障的常用語')).toEqual(['不冷', '室外機不轉', '漏水']);
  await press(icon('拿掉不冷'));
  expect(names('故障的常用語')).toEqual(['室外機不轉', '漏水']);
  await press(button('復原'));
  expect(names('故障的常用語')).toEqual(['不冷', '室外機不轉', '漏水']);
});

test('whoever presses faster than a move is kept moves all the way', async () => {
  await open([...own, phrase('p-3', '結霜', 2), phrase('p-4', '不通電', 3)]);
  const capture = vi.spyOn(office.store, 'capture');
  for (const _ of [1, 2, 3]) icon('把不通電往上移').click();
  await settled();
  expect(capture).toHaveBeenCalledTimes(3);
  expect(names('故障的常用語')).toEqual(['不通電', '不冷', '漏水', '結霜']);
  await office.close();
  expect(capture.mock.calls.at(-1)?.[0]).toContainEqual(expect.objectContaining({ id: 'p-4', fields: { rank: 0 } }));
});

test('a fee item has a whole amount', async () => {
  await open();
  await press(document.querySelector('section[aria-label="費用項目"] h2 button') as HTMLElement);
  await fill(0, '檢查費');
  await fill(1, '五百');
  await submit();
  expect(said()).toContain('填整數金額，例如 500。');
  await fill(1, '1,500');
  await submit();
  expect(names('費用項目')).toEqual(['檢查費']);
  expect(said()).toContain('NT$ 1,500');
});

test('whoever logs a call is offered the phrases for faults of the product', async () => {
  const washer = doc('preset', 'p-3', { unit, list: 'fault', text: '不脫水', product: '洗衣機', rank: 2 });
  office = await opened('#/intake', ['clerk'], [...rows, ...own, washer], {});
  const offered = () =>
    [...document.querySelectorAll('fieldset[aria-label="情形"] button')].map(({ textContent }) => textContent?.trim());
  expect(offered()).toEqual(['不冷', '漏水']);
  const label = [...document.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith('品名'));
  const product = document.getElementById(label?.htmlFor ?? '') as HTMLInputElement;
  product.value = '滾筒洗衣機';
  product.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
  expect(offered()).toEqual(['不冷', '漏水', '不脫水']);
  await press(button('不脫水'));
  expect(document.querySelector<HTMLTextAreaElement>('textarea')?.value).toBe('不脫水');
});
