import { expect, test } from 'vitest';
import {
  type DayForm,
  datesOf,
  dateWords,
  daysOfYear,
  faultOfDays,
  formOf,
  newDay,
  replacedBy,
  specialDaysOf,
  weekdayOf,
  weekdayWord,
} from '../../src/ui/office/days.ts';
import { weekOf } from '../../src/ui/office/week.ts';
import { MOST_DAYS } from '../../src/wire/limits.ts';
import type { DayKind } from '../../src/wire/vocabulary.ts';
import { books, doc } from './made.ts';

const day = (date: string, kind: DayKind = 'holiday', unit = 'ban', hours = '') =>
  doc('calendar_day', `${unit}-${date}`, { unit, date, kind, name: '', hours });
const week = weekOf(undefined);
const form = (over: Partial<DayForm>): DayForm => ({ ...newDay('2026-08-12', 'closure', week), ...over });

test('F021 the special days of a year stand in their order; those of other years and units are not among them', () => {
  const shelf = books(
    day('2026-12-25'),
    day('2026-01-01'),
    day('2027-01-01'),
    day('2026-08-12', 'closure'),
    day('2026-05-01', 'holiday', 'tyn'),
  );
  expect(daysOfYear(shelf, 'ban', 2026).map(({ id }) => id)).toEqual(['2026-01-01', '2026-08-12', '2026-12-25']);
});

test('a date is told with its weekday, whatever clock the computer follows', () => {
  expect(dateWords('2026-11-23', 'zh-Hant')).toBe('11/23 週一');
  expect(dateWords('2026-12-31', 'en')).toBe('12/31 Thu');
  expect(weekdayOf('2026-11-22')).toBe('sunday');
  expect(weekdayWord('saturday', 'zh-Hant')).toBe('週六');
});

test('every date from one to another is set, over the end of a month too', () => {
  expect(datesOf({ from: '2027-02-27', to: '2027-03-02' })).toEqual([
    '2027-02-27',
    '2027-02-28',
    '2027-03-01',
    '2027-03-02',
  ]);
  expect(datesOf({ from: '2026-08-12', to: '2026-08-11' })).toEqual([]);
  expect(datesOf({ from: '', to: '2026-08-11' })).toEqual([]);
  expect(datesOf({ from: '2000-01-01', to: '2100-12-31' })).toHaveLength(MOST_DAYS + 1);
});

test.each([
  [{}, null],
  [{ from: '' }, 'no_date'],
  [{ to: '2026-08-11' }, 'reversed'],
  [{ from: '2026-08-01', to: '2026-10-01' }, null],
  [{ from: '2026-08-01', to: '2026-10-02' }, 'too_many'],
  [{ kind: 'special', stretches: [] }, 'no_hours'],
  [{ kind: 'make_up', stretches: [{ from: '09:00', to: '' }] }, 'unfinished'],
  [{ kind: 'holiday', stretches: [{ from: '09:00', to: '' }] }, null],
] as const)('%j: %s', (over, fault) => {
  expect(faultOfDays(form(over))).toBe(fault);
});

test('F021 a typhoon closes the unit; what hours stood in the form is not told', () => {
  const said = specialDaysOf(form({ name: ' 颱風停班 ', to: '2026-08-13' }));
  expect(said).toEqual({ dates: ['2026-08-12', '2026-08-13'], kind: 'closure', name: '颱風停班', hours: '' });
});

test('a make-up day has the hours of a Monday until somebody says others', () => {
  const made = newDay('2026-12-19', 'make_up', { ...week, monday: '08:00-17:00' });
  expect(specialDaysOf(made).hours).toBe('08:00-17:00');
  expect(specialDaysOf(newDay('2026-12-19', 'make_up', { ...week, monday: '' })).hours).toBe('09:00-12:00 13:00-18:00');
});

test('a day is changed from what it is', () => {
  const [row] = daysOfYear(books(day('2026-07-04', 'special', 'ban', '13:00-18:00')), 'ban', 2026);
  expect(row && specialDaysOf(formOf(row, week))).toEqual({
    dates: ['2026-07-04'],
    kind: 'special',
    name: '',
    hours: '13:00-18:00',
  });
});

test('dates that are special already are told before they are another kind', () => {
  const shelf = books(day('2026-08-12'), day('2026-08-14'), day('2026-08-13', 'holiday', 'tyn'));
  const replaced = replacedBy(shelf, 'ban', form({ to: '2026-08-13' }));
  expect(replaced.map(({ id }) => id)).toEqual(['2026-08-12']);
});
