/**
 * The true time of an operation as well as it can be known, in epoch milliseconds (SPEC T3).
 *
 * The device's clock plus the offset measured at contact, never earlier than the commit its base covers (`floor`), never
 * later than its receipt: a clock that is a year wrong neither wins for a year nor is refused.
 */
export function effectiveAt(at: number, offsetMs: number, floor: number, receivedAt: number): number {
  return Math.min(Math.max(at + offsetMs, floor), receivedAt);
}
