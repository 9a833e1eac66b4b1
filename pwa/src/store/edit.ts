import { normalised } from '../core/wellformed.ts';
import type { Kinds } from '../wire/kinds.ts';
import { SCHEMA } from '../wire/limits.ts';
import type { Operation } from '../wire/protocol.ts';
import type { Kind } from '../wire/vocabulary.ts';
import type { Seen } from './seen.ts';

interface EditOf<K extends Kind> {
  readonly kind: K;
  readonly id: string;
  /** `Doc.seen` of the moment when the person began editing; absent for a document that is new. */
  readonly seen?: Seen;
  /** Only what the person changed; null clears. */
  readonly fields: Kinds[K];
  /** Decides about every rival that was seen. */
  readonly resolve?: boolean;
}

/** What a person did to one document. */
export type Edit = { readonly [K in Kind]: EditOf<K> }[Kind];

/** The operations of one group: its members count down to nought (SPEC O1, G1). */
export function operationsOf(edits: readonly Edit[], epoch: string, at: number): Operation[] {
  return edits.map((edit, place) => operationOf(edit, epoch, at, edits.length - 1 - place));
}

function operationOf(edit: Edit, epoch: string, at: number, following: number): Operation {
  const seen = edit.seen ?? { base: [0, epoch], over: {} };
  const fields = Object.fromEntries(Object.entries(edit.fields).map(([field, value]) => [field, captured(value)]));
  const written = [SCHEMA, edit.kind, edit.id, seen.base, at, following, fields] as const;
  if (edit.resolve) return [...written, true];
  const over = Object.entries(seen.over).filter(([field]) => Object.hasOwn(fields, field));
  return over.length === 0 ? written : [...written, false, Object.fromEntries(over)];
}

function captured(value: unknown): unknown {
  return typeof value === 'string' ? normalised(value) : value;
}
