import type { Operation } from '../wire/protocol.ts';

/** A row's fields with pending operations applied in their order; null clears (SPEC V1). */
export function overlaid(
  fields: Readonly<Record<string, unknown>>,
  pending: Iterable<Operation>,
): Readonly<Record<string, unknown>> {
  const written = Array.from(pending, (operation) => operation[6]).flatMap(Object.entries);
  const result = new Map([...Object.entries(fields), ...written]);
  return Object.fromEntries([...result].filter(([, value]) => value !== null));
}

/** What is known of an operation of this device. */
export interface Sent {
  /** Its stamped position; null while the office has not acknowledged it. */
  readonly position: number | null;
  /** The office has it and did not apply it. */
  readonly held: boolean;
}

/**
 * Tells whether an operation of this device still stands on top of its row (SPEC V2).
 *
 * `row` is the row's position, null where there is none; `settled` tells whether the operation was acknowledged before
 * the newest pull that is shown began.
 */
export function standsOnTop({ position, held }: Sent, row: number | null, settled: boolean): boolean {
  if (position === null) return true;
  return held ? row === null || row <= position : !settled;
}
