import { expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { at, doc } from '../office/made.ts';
import { GROUND, job } from './made.ts';
import { opened, press, shown } from './opened.ts';

vi.mock('../../src/platform/capturing.ts', () => ({ beginCapture: () => () => {} }));

const rows = [...GROUND, ...job('a', { visit: { arrived_at: at(9), category: 'paid' } })] as FixtureRow[];

test('F030 three taps lead from the work to what the customer signs about it', async () => {
  const { captured } = opened(rows, 'work', 'a');
  await press('無法完成');
  await press('沒有零件');
  await press('請客戶看內容');
  await expect.poll(shown).toContain('服務內容確認');
  expect(shown()).toContain('未修原因沒有零件');
  expect([...document.querySelectorAll('dt')].map((term) => term.textContent)).not.toContain('故障');
  expect(captured.flat().map(({ fields }) => fields)).toEqual([
    { undone_reason: 'no_parts', undone_next: 'send_again', outcome: 'follow_up' },
  ]);
});

test('F031 where nobody is there, it ends only with a photo', async () => {
  const { captured } = opened(rows, 'work', 'a');
  await press('無法完成');
  await press('客戶不在');
  await press('不簽名結束');
  const foot = () => document.querySelector('.foot')?.textContent;
  await expect.poll(foot).toContain('先拍一張現場照片');
  expect(captured).toEqual([]);
});

const UNDONE = { arrived_at: at(9), finished_at: at(9, 30), undone_reason: 'no_parts', outcome: 'follow_up' } as const;
const failed = [...GROUND, ...job('a', { visit: UNDONE })] as FixtureRow[];

test('F030 a visit that could not be completed is not called completed on the list', async () => {
  opened(failed, 'today');
  await expect.poll(shown).toContain('無法完成');
  expect(shown()).not.toContain('已完成');
});

test('F030 the page of a visit that could not be completed says so, and that it was this time', async () => {
  opened(failed, 'job', 'a');
  await expect.poll(() => document.querySelector('.foot')?.textContent?.trim()).toBe('無法完成');
  expect(shown()).toContain('這次沒完成');
  expect(shown()).not.toContain('已完成');
});

test('F030 whoever is sent again reads what was not completed the last time', async () => {
  const again = { unit: 'ban', call: 'call-a', technician: 'lin' };
  opened([...failed, doc('dispatch', 'again', again) as FixtureRow], 'job', 'again');
  await expect.poll(shown).toContain('上次沒完成');
});
