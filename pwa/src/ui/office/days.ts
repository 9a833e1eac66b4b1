import { USUAL_HOURS, WEEKDAYS } from '../../rules/arrival.ts';
import { missingYears } from '../../rules/holidays.ts';
import type { CalendarChanged, SpecialDays, UsualWeek } from '../../wire/bodies.ts';
import { FIRST_YEAR, LAST_YEAR, MOST_DAYS } from '../../wire/limits.ts';
import type { DayKind } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { sentences } from '../text/between.ts';
import type { specialDays as texts } from '../text/hours.ts';
import { dayParts, instantOf, shortDate, when } from '../text/when.ts';
import { faultIn, type HoursFault, hoursOf, type Stretch, stretchesOf, type Weekday } from './week.ts';

/** A date on which a unit works otherwise than usual. */
export interface DayRow {
  /** The ISO date: a unit has each once. */
  readonly id: string;
  readonly kind: DayKind;
  readonly name: string;
  /** A text of hours; `''` for not at all. */
  readonly hours: string;
}

/** Dates as a person sets them. */
export interface DayForm {
  readonly kind: DayKind;
  /** ISO dates, `''` where nothing is typed; both are part of it. */
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** Only of kinds on which people work. */
  readonly stretches: readonly Stretch[];
}

export type DayFault = 'no_date' | 'reversed' | 'too_many' | 'too_far' | 'no_hours' | HoursFault;

const DAY_MS = 86_400_000;
const A_MONDAY = Date.parse('2026-11-23');
const DATE = 'yyyy-mm-dd'.length;

/** The years in which there are special days. */
export const YEARS = { first: FIRST_YEAR, last: LAST_YEAR } as const;

/** Whether people work on a day of that kind. */
export function isWorked(kind: DayKind): boolean {
  return kind === 'make_up' || kind === 'special';
}

/** The special days of a unit in a year, the first one first. */
export function daysOfYear(books: Books, unit: string, year: number): readonly DayRow[] {
  return specialDays(books, unit)
    .filter(({ id }) => id.startsWith(`${year}-`))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** The years whose public holidays have to be in a unit's calendar by now and are not (F021). */
export function yearsWithoutHolidays(books: Books, unit: string, today: string): readonly number[] {
  const holidays = specialDays(books, unit).filter(({ kind }) => kind === 'holiday');
  return missingYears(
    today,
    holidays.map(({ id }) => id),
  );
}

function specialDays(books: Books, unit: string): readonly DayRow[] {
  return books.calendar_day.where('unit', unit).map(({ fields }) => ({
    id: fields.date ?? '',
    kind: fields.kind ?? 'special',
    name: fields.name ?? '',
    hours: fields.hours ?? '',
  }));
}

/** `11/23 週一`, the weekday in that language; `Mon, Nov 23`. */
export function dateWords(date: string, language: string): string {
  const noon = instantOf(`${date}T12:00`) ?? 0;
  return when.get().onWeekday({ date: shortDate(noon), weekday: dayParts(noon, language).weekday });
}

export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(date).getUTCDay() + 6) % 7] ?? 'monday';
}

/** Every date from one to another, both included; none if they stand reversed, and no more than one too many. */
export function datesOf({ from, to }: Pick<DayForm, 'from' | 'to'>): readonly string[] {
  const [first, last] = [Date.parse(from), Date.parse(to)];
  const days = Math.min(MOST_DAYS + 1, (last - first) / DAY_MS + 1);
  return Array.from({ length: Math.max(0, days || 0) }, (_, i) =>
    new Date(first + i * DAY_MS).toISOString().slice(0, DATE),
  );
}

export function faultOfDays(form: DayForm): DayFault | null {
  if (form.from === '' || form.to === '') return 'no_date';
  if (!isInRange(form.from) || !isInRange(form.to)) return 'too_far';
  const days = datesOf(form).length;
  if (days === 0) return 'reversed';
  if (days > MOST_DAYS) return 'too_many';
  return isWorked(form.kind) ? faultOfHours(form.stretches) : null;
}

function isInRange(date: string): boolean {
  const year = Number(date.slice(0, date.indexOf('-')));
  return YEARS.first <= year && year <= YEARS.last;
}

function faultOfHours(stretches: readonly Stretch[]): DayFault | null {
  return stretches.length === 0 ? 'no_hours' : faultIn(stretches);
}

/** What the server is told of a form without fault. */
export function specialDaysOf(form: DayForm): SpecialDays {
  const hours = isWorked(form.kind) ? hoursOf(form.stretches) : '';
  return { dates: datesOf(form), kind: form.kind, name: form.name.trim(), hours };
}

/** The dates of a form that are special days already, and would be another one afterwards. */
export function replacedBy(books: Books, unit: string, form: DayForm): readonly DayRow[] {
  const dates = new Set(datesOf(form));
  return specialDays(books, unit).filter(({ id }) => dates.has(id));
}

/** What was done, and of how many calls it moved the time to arrive by. */
export function doneWords(words: ReturnType<typeof texts.get>, done: string, answer: unknown): string {
  const { calls = 0 } = Object(answer) as Partial<CalendarChanged>;
  return sentences([done, calls > 0 && words.moved({ count: calls })]);
}

/** A form for a date on which nothing is special yet; its hours are those of Monday, as a make-up day's are. */
export function newDay(date: string, kind: DayKind, week: UsualWeek): DayForm {
  return { kind, from: date, to: date, name: '', stretches: stretchesOf(week.monday || USUAL_HOURS) };
}

/** A form that shows a special day as it is. */
export function formOf({ id, kind, name, hours }: DayRow, week: UsualWeek): DayForm {
  return { ...newDay(id, kind, week), name, ...(isWorked(kind) && { stretches: stretchesOf(hours) }) };
}

/** 週一 in that language. */
export function weekdayWord(day: Weekday, language: string): string {
  const at = A_MONDAY + WEEKDAYS.indexOf(day) * DAY_MS;
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(at);
}
