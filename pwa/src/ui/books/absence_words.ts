import { type ServiceCalendar, stretchesOn } from '../../rules/service_hours.ts';
import { clauses } from '../text/between.ts';
import type { leave as texts } from '../text/leave.ts';
import type { absenceReasons } from '../text/vocabulary.ts';
import { clockTime, dayBegins, dayWords, sameDay, spanWords, withTime } from '../text/when.ts';
import type { Absence } from './absences.ts';
import type { Books } from './books.ts';
import { calendarIn } from './limits.ts';

export interface LeaveWords {
  readonly text: ReturnType<typeof texts.get>;
  readonly reasons: ReturnType<typeof absenceReasons.get>;
}

/** Why somebody is away and who does his work: 特休，代理人張家豪. */
export function whyAway(books: Books, { doc }: Absence, { text, reasons }: LeaveWords): string {
  const { reason, substitute } = doc.fields;
  const name = books.user.get(substitute)?.fields.name;
  return clauses([reason && reasons[reason], name && text.awayWith({ name })]);
}

/** `12/3`, with the clock where the working day does not end with it, or nobody works on that day. */
export function endWords(calendar: ServiceCalendar, until: number, now: number): string {
  const isMidnight = dayBegins(until) === until;
  const closes = stretchesOn(calendar, until).at(-1)?.[1] ?? Number.POSITIVE_INFINITY;
  if (isMidnight) return dayWords(until - 1, now);
  return until >= closes ? dayWords(until, now) : withTime(dayWords(until, now), clockTime(until));
}

/** Whether nobody works earlier on that day. */
export function beginsDay(calendar: ServiceCalendar, from: number): boolean {
  return from <= (stretchesOn(calendar, from)[0]?.[0] ?? Number.POSITIVE_INFINITY);
}

function beginWords(calendar: ServiceCalendar, from: number, now: number): string {
  return beginsDay(calendar, from) ? dayWords(from, now) : withTime(dayWords(from, now), clockTime(from));
}

/** `12/1–12/3` of whole working days, `12/1 13:00–15:00` of hours. */
export function periodWords(calendar: ServiceCalendar, from: number, until: number, now: number): string {
  const [begin, end] = [beginWords(calendar, from, now), endWords(calendar, until, now)];
  if (begin === end) return begin;
  if (!sameDay(from, until)) return spanWords(begin, end);
  return withTime(dayWords(from, now), `${clockTime(from)}–${clockTime(until)}`);
}

/** The period of an absence by the calendar of its unit. */
export function awayWords(books: Books, { doc, from, until }: Absence, now: number): string {
  return periodWords(calendarIn(books, doc.fields.unit ?? ''), from, until, now);
}
