import type { WritableAtom } from 'nanostores';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../src/net/index.ts';
import { type SyncStatus, UNKNOWN } from '../../src/net/status.ts';
import type { FixtureRow } from '../../src/store/fixture.ts';
import { at } from './made.ts';
import { now, type Opened, opened, said, settled, unit } from './opened.ts';

const rows: readonly FixtureRow[] = [
  { kind: 'unit', id: unit, fields: { name: '板橋服務中心' } },
  { kind: 'preset', id: 'p-1', fields: { unit, list: 'fault', text: '不冷', rank: 0 } },
];
let position = 0;
const wrote = (author_name: string, hour: number, fields: Readonly<Record<string, unknown>>, standing = 'shown') => {
  position += 1;
  return {
    ...{ actor: `actor-${author_name}`, seq: position, author: author_name, author_name, place: 'office' },
    ...{ role: 'service_manager', at: at(hour), received_at: at(hour), effective_at: at(hour), position },
    ...{ verdict: 'applied', problem: null },
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, standing }])),
  };
};
const history = (kind: string, doc: string, fields: object, ...entries: object[]) => ({ kind, doc, fields, entries });

const answers: Record<string, unknown> = {};
let office: Opened;
beforeEach(() => vi.useFakeTimers({ now }));
afterEach(async () => {
  await office.close();
  for (const each of Object.getOwnPropertyNames(answers)) delete answers[each];
  vi.useRealTimers();
});

async function look(list: string) {
  document.querySelector<HTMLElement>(`button[aria-label="${list}的歷程"]`)?.click();
  await settled();
}
const told = () =>
  [...document.querySelectorAll('dialog li')].map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim());
const path = (kind: string) => `GET /api/units/${unit}/history?kind=${kind}`;

test('whoever sets up phrases reads who changed which of them when, the newest first, also of one that is gone', async () => {
  answers[path('preset')] = [
    history('preset', 'p-1', { list: 'fault', text: '不冷' }, wrote('陳文彬', 9, { text: '不冷' })),
    history(
      'preset',
      'p-2',
      { list: 'fault', text: '有異味', product: '冷氣', deleted: true },
      wrote('陳文彬', 8, { text: '有異味' }),
      wrote('林佳蓉', 10, { deleted: true }),
    ),
    history('preset', 'p-3', { list: 'action', text: '清潔' }, wrote('陳文彬', 9, { text: '清潔' })),
  ];
  office = await opened('#/presets', ['service_manager'], rows, answers);
  await look('故障的常用語');
  expect(told()).toEqual([
    expect.stringMatching(/^10:00 林佳蓉（在辦公室） 有異味 · 冷氣 刪除/),
    expect.stringMatching(/^09:00 陳文彬（在辦公室） 不冷/),
    expect.stringMatching(/^08:00 陳文彬（在辦公室） 有異味 · 冷氣/),
  ]);
});

test.each([
  ['#/presets', 'fee_item', '費用項目', { name: '檢查費' }, '檢查費'],
  ['#/hours', 'district', '市區與郊區', { name: '三峽區', zone: 'urban' }, '三峽區'],
  ['#/hours', 'calendar_day', '特別的日子', { date: '2026-07-10', name: '颱風' }, '07/10 週五 颱風'],
  ['#/hours', 'business_hours', '平常的服務時間', { monday: '09:00-18:00' }, '週一 09:00-18:00'],
])('%s: the history of %s names what was changed', async (hash, kind, list, fields, name) => {
  answers[path(kind)] = [history(kind, 'one', fields, wrote('陳文彬', 9, fields))];
  office = await opened(hash, ['service_manager'], rows, answers);
  await look(list);
  expect(told()).toEqual([expect.stringContaining(`陳文彬（在辦公室） ${name}`)]);
});

test('F021 whoever may not set the hours reads their history nevertheless', async () => {
  office = await opened('#/hours', ['technician'], rows, answers);
  await look('市區與郊區');
  expect(said()).toContain('還沒有紀錄。');
});

test('without the server the history says so, and is read once it answers again', async () => {
  office = await opened('#/presets', ['service_manager'], rows, answers, { state: 'waiting' });
  const ask = vi.spyOn(office.client, 'ask');
  await look('費用項目');
  expect(said()).toContain('連不上伺服器，歷程要連線才看得到。');
  expect(ask).not.toHaveBeenCalled();
  answers[path('fee_item')] = [history('fee_item', 'f', { name: '檢查費' }, wrote('陳文彬', 9, { name: '檢查費' }))];
  (office.client.status as WritableAtom<SyncStatus>).set({ ...UNKNOWN, state: 'idle', contactAt: now + 1 });
  await settled();
  expect(told()).toHaveLength(1);
});

test('what the server refuses is said in plain words', async () => {
  const get = () => {
    throw new Refused('record.missing', {});
  };
  Object.defineProperty(answers, path('fee_item'), { get, configurable: true });
  office = await opened('#/presets', ['service_manager'], rows, answers);
  await look('費用項目');
  await settled();
  expect(document.querySelector('dialog [role="alert"]')?.textContent).toBeTruthy();
});
