import type { AdminTime, ServiceVisit } from '../wire/kinds.ts';
import { arrivalInstant, visitInstant } from './arrival.ts';

/**
 * A stretch of somebody's time in whole minutes since 1970, as the clock on the wall shows both ends (1-1(4), F006).
 *
 * So a line from 09:00 to 09:30 is half an hour whatever its seconds were, and two that touch add up. The twin of
 * schemas/rules/working_time.py.
 */
export interface TimeSpan {
  readonly since: number;
  readonly until: number;
}

const MINUTE_MS = 60_000;

/** When somebody did general work, until now while it runs; null for a line without a beginning. */
export function adminSpan({ started_at, ended_at }: AdminTime, now: number): TimeSpan | null {
  return started_at == null ? null : spanOf(started_at, ended_at, now);
}

/**
 * When somebody was at a customer's, until now while he is there; null before he arrived.
 *
 * Both ends are put right by the clock's error that was measured at the arrival (F024).
 */
export function visitSpan(visit: ServiceVisit, now: number): TimeSpan | null {
  const arrived = arrivalInstant(visit);
  return arrived === null ? null : spanOf(arrived, visitInstant(visit, 'finished_at'), now);
}

/** How long a stretch is; one that ends before it begins is of no length. */
export function minutesOf({ since, until }: TimeSpan): number {
  return Math.max(0, until - since);
}

/** For how long two stretches ran at the same time. */
export function overlapMinutes(one: TimeSpan, other: TimeSpan): number {
  return minutesOf(common(one, other));
}

/** How long somebody was at work, what he did at the same time counted once. */
export function totalMinutes(spans: readonly TimeSpan[]): number {
  let [total, reached] = [0, -1];
  for (const { since, until } of spans.toSorted((one, other) => one.since - other.since || one.until - other.until)) {
    total += minutesOf({ since: Math.max(since, reached), until });
    reached = Math.max(reached, until);
  }
  return total;
}

/** What of a stretch others cover, however many of them do. */
export function overlappedMinutes(span: TimeSpan, others: readonly TimeSpan[]): number {
  return totalMinutes(others.map((other) => common(span, other)));
}

/** Whether a line of other work does not say which. */
export function lacksNote({ work, note }: AdminTime): boolean {
  return work === 'other' && !note?.trim();
}

function common(one: TimeSpan, other: TimeSpan): TimeSpan {
  return { since: Math.max(one.since, other.since), until: Math.min(one.until, other.until) };
}

function spanOf(since: number, until: number | null | undefined, now: number): TimeSpan {
  return { since: Math.floor(since / MINUTE_MS), until: Math.floor((until ?? now) / MINUTE_MS) };
}
