import { fromStore } from 'svelte/store';
import { instantAt } from '../../rules/service_hours.ts';
import { filled } from './filled.ts';
import { spoken, texts } from './language.ts';
import { livesIn } from './zone.svelte.ts';

const formats = new Map<string, ReturnType<typeof formatsOf>>();

function formatsOf(timeZone: string) {
  return {
    timeZone,
    clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }),
    date: new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }),
    english: {
      date: new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'short', day: 'numeric', timeZone }),
      short: new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone }),
    },
  };
}

/** The clock of the unit's town, wherever the device believes that it is. */
function local() {
  const timeZone = livesIn();
  const known = formats.get(timeZone) ?? formatsOf(timeZone);
  formats.set(timeZone, known);
  return known;
}

export const when = texts('when', {
  heading: filled('{month} 月 {day} 日 {weekday}'),
  moment: filled('{month} 月 {day} 日 {time}'),
  at: filled('{date} {time}'),
  onWeekday: filled('{date} {weekday}'),
  span: filled('{from}–{until}'),
  bygone: '這個時間已經過了，選之後的時間。',
});

/** Read by plain functions, and still followed by whatever shows what they return. */
const language = fromStore(spoken);
const said = fromStore(when);

/** How dates are written where not in figures, from the year down: in Chinese those are what tables and tags have. */
function written(of: 'date' | 'short', at: number): string | undefined {
  return language.current === 'en' ? local().english[of].format(at).replace(' ', NO_BREAK) : undefined;
}

/** A line is not broken between a month and its day. */
const NO_BREAK = '\u00a0';

/** `13:10`, 24 hours, of an instant in epoch milliseconds. */
export function clockTime(at: number): string {
  return local().clock.format(at);
}

/** `13:10` on the day that is shown, `11/20 13:10` on any other. */
export function momentOn(day: number, at: number): string {
  return sameDay(day, at) ? clockTime(at) : withTime(shortDate(at), clockTime(at));
}

/** `2026/11/23` in every language: what sorts as it reads, for files, numbers and comparing. */
export function plainDate(at: number): string {
  return local().date.format(at).replaceAll('-', '/');
}

/** `2026/11/23`, as tables show it; `Nov 23, 2026` in English. */
export function tableDate(at: number): string {
  return written('date', at) ?? plainDate(at);
}

/** `11/23`, where the year is known; `Nov 23`. */
export function shortDate(at: number): string {
  return written('short', at) ?? plainDate(at).slice(5);
}

/** `11/20`, the year too where it is another. */
export function dayWords(at: number, now: number): string {
  const sameYear = plainDate(at).slice(0, 4) === plainDate(now).slice(0, 4);
  return sameYear ? shortDate(at) : tableDate(at);
}

/** `11/23 10:40`, of a date that is written already; `Nov 23, 10:40`. */
export function withTime(date: string, time: string): string {
  return said.current.at({ date, time });
}

/** `11/23–11/25`, of what is written already; `Nov 23 – Nov 25`. */
export function spanWords(from: string, until: string): string {
  return said.current.span({ from, until }).trim();
}

/**
 * What the heading's and the moment's words need, as that language has them: `11`, `23` and 週一, or Nov, `23` and Mon.
 *
 * The clock keeps its 24 hours in every language: the same on two screens that are compared over the telephone, and on
 * the paper voucher.
 */
export function dayParts(at: number, language: string) {
  const format = new Intl.DateTimeFormat(language, { ...DAY, timeZone: livesIn() });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return { month: part('month'), day: part('day'), weekday: part('weekday'), time: clockTime(at) };
}

const DAY = { month: 'short', day: 'numeric', weekday: 'short' } as const;

const LONGEST_DAY_MS = 25 * 3_600_000;

/** Whether two instants fall on one date. */
export function sameDay(one: number, other: number): boolean {
  return Math.abs(one - other) < LONGEST_DAY_MS && plainDate(one) === plainDate(other);
}

/** `2026-11-23T15:00` of an instant, as an input for date and time shows it. */
export function inputMoment(at: number): string {
  return `${local().date.format(at)}T${clockTime(at)}`;
}

/** The instant of such an input by the clock of the unit's town; undefined for a text that is none. */
export function instantOf(typed: string): number | undefined {
  const asIfUtc = Date.parse(`${typed}Z`);
  return Number.isNaN(asIfUtc) ? undefined : instantAt(livesIn(), asIfUtc);
}

/** When the day of an instant begins in the unit's town. */
export function dayBegins(at: number): number {
  return instantOf(`${local().date.format(at)}T00:00`) ?? at;
}
