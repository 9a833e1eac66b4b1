import type { BusinessHours, CalendarDay, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { Zone } from '../wire/vocabulary.ts';
import { dateAt, dueAt, type Interval, type ServiceCalendar } from './service_hours.ts';

/** Working minutes from receipt to arrival (1-14, F019). The twin of schemas/rules/arrival.py. */
export const LIMIT_MINUTES = { urban: 6 * 60, suburban: 7 * 60 } as const satisfies Record<Zone, number>;

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** How far a phone's clock may be off and still be believed. */
export const CLOCK_TOLERANCE_MS = 60_000;

const COMPANY_ZONE = 'Asia/Taipei';
const MIDNIGHT = 24 * 60;

/** Hours of a unit for which nobody has set any, from Monday to Friday. */
export const USUAL_HOURS = '09:00-12:00 13:00-18:00';

export const USUAL_WEEK: BusinessHours = Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, USUAL_HOURS]));

/** The stretches that a text of hours tells; null if they end before they begin, overlap or pass midnight. */
export function intervalsOf(hours: string): readonly Interval[] | null {
  let last = 0;
  const intervals: Interval[] = [];
  for (const stretch of hours.split(' ').filter(Boolean)) {
    const [opens = Number.NaN, closes = Number.NaN] = stretch.split('-').map(minutesOf);
    if (!(last <= opens && opens < closes && closes <= MIDNIGHT)) return null;
    intervals.push([opens, closes]);
    last = closes;
  }
  return intervals;
}

/** A unit's calendar; hours that say nothing sensible are those of a day on which nobody works. */
export function calendarOf(
  timeZone: string | null | undefined,
  week: BusinessHours | undefined,
  days: readonly CalendarDay[],
): ServiceCalendar {
  const usual = week ?? USUAL_WEEK;
  const read = (hours: string | null | undefined) => intervalsOf(hours ?? '') ?? [];
  return {
    time_zone: timeZone ?? COMPANY_ZONE,
    week: WEEKDAYS.map((day) => read(usual[day])),
    days: Object.fromEntries(days.flatMap(({ date, hours }) => (date ? [[date, read(hours)]] : []))),
  };
}

/**
 * Until when somebody has to arrive; null where nothing says since when it counts.
 *
 * A time that was agreed with the customer stands for the rule. An address without a zone counts as urban.
 */
export function callDueAt(calendar: ServiceCalendar, call: ServiceCall): number | null {
  if (typeof call.appointment_at === 'number') return call.appointment_at;
  if (typeof call.received_at !== 'number') return null;
  return dueAt(calendar, call.received_at, LIMIT_MINUTES[call.zone ?? 'urban']);
}

/**
 * Whether a call came in by the closing of an earlier day: it goes before all new ones (1-13, F018).
 *
 * What came in after closing, or on a day on which nobody works, is new on the next working day.
 */
export function isCarriedOver(calendar: ServiceCalendar, receivedAt: number, now: number): boolean {
  const opens = dueAt(calendar, receivedAt, 0);
  return opens !== null && dateAt(calendar.time_zone, opens) < dateAt(calendar.time_zone, now);
}

/**
 * Whether an appointment stood for the rule, also one that was missed before another was made: such a call is counted by
 * itself, never as one in time (A14).
 */
export function isByAppointment(calendar: ServiceCalendar, call: ServiceCall): boolean {
  const { appointment_at, due_at } = call;
  if (appointment_at == null) return false;
  return (
    due_at == null || due_at === appointment_at || due_at !== callDueAt(calendar, { ...call, appointment_at: null })
  );
}

/**
 * The instant of an arrival that counts; null while nobody has arrived (F024).
 *
 * A phone's clock that was off by more than a minute is put right by what was measured at its last contact; a time that
 * a person corrected is by no phone's clock.
 */
export function arrivalInstant(visit: ServiceVisit): number | null {
  const { arrived_at: at = null, arrived_clock_offset_ms: offset } = visit;
  return at === null || isCorrected(visit) ? at : putRight(at, offset);
}

/** When somebody set out, arrived or finished, by the clock that was right; null for what has not happened (F024). */
export function visitInstant(visit: ServiceVisit, of: 'en_route_at' | 'arrived_at' | 'finished_at'): number | null {
  if (of === 'arrived_at') return arrivalInstant(visit);
  const at = visit[of] ?? null;
  return at === null ? null : putRight(at, visit.arrived_clock_offset_ms);
}

/** What a phone's clock said, by the clock that is right; an error of a minute is none (F024). */
export function putRight(at: number, offsetMs: number | null | undefined): number {
  const offset = offsetMs ?? 0;
  return Math.abs(offset) <= CLOCK_TOLERANCE_MS ? at : at + offset;
}

/** Whether a person said another time than the phone. */
export function isCorrected({ arrived_at, arrived_stamped_at }: ServiceVisit): boolean {
  return arrived_stamped_at != null && arrived_stamped_at !== arrived_at;
}

/** Whether the first who came to a call came after the limit, and nobody has said why (F023). */
export function isUnexplainedBreach(call: ServiceCall, visits: Iterable<ServiceVisit>): boolean {
  const arrivals = Array.from(visits, (visit) => arrivalInstant(visit) ?? Number.POSITIVE_INFINITY);
  const first = Math.min(...arrivals);
  const isLate = typeof call.due_at === 'number' && Number.isFinite(first) && first > call.due_at;
  return isLate && !call.breach_reason;
}

function minutesOf(clock: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}
