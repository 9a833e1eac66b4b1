import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { at, doc, signature } from './made.ts';
import { button, now, type Opened, opened, settled, unit } from './opened.ts';

/** How many captures are under way: as long as there is one, no update reloads a tab. */
let captures = 0;
vi.mock('../../src/platform/capturing.ts', () => ({
  beginCapture: () => {
    captures += 1;
    return () => {
      captures -= 1;
    };
  },
}));

const visit = doc('service_visit', 'v', {
  unit,
  call: 'call',
  asset: 'a',
  technician: 'lin',
  category: 'paid',
  arrived_at: at(9),
  finished_at: at(10),
});
const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'user', id: 'lin', fields: { name: '林志豪', unit } },
  { kind: 'role_grant', id: 'g-lin', fields: { user: 'lin', unit, role: 'technician' } },
  { kind: 'customer', id: 'c', fields: { unit, name: '陳美惠', phone: '02-2960-1847', address: '文化路' } },
  { kind: 'asset', id: 'a', fields: { unit, customer: 'c', product: '冰箱', model_no: 'KR-528WN' } },
  { kind: 'service_voucher', id: 'a', fields: { unit, number: 'V-BAN-000001' } },
  {
    kind: 'service_call',
    id: 'call',
    fields: { unit, customer: 'c', asset: 'a', received_at: at(9), logged_at: at(9) },
  },
  visit,
];
const MANAGER = ['clerk', 'service_manager', 'admin'] as const;
let office: Opened;

async function open(hash: string, more: readonly FixtureRow[] = []) {
  office = await opened(hash, MANAGER, [...rows, ...more], {});
  expect(captures).toBe(0);
}
async function press(label: string) {
  (document.querySelector<HTMLElement>(`button[aria-label="${label}"]`) ?? button(label)).click();
  await settled();
}
async function type(label: string, text: string, within: ParentNode = document) {
  const named = [...within.querySelectorAll('label')].find(({ textContent }) => textContent?.startsWith(label));
  const input = document.getElementById(named?.htmlFor ?? '') as HTMLInputElement;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
const dialog = () => document.querySelector('dialog') as HTMLDialogElement;

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  expect(captures).toBe(0);
  vi.useRealTimers();
});

test('a dialog that is only open holds nothing back; one with something typed does, until it is closed', async () => {
  await open('#/customer/c');
  await press('修改');
  expect([dialog() !== null, captures]).toEqual([true, 0]);
  await type('名稱', '陳美慧', dialog());
  expect(captures).toBe(1);
  await press('先不要');
  expect(captures).toBe(0);
});

test('an amendment of what was signed holds an update back', async () => {
  await open('#/voucher/a/visit/v', [signature(visit)]);
  await press('改簽過的內容');
  await type('原因', '客戶來電', dialog());
  expect(captures).toBe(1);
});

test('a call that is being taken holds an update back from its first letter until it is discarded', async () => {
  await open('#/intake');
  await type('電話', '0');
  expect(captures).toBe(1);
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  await settled();
  expect(captures).toBe(0);
});

test('the note of a reconciliation that is not signed yet holds an update back', async () => {
  await open('#/reconciliation');
  await type('備註', '等零件');
  expect(captures).toBe(1);
});

test('a list that was chosen and not taken in yet holds an update back', async () => {
  await open('#/import');
  const input = document.querySelector<HTMLInputElement>('input[type="file"]') as HTMLInputElement;
  Object.defineProperty(input, 'files', { value: [new File(['客戶名稱,電話'], '客戶.csv')], configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  expect(captures).toBe(1);
});

test('whoever chose another time for a dispatch is not reloaded before it was sent', async () => {
  await open('#/call/call', [{ ...visit, fields: {} } as FixtureRow]);
  await type('預定到達', '2026-11-23T16:00');
  expect(captures).toBe(1);
});

test('hours of a week that are changed and not saved hold an update back until they are put back', async () => {
  await open('#/hours');
  const time = document.querySelector<HTMLInputElement>('input[type="time"]') as HTMLInputElement;
  time.value = '08:00';
  time.dispatchEvent(new Event('input', { bubbles: true }));
  time.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
  expect(captures).toBe(1);
  await press('不改了');
  expect(captures).toBe(0);
});
