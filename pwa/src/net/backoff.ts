import type { Ambient } from '../platform/ambient.ts';

const FIRST_MS = 1_000;
const MOST_MS = 300_000;

/** How long to wait after so many failures in a row: doubled each time, and spread so that devices do not come at once. */
export function backoff(failures: number, random: Ambient['random']): number {
  const wait = Math.min(FIRST_MS * 2 ** Math.min(failures, 20), MOST_MS);
  const [byte = 0] = random(1);
  return Math.round(wait * (0.5 + byte / 255));
}
