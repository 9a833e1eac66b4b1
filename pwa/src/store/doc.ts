import { overlaid } from '../core/overlay.ts';
import type { Kinds } from '../wire/kinds.ts';
import type { Operation, Write } from '../wire/protocol.ts';
import type { Kind } from '../wire/vocabulary.ts';
import type { Top } from './overlay.ts';
import type { Row } from './rows_database.ts';
import { type Seen, seenOf } from './seen.ts';

/** A document as a person of this device sees it: the confirmed row with his own pending work on top (SPEC V1). */
export interface Doc<K extends Kind = Kind> {
  readonly kind: K;
  readonly id: string;
  readonly fields: Kinds[K];
  /** What is before the person's eyes now; taken when he begins to edit, and handed back to `capture`. */
  readonly seen: Seen;
  /** Every write of the fields that hold more than one value. */
  readonly rivals: Readonly<Record<string, readonly Write[]>>;
  /** Position of the confirmed row; 0: the document is only on this device. */
  readonly position: number;
  /** Operations that the office does not have. */
  readonly unsent: number;
  /** Operations that the office has and did not apply. */
  readonly held: number;
}

/** The document that a row and the operations on top of it make; null: none, or a deleted one. */
export function docOf<K extends Kind>(
  kind: K,
  id: string,
  row: Row | undefined,
  tops: readonly Top[],
  epoch: string,
): Doc<K> | null {
  if (!row && tops.length === 0) return null;
  const operations = tops.map(({ operation }) => operation);
  const fields = overlaid(row?.fields ?? {}, operations);
  if (isGone(fields, row, operations)) return null;
  return {
    kind,
    id,
    fields: fields as Kinds[K],
    seen: seenOf(row, epoch, tops),
    rivals: openRivals(row, tops),
    position: row?.position ?? 0,
    unsent: tops.filter(({ unsent }) => unsent).length,
    held: tops.filter(({ held }) => held).length,
  };
}

/**
 * Whether the document is deleted: by one's own last word on it, else by a delete that neither the office's writes nor
 * pending work contest (SPEC D1). The office tells a contested one as rivals of the field.
 */
function isGone(fields: Row['fields'], row: Row | undefined, pending: readonly Operation[]): boolean {
  if (fields.deleted !== true) return false;
  return pending.length === 0 ? !row?.rivals?.deleted : pending.some(([, , , , , , { deleted }]) => deleted === true);
}

/** A pending decision closes the rivals of its fields already: nobody is asked twice. */
function openRivals(row: Row | undefined, tops: readonly Top[]): Doc['rivals'] {
  const decided = tops.filter(({ operation }) => operation[7]).flatMap(({ operation }) => Object.keys(operation[6]));
  return Object.fromEntries(Object.entries(row?.rivals ?? {}).filter(([field]) => !decided.includes(field)));
}
