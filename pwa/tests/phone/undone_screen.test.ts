import { expect, test, vi } from 'vitest';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { at } from '../office/made.ts';
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
  expect(shown()).toContain('沒有零件');
  expect(captured.flat().map(({ fields }) => fields)).toEqual([
    { undone_reason: 'no_parts', undone_next: 'send_again', outcome: 'follow_up' },
  ]);
});

test('F031 where nobody is there, it ends only with a photo', async () => {
  const { captured } = opened(rows, 'work', 'a');
  await press('無法完成');
  await press('客戶不在');
  await press('不簽名完成');
  const foot = () => document.querySelector('.foot')?.textContent;
  await expect.poll(foot).toContain('先拍一張現場照片');
  expect(captured).toEqual([]);
});
