/** What is entered after a key: one digit more while there is room; any other key changes nothing. */
export function pressed(entered: string, key: string, length: number): string {
  return /^[0-9]$/.test(key) && entered.length < length ? entered + key : entered;
}

/** What is entered after the last digit was taken back. */
export function erased(entered: string): string {
  return entered.slice(0, -1);
}

/** Seconds to wait after that many wrong codes in a row; the list ends where only signing in again helps. */
const WAITS_S = [0, 0, 0, 0, 0, 30, 60, 300, 900, 3600];

export type PinWait =
  | { readonly state: 'open' }
  | { readonly state: 'wait'; readonly untilMs: number }
  | { readonly state: 'sign_in' };

/**
 * Whether another code may be tried: guessing all codes must take longer than finding the phone's owner.
 *
 * A device whose clock was set back waits from that clock on again; it never gains a try.
 */
export function pinWait(wrong: number, lastWrongMs: number, nowMs: number): PinWait {
  const seconds = WAITS_S[wrong];
  if (seconds === undefined) return { state: 'sign_in' };
  const untilMs = Math.min(lastWrongMs, nowMs) + seconds * 1000;
  return nowMs < untilMs ? { state: 'wait', untilMs } : { state: 'open' };
}
