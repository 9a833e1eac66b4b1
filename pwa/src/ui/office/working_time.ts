import { instantOf, tableDate } from '../text/when.ts';

/** From Monday to Friday, with an hour for lunch, until the company's own calendar comes (F019). */
const STRETCHES = [
  ['09:00', '12:00'],
  ['13:00', '18:00'],
] as const;
const WEEKEND = [0, 6];

/** Working milliseconds between two instants of which the later one is `now`, of today only; 0 outside working hours. */
export function workedToday(since: number, now: number): number {
  const today = stretchesOf(now);
  const isAtWork = today.some(([from, to]) => from <= now && now < to);
  const worked = ([from, to]: readonly [number, number]) => Math.max(0, Math.min(to, now) - Math.max(from, since));
  return isAtWork ? today.reduce((sum, stretch) => sum + worked(stretch), 0) : 0;
}

function stretchesOf(now: number): ReadonlyArray<readonly [from: number, to: number]> {
  const day = tableDate(now).replaceAll('/', '-');
  if (WEEKEND.includes(new Date(day).getUTCDay())) return [];
  const at = (time: string) => instantOf(`${day}T${time}`) ?? 0;
  return STRETCHES.map(([from, to]) => [at(from), at(to)]);
}
