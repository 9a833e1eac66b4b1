import { intervalsOf, USUAL_HOURS, USUAL_WEEK, WEEKDAYS } from '../../rules/arrival.ts';
import type { UsualWeek } from '../../wire/bodies.ts';
import type { BusinessHours } from '../../wire/kinds.ts';
import { items } from '../text/between.ts';
import type { hours } from '../text/hours.ts';
import type { Rows } from './list_files.ts';

export type Weekday = (typeof WEEKDAYS)[number];

/** One stretch of a day as two inputs for a time hold it; `''` where nothing is typed. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

/** What is wrong with the stretches of a day: one lacks a time, ends before it begins, or runs into another. */
export type HoursFault = 'unfinished' | 'backwards' | 'overlap';

/** What was changed of a week and is not saved yet. */
export type WeekEdits = { readonly [Day in Weekday]?: readonly Stretch[] };

/** A day has no more stretches than this (schemas/scalars.py). */
export const MOST_STRETCHES = 4;

/** An input for a time knows no 24:00; an end at 00:00 is the end of the day. */
const [MIDNIGHT, NEXT_MIDNIGHT] = ['00:00', '24:00'];

/** The stretches that a text of hours tells, as a form shows them. */
export function stretchesOf(hours: string | null | undefined): readonly Stretch[] {
  return (hours ?? '')
    .split(' ')
    .filter(Boolean)
    .map((stretch) => {
      const [from = '', to = ''] = stretch.split('-');
      return { from, to: to === NEXT_MIDNIGHT ? MIDNIGHT : to };
    });
}

/** The text of the hours that a form shows, the earliest first whatever the order in which they were typed. */
export function hoursOf(stretches: readonly Stretch[]): string {
  return stretches
    .map(({ from, to }) => `${from}-${to === MIDNIGHT ? NEXT_MIDNIGHT : to}`)
    .sort()
    .join(' ');
}

/** `09:00–12:00、13:00–18:00`, as people read hours; `''` where nobody works. */
export function hoursWords(hours: string | null | undefined): string {
  return items((hours ?? '').split(' ')).replaceAll('-', '–');
}

export function faultIn(stretches: readonly Stretch[]): HoursFault | null {
  if (stretches.some(({ from, to }) => from === '' || to === '')) return 'unfinished';
  if (intervalsOf(hoursOf(stretches)) !== null) return null;
  return stretches.some((each) => intervalsOf(hoursOf([each])) === null) ? 'backwards' : 'overlap';
}

/** One stretch more: the next of the usual ones that fits, else an empty one. */
export function withAnother(stretches: readonly Stretch[]): readonly Stretch[] {
  const fits = stretchesOf(USUAL_HOURS).find((each) => faultIn([...stretches, each]) === null);
  return [...stretches, fits ?? { from: '', to: '' }];
}

/** The week of a unit; that of a unit for which nobody has set any is the usual one. */
export function weekOf(fields: BusinessHours | undefined): UsualWeek {
  const told = fields ?? USUAL_WEEK;
  return eachDay((day) => told[day] ?? '');
}

/** The saved week with its headings, a row a day, as the page beside it shows hours. */
export function weekList(week: UsualWeek, text: ReturnType<typeof hours.get>, name: (day: Weekday) => string): Rows {
  return [[text.weekday, text.title], ...WEEKDAYS.map((day) => [name(day), hoursWords(week[day]) || text.closed])];
}

/** What the form shows of a day. */
export function shownOn(day: Weekday, week: UsualWeek, edits: WeekEdits): readonly Stretch[] {
  return edits[day] ?? stretchesOf(week[day]);
}

/** The week as it would be saved: days that nobody touched stay as they are, also as somebody else has just set them. */
export function weekWith(week: UsualWeek, edits: WeekEdits): UsualWeek {
  return eachDay((day) => hoursOf(shownOn(day, week, edits)));
}

/** The days that saving would change. */
export function changedDays(week: UsualWeek, edits: WeekEdits): readonly Weekday[] {
  return WEEKDAYS.filter((day) => edits[day] && hoursOf(edits[day]) !== week[day]);
}

/** Whether a week may be saved as it is shown. */
export function isSound(week: UsualWeek, edits: WeekEdits): boolean {
  return WEEKDAYS.every((day) => faultIn(shownOn(day, week, edits)) === null);
}

function eachDay(hours: (day: Weekday) => string): UsualWeek {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, hours(day)])) as unknown as UsualWeek;
}
