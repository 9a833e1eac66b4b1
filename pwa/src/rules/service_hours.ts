/** A stretch of a day in which people work, in minutes since midnight on the wall; `closes` is not part of it. */
export type Interval = readonly [opens: number, closes: number];

/**
 * When a unit works: seven usual days, Monday first, and the dates that differ from them (F019 to F022).
 *
 * The twin of schemas/rules/service_hours.py: `days` has ISO dates, none at all for a holiday or a closure. The
 * intervals of a day do not overlap and stand in their order; a night shift is two of them.
 */
export interface ServiceCalendar {
  readonly time_zone: string;
  readonly week: readonly (readonly Interval[])[];
  readonly days: Readonly<Record<string, readonly Interval[]>>;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How far a deadline is looked for, in days: three years, so that a calendar without any open day has an end. */
const MAX_DAYS = 1_100;

/** The year 9999: a device's clock may say anything, and no calendar names a later year. */
const LAST_MS = 253_370_764_800_000;

/** Nobody waits for a deadline behind it. */
const LAST_DAY = Date.parse('9998-12-31');

/**
 * The instant at which so many working minutes have passed since another; null if it is years away.
 *
 * A deadline that falls on the end of an interval falls there, not on the next opening: whoever arrives at that very
 * instant has kept it.
 */
export function dueAt(calendar: ServiceCalendar, since: number, minutes: number): number | null {
  let left = minutes * MINUTE_MS;
  for (const [opens, closes] of stretches(calendar, since)) {
    const begins = Math.max(opens, since);
    if (left <= closes - begins) return begins + left;
    left -= Math.max(0, closes - begins);
  }
  return null;
}

/** How many milliseconds of working time lie between two instants, of the first three years; 0 if they stand reversed. */
export function workedMs(calendar: ServiceCalendar, since: number, until: number): number {
  let worked = 0;
  for (const [opens, closes] of stretches(calendar, since)) {
    if (opens >= until) break;
    worked += Math.max(0, Math.min(closes, until) - Math.max(opens, since));
  }
  return worked;
}

/** Whether people work at an instant. */
export function isOpen(calendar: ServiceCalendar, at: number): boolean {
  return stretchesOn(calendar, at).some(([opens, closes]) => opens <= at && at < closes);
}

/** The stretches of working time of the date on which an instant falls, as instants; none where nobody works. */
export function stretchesOn(calendar: ServiceCalendar, at: number): readonly Interval[] {
  return ofDay(calendar, dateAt(calendar.time_zone, at));
}

/** The date of an instant on the wall, told by its midnight as if it were one of UTC. */
export function dateAt(timeZone: string, at: number): number {
  return Date.parse(wallOf(timeZone, at).slice(0, 'yyyy-mm-dd'.length));
}

/** When work ends on the next date on which anybody works; null if that is years away. */
export function endOfNextDay(calendar: ServiceCalendar, at: number): number | null {
  const today = dateAt(calendar.time_zone, at);
  const days = Math.min(MAX_DAYS, (LAST_DAY - today) / DAY_MS);
  for (let number = 1; number < days; number += 1) {
    const closing = ofDay(calendar, today + number * DAY_MS).at(-1);
    if (closing) return closing[1];
  }
  return null;
}

/** The stretches of working time that end after an instant, as instants, for as long as anybody may look. */
function* stretches(calendar: ServiceCalendar, since: number): Generator<Interval> {
  const first = dateAt(calendar.time_zone, since);
  const days = Math.min(MAX_DAYS, (LAST_DAY - first) / DAY_MS);
  for (let number = 0; number < days; number += 1) {
    for (const stretch of ofDay(calendar, first + number * DAY_MS)) {
      if (stretch[1] > since) yield stretch;
    }
  }
}

/** The stretches of one date, which is told by its midnight as if it were one of UTC. */
function ofDay({ time_zone, week, days }: ServiceCalendar, date: number): readonly Interval[] {
  const day = new Date(date);
  const usual = week[(day.getUTCDay() + 6) % 7] ?? [];
  const intervals = days[day.toISOString().slice(0, 'yyyy-mm-dd'.length)] ?? usual;
  return intervals.map(([opens, closes]) => [
    instantAt(time_zone, date + opens * MINUTE_MS),
    instantAt(time_zone, date + closes * MINUTE_MS),
  ]);
}

/**
 * The instant of a time on the wall, told as if it were one of UTC.
 *
 * What a change of the clock leaves out counts by the clock before it, what comes twice counts the first time, as
 * Python's `fold=0` has it (PEP 495).
 */
export function instantAt(timeZone: string, wall: number): number {
  const byClockBefore = wall - shiftAt(timeZone, wall - DAY_MS);
  const byClockAfter = wall - shiftAt(timeZone, wall + DAY_MS);
  const is = (at: number) => at + shiftAt(timeZone, at) === wall;
  return is(byClockAfter) && !is(byClockBefore) ? byClockAfter : byClockBefore;
}

/** How far the clock on the wall is ahead of UTC at an instant. */
function shiftAt(timeZone: string, at: number): number {
  const seconds = Math.floor(at / 1_000) * 1_000;
  return Date.parse(`${wallOf(timeZone, seconds)}Z`) - seconds;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-23T15:00:00` on the wall at an instant. */
function wallOf(timeZone: string, at: number): string {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { ...DATE_AND_TIME, timeZone });
  clocks.set(timeZone, clock);
  return clock.format(Math.min(at, LAST_MS)).replace(' ', 'T');
}

/** Swedes write the date and the time as ISO 8601 does, but for the blank between them. */
const DATE_AND_TIME = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
