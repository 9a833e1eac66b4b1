import {
  arrivalInstant,
  calendarOf,
  callDueAt,
  isCarriedOver as isLeftOver,
  LIMIT_MINUTES,
} from '../../rules/arrival.ts';
import { type ServiceCalendar, workedMs } from '../../rules/service_hours.ts';
import type { Doc } from '../../store/index.ts';
import type { ServiceCall } from '../../wire/kinds.ts';
import type { Limit } from '../parts/tone.ts';
import type { Books } from './books.ts';

const MINUTE_MS = 60_000;

/** From this share of the limit on it is told in amber (F023). */
const SOON = 0.25;

/** Until when somebody has to arrive at a call, and how that stands now. */
export interface Arrival {
  readonly dueAt: number;
  readonly limit: Limit;
}

const calendars = new WeakMap<Books, Map<string, ServiceCalendar>>();

/** When a unit works, from its documents; read once for each state of the books. */
export function calendarIn(books: Books, unit: string): ServiceCalendar {
  const known = calendars.get(books) ?? new Map<string, ServiceCalendar>();
  calendars.set(books, known);
  const days = () => books.calendar_day.where('unit', unit).map(({ fields }) => fields);
  const zone = books.unit.get(unit)?.fields.time_zone;
  const calendar = known.get(unit) ?? calendarOf(zone, books.business_hours.get(unit)?.fields, days());
  known.set(unit, calendar);
  return calendar;
}

/**
 * How a call stands to its limit (1-14, F019, F023); undefined where nothing says since when it counts.
 *
 * The server's time stands where it has said one: what was reckoned when somebody arrived counts for good. Until it has,
 * the same rule is reckoned here.
 */
export function arrivalOf(books: Books, call: Doc<'service_call'>, now: number): Arrival | undefined {
  const calendar = calendarIn(books, call.fields.unit ?? '');
  const dueAt = call.fields.due_at ?? callDueAt(calendar, call.fields);
  if (dueAt === null) return undefined;
  const arrivedAt = firstArrival(books, call);
  const minutes = minutesLeft(calendar, arrivedAt ?? now, dueAt);
  if (minutes < 0) return { dueAt, limit: { tone: 'late', minutes } };
  if (arrivedAt !== undefined) return { dueAt, limit: { tone: 'stopped', minutes } };
  return { dueAt, limit: { tone: minutes <= SOON * limitOf(call.fields) ? 'amber' : 'ontime', minutes } };
}

/** When the first technician came, by the clock that counts; undefined where nobody has. */
export function firstArrival(books: Books, call: Doc<'service_call'>): number | undefined {
  const arrivals = books.service_visit.children('call', call).map(({ fields }) => arrivalInstant(fields) ?? undefined);
  return arrivals.reduce(
    (first, at) => (at === undefined || (first !== undefined && first <= at) ? first : at),
    undefined,
  );
}

/** Whole minutes of working time: what is left rounded down, what is overdue up, so that a second too late is late. */
function minutesLeft(calendar: ServiceCalendar, at: number, dueAt: number): number {
  if (at <= dueAt) return Math.floor(workedMs(calendar, at, dueAt) / MINUTE_MS);
  return -Math.max(1, Math.ceil(workedMs(calendar, dueAt, at) / MINUTE_MS));
}

/** Whether a call goes before all new ones, as nobody was sent to it by the closing of an earlier day (1-13, F018). */
export function isCarriedOver(books: Books, { fields }: Doc<'service_call'>, now: number): boolean {
  return isLeftOver(calendarIn(books, fields.unit ?? ''), fields.received_at ?? now, now);
}

const limitOf = (call: ServiceCall) => LIMIT_MINUTES[call.zone ?? 'urban'];

/** Working minutes of a usual day, for saying long spans in days: those of Monday, or eight hours. */
export function workdayIn(books: Books, unit: string): number {
  const [monday = []] = calendarIn(books, unit).week;
  return monday.reduce((sum, [opens, closes]) => sum + closes - opens, 0) || 480;
}
