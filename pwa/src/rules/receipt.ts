/** Nobody keeps a call for longer before he logs it. */
export const MOST_DAYS_BEFORE = 30;
const DAY_MS = 86_400_000;
/** A clock that is further off than this, or ahead, tells nothing of when a call was logged. */
const YEAR_MS = 366 * DAY_MS;

/** Whether a call can have come in at an instant: before it was logged, if not long, and before any arrival (1-3, F010). */
export function isSensibleReceipt(
  receivedAt: number,
  loggedAt: number | null | undefined,
  arrivals: readonly number[],
  now: number,
): boolean {
  const logged = loggedAt != null && now - YEAR_MS <= loggedAt && loggedAt <= now ? loggedAt : now;
  return logged - MOST_DAYS_BEFORE * DAY_MS <= receivedAt && receivedAt <= Math.min(logged, ...arrivals);
}
