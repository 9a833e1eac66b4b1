import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HealReport, Loss } from '../../src/wire/bodies.ts';
import { now, type Opened, opened, settled, shown } from './opened.ts';

let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  vi.useRealTimers();
});

const loss = (actor: string, over: Partial<Loss> = {}): Loss => ({
  ...{ actor, last_seq: 3, device: 'd', user: 'chen', operations: 3, since: now, said_at: null, state: 'gone' },
  ...{ successor: null, settled: null, ...over },
});
const report: HealReport = {
  losses: [loss('open'), loss('done', { settled: { by: 'chen', at: now, reason: '紙本補登了' } })],
  ...{ partings: [], changes: [] },
};

const tab = (name: string) =>
  [...document.querySelectorAll('nav a')]
    .map(({ textContent }) => textContent?.trim())
    .find((said) => said?.startsWith(name));

test('what waits in the report of a restore is counted on its tab, as on the settings', async () => {
  office = await opened('#/leave', ['service_manager'], [], { 'GET /api/healing': report });
  await shown('還原報告');
  await settled();
  expect([tab('設定'), tab('還原報告'), tab('裝置')]).toEqual(['設定1', '還原報告1', '裝置']);
});

test('a report in which nothing waits has no count', async () => {
  office = await opened('#/healing', ['service_manager'], [], { 'GET /api/healing': { ...report, losses: [] } });
  await shown('還原報告');
  await settled();
  expect([tab('設定'), tab('還原報告')]).toEqual(['設定', '還原報告']);
});
