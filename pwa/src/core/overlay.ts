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

/**
 * Tells whether an acknowledged operation stands in the row, so that it leaves the overlay (SPEC V2).
 *
 * `position` is the operation's stamped position, null while it is not acknowledged.
 */
export function isContained(position: number | null, rowPosition: number | null): boolean {
  return position !== null && rowPosition !== null && position <= rowPosition;
}
