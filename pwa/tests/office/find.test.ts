import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openIndex } from '../../src/ui/books/finder.ts';
import { find } from '../../src/ui/books/finding.ts';
import { hitGroups } from '../../src/ui/books/hits.ts';
import { pageOf } from '../../src/ui/office/find.ts';
import { books, doc } from './made.ts';
import { now, opened, settled, shown } from './opened.ts';

const rows = [
  doc('customer', 'c', { name: '張雅文', phone: '02-8992-5530' }),
  doc('customer', 'alone', { name: '何小姐' }),
  doc('asset', 'a', { customer: 'c', product: '除濕機', model_no: 'KD-160H', serial_no: '160H22-20958' }),
  doc('user', 'chen', { name: '陳文彬' }),
  doc('service_call', 'x', {
    unit: 'ban',
    asset: 'a',
    customer: 'c',
    number: 'BAN-2026-004127',
    contact_phone: '0933-218-640',
    received_at: now,
  }),
];

test('calls and vouchers are found by number, name, telephone and serial number', async () => {
  vi.useRealTimers();
  const index = await openIndex(books(...rows));
  const found = (typed: string) =>
    hitGroups(index, find(index, typed, 8)).flatMap(({ hits }) =>
      hits.map((hit) => {
        const page = pageOf(hit);
        return page && `${page.name} ${page.params.id}`;
      }),
    );
  expect(found('004127')).toEqual(['call x']);
  expect(found('張雅')).toEqual(['customer c', 'voucher a', 'call x']);
  expect(found('89925530')).toEqual(['customer c', 'voucher a', 'call x']);
  expect(found('0933 218')).toEqual(['call x']);
  expect(found('160h22')).toEqual(['voucher a']);
  expect([found(''), found('  '), found('沒有')]).toEqual([[], [], []]);
  expect(found('何')).toEqual(['customer alone']);
});

let close = async () => {};
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(async () => {
  await close();
  vi.useRealTimers();
});

const box = () => document.querySelector<HTMLInputElement>('[role=combobox]') as HTMLInputElement;
const press = (key: string, target: EventTarget = box()) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const options = () => [...document.querySelectorAll('[role=option]')];
const chosen = () => options().findIndex((option) => option.getAttribute('aria-selected') === 'true');

async function type(text: string) {
  box().value = text;
  box().dispatchEvent(new Event('input', { bubbles: true }));
  await vi.waitFor(() => expect(options().length).toBeGreaterThan(0));
}

test('the slash goes to the box, the arrows go through all groups, Enter opens and Escape leaves', async () => {
  ({ close } = await opened('#/', ['service_manager'], rows, {}));
  press('/', window);
  expect(document.activeElement).toBe(box());
  await type('张雅');
  expect([...document.querySelectorAll('[role=listbox] > p')].map((group) => group.textContent)).toEqual([
    '客戶',
    '商品',
    '叫修',
  ]);
  expect([...document.querySelectorAll('[role=option] mark')].map((mark) => mark.textContent)).toEqual([
    '張雅',
    '張雅',
    '張雅',
  ]);
  for (const [key, place] of [
    ['ArrowDown', 1],
    ['ArrowDown', 2],
    ['ArrowDown', 2],
    ['ArrowUp', 1],
    ['ArrowDown', 2],
  ] as const) {
    press(key);
    await settled();
    expect(chosen()).toBe(place);
  }
  press('Enter');
  await settled();
  expect(location.hash).toBe('#/call/x');
  expect(box().value).toBe('');
  press('/', window);
  await type('張');
  press('Escape');
  await settled();
  expect([box().value, document.activeElement === box()]).toEqual(['', false]);
});

test.each([
  [0, '#/intake/customer/c'],
  [1, '#/intake/product/a'],
  [2, '#/intake'],
])('F013 F2 takes the call of the customer or the product that was found; hit %s leads to %s', async (down, hash) => {
  ({ close } = await opened('#/', ['clerk'], rows, {}));
  press('/', window);
  await type('张雅');
  for (let at = 0; at < down; at += 1) press('ArrowDown');
  await settled();
  press('F2');
  expect(location.hash).toBe(hash);
});

test('F2 on what was found leads whoever takes no calls nowhere', async () => {
  ({ close } = await opened('#/', ['auditor'], rows, {}));
  press('/', window);
  await type('张雅');
  press('F2');
  expect(location.hash).toBe('#/');
  expect(document.querySelector('.ring')).toBeNull();
});

test('what is not there is said, with what to try', async () => {
  ({ close } = await opened('#/', ['service_manager'], rows, {}));
  press('/', window);
  box().value = '沒有這個人';
  box().dispatchEvent(new Event('input', { bubbles: true }));
  await shown('找不到。少打幾個字');
});
