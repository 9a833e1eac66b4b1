import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBody } from '../../src/core/guard.ts';
import { intervalsOf } from '../../src/rules/arrival.ts';
import { weekdayWord } from '../../src/ui/office/days.ts';
import {
  changedDays,
  faultIn,
  hoursOf,
  hoursWords,
  isSound,
  MOST_STRETCHES,
  type Stretch,
  shownOn,
  stretchesOf,
  weekList,
  weekOf,
  weekWith,
  withAnother,
} from '../../src/ui/office/week.ts';
import { hours } from '../../src/ui/text/hours.ts';

const stretch = (text: string): Stretch => {
  const [from = '', to = ''] = text.split('-');
  return { from, to };
};

/** Texts of hours that may be: from one to four stretches, in order. */
const told = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 * 60 }), { minLength: 2, maxLength: 2 * MOST_STRETCHES })
  .map((minutes) => {
    const clocks = minutes
      .toSorted((one, other) => one - other)
      .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
    const pairs = Array.from({ length: Math.floor(clocks.length / 2) }, (_, i) => clocks.slice(2 * i, 2 * i + 2));
    return pairs.map((pair) => pair.join('-')).join(' ');
  });

test('F021 every text of hours comes out of the form as it went in, without a fault', () => {
  fc.assert(
    fc.property(told, (hours) => {
      expect(intervalsOf(hours)).not.toBeNull();
      expect(faultIn(stretchesOf(hours))).toBeNull();
      expect(hoursOf(stretchesOf(hours))).toBe(hours);
    }),
  );
});

test('whatever two inputs hold without a fault is hours that the server takes', () => {
  const clock = fc.constantFrom('', '00:00', '08:30', '09:00', '12:00', '13:00', '18:00', '23:59');
  const typed = fc.array(fc.record({ from: clock, to: clock }), { maxLength: MOST_STRETCHES });
  fc.assert(
    fc.property(typed, (stretches) => {
      fc.pre(faultIn(stretches) === null);
      expect(isBody('UsualWeek', { ...weekOf(undefined), sunday: hoursOf(stretches) })).toBe(true);
      expect(intervalsOf(hoursOf(stretches))).toHaveLength(stretches.length);
    }),
  );
});

test('an end at midnight is the end of the day', () => {
  expect(stretchesOf('18:00-24:00')).toEqual([{ from: '18:00', to: '00:00' }]);
  expect(hoursOf([stretch('00:00-00:00')])).toBe('00:00-24:00');
});

test('the order in which stretches were typed does not matter', () => {
  expect(hoursOf([stretch('13:00-18:00'), stretch('09:00-12:00')])).toBe('09:00-12:00 13:00-18:00');
});

test.each([
  [[], null],
  [['09:00-'], 'unfinished'],
  [['-18:00'], 'unfinished'],
  [['12:00-09:00'], 'backwards'],
  [['09:00-09:00'], 'backwards'],
  [['09:00-13:00', '12:00-18:00'], 'overlap'],
  [['13:00-18:00', '12:00-09:00'], 'backwards'],
  [['09:00-12:00', '12:00-18:00'], null],
] as const)('%j: %s', (stretches, fault) => {
  expect(faultIn(stretches.map(stretch))).toBe(fault);
});

test('hours are read as people write them', () => {
  expect(hoursWords('09:00-12:00 13:00-18:00')).toBe('09:00–12:00、13:00–18:00');
  expect([hoursWords(''), hoursWords(null)]).toEqual(['', '']);
});

test('one stretch more is the next usual one that fits, then an empty one', () => {
  const morning = withAnother([]);
  expect(hoursOf(morning)).toBe('09:00-12:00');
  expect(hoursOf(withAnother(morning))).toBe('09:00-12:00 13:00-18:00');
  expect(withAnother(withAnother(morning)).at(-1)).toEqual({ from: '', to: '' });
  expect(hoursOf(withAnother([stretch('13:30-17:00')]))).toBe('09:00-12:00 13:30-17:00');
});

test('a unit whose hours nobody has set works as usual from Monday to Friday', () => {
  const week = weekOf(undefined);
  expect([week.monday, week.friday, week.saturday]).toEqual(['09:00-12:00 13:00-18:00', '09:00-12:00 13:00-18:00', '']);
  expect(weekOf({ unit: 'ban', saturday: '09:00-12:00' })).toMatchObject({ monday: '', saturday: '09:00-12:00' });
});

test('only days that somebody touched are saved anew; what came for the others meanwhile stays', () => {
  const edits = { saturday: [stretch('09:00-12:00')], sunday: [] };
  const week = weekOf(undefined);
  expect(changedDays(week, edits)).toEqual(['saturday']);
  const meanwhile = { ...week, friday: '09:00-12:00' };
  expect(weekWith(meanwhile, edits)).toEqual({ ...meanwhile, saturday: '09:00-12:00' });
  expect(shownOn('friday', meanwhile, edits)).toEqual([stretch('09:00-12:00')]);
});

test('a week with a fault on any day is not to be saved', () => {
  expect(isSound(weekOf(undefined), {})).toBe(true);
  expect(isSound(weekOf(undefined), { sunday: [stretch('18:00-09:00')] })).toBe(false);
});

test('F021 the usual week goes out, a row a day, also a day on which nobody works', () => {
  const rows = weekList(weekOf(undefined), hours.get(), (day) => weekdayWord(day, 'zh-Hant'));
  expect(rows.slice(0, 2)).toEqual([
    ['星期', '服務時間'],
    ['週一', '09:00–12:00、13:00–18:00'],
  ]);
  expect(rows).toHaveLength(8);
  expect(rows.at(-1)).toEqual(['週日', '不上班']);
});
