import { type Interval, type ServiceCalendar, stretchesOn } from '../../rules/service_hours.ts';
import { dayBegins } from '../text/when.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** A job is planned to a quarter of an hour: nobody promises a customer less. */
export const STEP_MS = 900_000;
/** How long a planned job is taken to be until its technician has come: nobody says so before, and most are shorter. */
export const JOB_MS = HOUR_MS;

/** Which hours a day without any opening shows. */
const USUAL: Interval = [9 * HOUR_MS, 18 * HOUR_MS];

/** What of a day the board shows. */
export interface Frame {
  readonly from: number;
  readonly to: number;
  /** When the unit works. */
  readonly open: readonly Interval[];
  /** The rest of what is shown: lunch, and whatever is closed. */
  readonly closed: readonly Interval[];
  /** Every full hour, from the first. */
  readonly hours: readonly number[];
}

/** The hours of the day of an instant, whole ones: those in which the unit works, and in which somebody has a job. */
export function frameOf(calendar: ServiceCalendar, day: number, jobs: readonly Interval[] = []): Frame {
  const begins = dayBegins(day);
  const open = stretchesOn(calendar, day);
  const shown = open.length > 0 ? [...open, ...jobs] : [[begins + USUAL[0], begins + USUAL[1]] as const, ...jobs];
  const from = begins + floorTo(Math.min(...shown.map(([opens]) => opens)) - begins, HOUR_MS);
  const to = begins + ceilTo(Math.max(...shown.map(([, closes]) => closes)) - begins, HOUR_MS);
  const hours = Array.from({ length: Math.round((to - from) / HOUR_MS) }, (_, i) => from + i * HOUR_MS);
  return { from, to, open, closed: gapsIn(open, from, to), hours };
}

function gapsIn(open: readonly Interval[], from: number, to: number): readonly Interval[] {
  const edges = [from, ...open.flat(), to];
  return edges.flatMap((edge, i): Interval[] => {
    const next = edges[i + 1];
    return i % 2 === 0 && next !== undefined && next > edge ? [[edge, next]] : [];
  });
}

/** Where an instant stands between the edges of a frame, from 0 to 1. */
export function shareOf({ from, to }: Pick<Frame, 'from' | 'to'>, at: number): number {
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** From when on a frame that is wider than its place is shown at first: now and an hour before, of another day its opening. */
export function firstSeen({ from, open }: Frame, now: number | undefined): number {
  return now === undefined ? (open[0]?.[0] ?? from) : now - HOUR_MS;
}

/** The quarter of an hour next to an instant at which a job can begin in what is shown. */
export function snapped({ from, to }: Pick<Frame, 'from' | 'to'>, at: number): number {
  const quarter = from + Math.round((at - from) / STEP_MS) * STEP_MS;
  return Math.min(to - STEP_MS, Math.max(from, quarter));
}

/** The same for one that must not be earlier than an instant. */
export function quarterFrom(at: number): number {
  return ceilTo(at, STEP_MS);
}

/** Whether two stretches have an instant in common. */
export function overlaps([from, to]: Interval, [since, until]: Interval): boolean {
  return from < until && since < to;
}

/** Whether a whole job fits into working time that is not interrupted. */
export function fitsInto(open: readonly Interval[], at: number): boolean {
  return open.some(([opens, closes]) => opens <= at && at + JOB_MS <= closes);
}

const floorTo = (value: number, step: number) => Math.floor(value / step) * step;
const ceilTo = (value: number, step: number) => Math.ceil(value / step) * step;
