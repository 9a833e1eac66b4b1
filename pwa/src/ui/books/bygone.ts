/** For how long somebody may have filled in a form, or a quarter of an hour of the board has begun. */
const FILLING_IN_MS = 900_000;

/** Whether a time that somebody is about to set is over; one that passed while he filled in the form still counts. */
export function isBygone(at: number | undefined, now: number): boolean {
  return at !== undefined && at <= now - FILLING_IN_MS;
}
