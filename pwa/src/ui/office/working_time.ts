import { type Interval, isOpen, workedMs } from '../../rules/service_hours.ts';
import { dayBegins, livesIn } from '../text/when.ts';

const USUAL: readonly Interval[] = [
  [9 * 60, 12 * 60],
  [13 * 60, 18 * 60],
];

/** From Monday to Friday, with an hour for lunch, until the company's own calendar comes (F021). */
const WEEK = [USUAL, USUAL, USUAL, USUAL, USUAL, [], []];

/** Working milliseconds between two instants of which the later one is `now`, of today only; 0 outside working hours. */
export function workedToday(since: number, now: number): number {
  const calendar = { time_zone: livesIn(), week: WEEK, days: {} };
  return isOpen(calendar, now) ? workedMs(calendar, Math.max(since, dayBegins(now)), now) : 0;
}
