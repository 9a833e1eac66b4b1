import { canonicalText } from '../core/canonical.ts';
import type { Base, Dot, Write } from '../wire/protocol.ts';
import type { Top } from './overlay.ts';
import type { Row } from './rows_database.ts';

/** What stood before a person's eyes when he began editing; kept with the form and never read again at save (B1). */
export interface Seen {
  readonly base: Base;
  /** For each field that held rivals: the writes whose value was shown (W4). */
  readonly over: Readonly<Record<string, readonly Dot[]>>;
}

/** What is seen of a row under this device's own pending work. */
export function seenOf(row: Row | undefined, epoch: string, tops: readonly Top[]): Seen {
  const over = Object.entries(row?.rivals ?? {}).map(([field, writes]) => [
    field,
    ownWrite(field, tops) ?? writesOf(row?.fields[field] ?? null, writes),
  ]);
  return { base: [row?.position ?? 0, epoch], over: Object.fromEntries(over) };
}

/** Own pending work hides the rivals below: what is seen then is the last of it. */
function ownWrite(field: string, tops: readonly Top[]): readonly Dot[] | undefined {
  const last = tops.findLast(({ operation }) => Object.hasOwn(operation[6], field));
  return last && [last.dot];
}

function writesOf(shown: unknown, writes: readonly Write[]): readonly Dot[] {
  const value = canonicalText(shown);
  return writes.filter((write) => canonicalText(write[1]) === value).map(([dot]) => dot);
}
