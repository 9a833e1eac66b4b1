import { afterEach, expect, test } from 'vitest';
import { monthOf } from '../office/arrivals.ts';
import { dateWords } from '../office/days.ts';
import { momentCell } from '../office/list_files.ts';
import { provisionalNumber } from '../office/logging.ts';
import { momentWords } from '../office/values.ts';
import { amount, money, size } from './amount.ts';
import { clauses, facts, items } from './between.ts';
import { speak } from './language.ts';
import { leftOnBoard, leftWords, metWords, spans, timerFace } from './span.ts';
import { clockTime, dayParts, dayWords, momentOn, plainDate, shortDate, spanWords, tableDate, when } from './when.ts';

const DAY_MS = 86_400_000;
const monday = Date.UTC(2026, 10, 23, 2, 40);

afterEach(() => speak('zh-Hant'));

test.each([
  [36, '剩 36 分'],
  [135, '剩 2 小時 15 分'],
  [300, '剩 5 小時'],
  [479, '剩 7 小時 59 分'],
  [480, '剩 1 天'],
  [720, '剩 1 天 4 小時'],
  [0, '剩 0 分'],
  [-40, '逾時 40 分'],
  [-220, '逾時 3 小時 40 分'],
])('%i minutes of working time read %s', (minutes, words) => {
  expect(leftWords(spans.get(), minutes)).toBe(words);
});

test('a limit that was met tells how early, one that was not how late', () => {
  expect([34, 0, -40].map((minutes) => metWords(spans.get(), minutes))).toEqual([
    '提早 34 分',
    '提早 0 分',
    '逾時 40 分',
  ]);
});

test('the board shortens what is left and spells out what is overdue', () => {
  expect(leftOnBoard(spans.get(), 135)).toBe('剩 2:15');
  expect(leftOnBoard(spans.get(), 65)).toBe('剩 1:05');
  expect(leftOnBoard(spans.get(), -40)).toBe('逾時 40 分');
});

test.each([
  [-5, '00:00'],
  [1_450_000, '24:10'],
  [3_725_000, '1:02:05'],
])('a timer at %i ms shows %s', (elapsed, face) => {
  expect(timerFace(elapsed)).toBe(face);
});

test('dates and times follow the clock of Taiwan', () => {
  expect(clockTime(monday)).toBe('10:40');
  expect(clockTime(Date.UTC(2026, 10, 22, 16, 5))).toBe('00:05');
  expect(tableDate(Date.UTC(2026, 10, 22, 16, 5))).toBe('2026/11/23');
  expect(shortDate(monday)).toBe('11/23');
  expect(when.get().heading(dayParts(monday, 'zh-Hant'))).toBe('11 月 23 日 週一');
});

test.each([
  ['zh-Hant', '2026/11/23', '11/23', '11/23 10:40', '2025/11/23 10:40', '11/23–11/24', '11/23 週一'],
  ['zh-Hans', '2026/11/23', '11/23', '11/23 10:40', '2025/11/23 10:40', '11/23–11/24', '11/23 周一'],
  ['en', 'Nov 23, 2026', 'Nov 23', 'Nov 23, 10:40', 'Nov 23, 2025, 10:40', 'Nov 23 – Nov 24', 'Mon, Nov 23'],
])('%s writes dates and times as those who read it do, and files keep what sorts', async (language, ...written) => {
  await speak(language);
  const [next, yearBefore] = [monday + DAY_MS, Date.UTC(2025, 10, 23, 2, 40)];
  expect(
    [
      tableDate(monday),
      shortDate(monday),
      momentOn(next, monday),
      momentWords(yearBefore, monday),
      spanWords(dayWords(monday, next), dayWords(next, monday)),
      dateWords('2026-11-23', language),
    ].map((words) => words.replaceAll('\u00a0', ' ')),
  ).toEqual(written);
  expect([plainDate(monday), momentCell(monday), monthOf(monday)]).toEqual([
    ...['2026/11/23', '2026-11-23 10:40', '2026-11'],
  ]);
  expect(provisionalNumber('01m8fezbjvjvcpppxkdb9xcv4z', monday)).toBe('T261123-XCV4Z');
});

test('money is in whole dollars from minor units, sizes never vanish', () => {
  expect(money(165_000)).toBe('NT$ 1,650');
  expect(amount(0)).toBe('0');
  expect([120, 18_432, 1_150_000, 3 * 1024 ** 3, 2 * 1024 ** 4, 5000 * 1024 ** 4].map(size)).toEqual([
    '1 KB',
    '18 KB',
    '1.1 MB',
    '3.0 GB',
    '2.0 TB',
    '5000.0 TB',
  ]);
});

test.each([
  ['en', 'Mon, Nov 23', 'Nov 23, 10:40', 'NT$1,650', '1 day 4 h left'],
  ['zh-Hans', '11月23日 周一', '11月23日 10:40', 'NT$1,650', '剩 1 天 4 小时'],
])(
  '%s writes headings, amounts and spans its own way, clock and figures alike',
  async (code, heading, moment, fee, left) => {
    await speak(code);
    const parts = dayParts(monday, code);
    expect([when.get().heading(parts), when.get().moment(parts)]).toEqual([heading, moment]);
    expect(money(165_000)).toBe(fee);
    expect(leftWords(spans.get(), 720)).toBe(left);
    expect([clockTime(monday), amount(165_000)]).toEqual(['10:40', '1,650']);
  },
);

test('what a line lists is put together as the language does, without what is empty', async () => {
  const told = () => [items(['甲', '', '乙']), clauses(['甲', null, '乙']), facts(['甲', undefined, '乙', false])];
  expect(told()).toEqual(['甲、乙', '甲，乙', '甲・乙']);
  await speak('en');
  expect(told()).toEqual(['甲, 乙', '甲, 乙', '甲 · 乙']);
});
