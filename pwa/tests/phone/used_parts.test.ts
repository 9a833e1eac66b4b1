import { expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { recentParts } from '../../src/ui/books/used_parts.ts';
import { at, books, DAY_MS, doc } from '../office/made.ts';
import { GROUND, job } from './made.ts';
import { opened, press, shown } from './opened.ts';

vi.mock('../../src/platform/capturing.ts', () => ({ beginCapture: () => () => {} }));

const SENSOR = '溫度感測器\tTS-2210\t1';
const working = { arrived_at: at(9), category: 'paid', action: '更換零件', outcome: 'fixed' } as const;
const rows = (parts?: string) =>
  [...GROUND, ...job('a', { visit: parts ? { ...working, parts } : working })] as FixtureRow[];

const typeInto = (label: string, value: string) => {
  const named = [...document.querySelectorAll('label')].find((each) => each.textContent?.includes(label));
  const field = document.getElementById(named?.htmlFor ?? '') as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};
const written = (captured: readonly (readonly { readonly fields: object }[])[]) =>
  captured.flat().map(({ fields }) => fields);

test('F030 a part is written down with its number and pieces, and the customer reads it before he signs', async () => {
  const { captured } = opened(rows(), 'work', 'a');
  await press('加零件');
  await vi.waitFor(() => expect(shown()).toContain('零件名稱'));
  typeInto('零件名稱', ' 排水 管 ');
  typeInto('料號', 'P-7');
  await press('加進來');
  await press('加一');
  await press('請客戶看內容');
  await expect.poll(shown).toContain('服務內容確認');
  expect(shown()).toContain('零件排水 管（P-7）×2');
  expect(written(captured)).toEqual([{ parts: '排水 管\tP-7\t2' }]);
});

test('F030 what is typed of a part counts at once, whatever is pressed next', async () => {
  const { captured } = opened(rows(SENSOR), 'work', 'a');
  await press('加零件');
  await vi.waitFor(() => expect(shown()).toContain('零件名稱'));
  typeInto('零件名稱', '門封條');
  await press('加一');
  await press('請客戶看內容');
  await expect.poll(shown).toContain('零件溫度感測器（TS-2210）×2、門封條 ×1');
  expect(written(captured)).toEqual([{ parts: '溫度感測器\tTS-2210\t2\n門封條\t\t1' }]);
});

test('F030 Enter in its fields puts the part down and sends no form', async () => {
  opened(rows(), 'work', 'a');
  await press('加零件');
  await vi.waitFor(() => expect(shown()).toContain('零件名稱'));
  typeInto('零件名稱', '門封條');
  const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
  document.querySelector('.new input')?.dispatchEvent(enter);
  expect(enter.defaultPrevented).toBe(true);
  await expect.poll(shown).not.toContain('零件名稱');
  expect(document.querySelectorAll('output')).toHaveLength(1);
  await vi.waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('加零件'));
  await press('加零件');
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
});

test('F030 a part without a name is none, and the field says so', async () => {
  opened(rows(), 'work', 'a');
  await press('加零件');
  await press('加進來');
  await expect.poll(shown).toContain('先寫零件名稱。');
});

test('F030 one piece less than one takes the part out, and one tap brings it back', async () => {
  const { captured } = opened(rows(SENSOR), 'work', 'a');
  await expect.poll(shown).toContain('TS-2210');
  await press('減一');
  await expect.poll(() => document.querySelectorAll('output')).toHaveLength(0);
  await press('請客戶看內容');
  await expect.poll(() => written(captured)).toEqual([{ parts: null }]);
  opened(rows(SENSOR), 'work', 'a');
  await press('減一');
  await press('溫度感測器 TS-2210');
  await expect.poll(() => document.querySelectorAll('output')).toHaveLength(1);
});

test('F030 what such products took lately is one tap away, what others took comes behind it, each once', () => {
  const visit = (id: string, asset: string, days: number, parts?: string) =>
    doc('service_visit', id, { unit: 'ban', asset, arrived_at: at(9) - days * DAY_MS, ...(parts && { parts }) });
  const shelf = books(
    doc('asset', 'fridge', { unit: 'ban', product: '變頻冰箱' }),
    doc('asset', 'washer', { unit: 'ban', product: '洗衣機' }),
    visit('1', 'washer', 1, '皮帶\tB-1180\t1'),
    visit('2', 'fridge', 9, `${SENSOR}\n門封條\t\t2`),
    visit('3', 'fridge', 3, '風扇馬達\tFM-528\t1'),
    visit('4', 'fridge', 2),
    visit('5', 'washer', 30, '皮帶\tB-1180\t3'),
    doc('service_visit', 'other', { unit: 'tyn', asset: 'fridge', arrived_at: at(9), parts: '別單位\t\t1' }),
  );
  expect(recentParts(shelf, 'ban', '變頻冰箱').map(({ name }) => name)).toEqual([
    '風扇馬達',
    '溫度感測器',
    '門封條',
    '皮帶',
  ]);
});

test('F030 the history of a product tells which parts it got', async () => {
  const before = doc('service_visit', 'b', {
    ...{ unit: 'ban', asset: 'asset-a', technician: 'lin', action: '換感測器', parts: SENSOR },
    ...{ arrived_at: at(9) - DAY_MS, finished_at: at(10) - DAY_MS },
  });
  const [job_a] = [rows()];
  const asset = job_a.find((row) => row.kind === 'service_visit')?.fields as { asset?: string };
  const past = { ...before, fields: { ...before.fields, asset: asset.asset ?? null } };
  opened([...job_a, past as unknown as FixtureRow], 'job', 'a');
  await expect.poll(shown).toContain('溫度感測器（TS-2210）×1');
});
