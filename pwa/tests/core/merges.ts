import type { Ancestry } from '../../src/core/ancestry.ts';
import { asks, type Document, isDeleted, rivals, shownFields } from '../../src/core/document.ts';
import { lineageOf, type Position } from '../../src/core/lineage.ts';
import type { Past, StampedOperation } from '../../src/core/write.ts';
import { MERGE_RULES } from '../../src/wire/merge_rules.ts';
import type { Dot, EpochLink } from '../../src/wire/protocol.ts';
import type { Kind, Place } from '../../src/wire/vocabulary.ts';

/** A merge: operations and the document that they mean. */
export interface Merge {
  readonly kind: Kind;
  readonly lineage?: readonly EpochLink[];
  readonly ancestry?: Readonly<Record<string, readonly [string, number]>>;
  readonly operations: readonly {
    readonly dot: Dot;
    readonly positions: readonly Position[];
    readonly base: Position;
    readonly place: Place;
    readonly effective_at: number;
    readonly fields: Readonly<Record<string, unknown>>;
    readonly resolve?: boolean;
    readonly over?: Readonly<Record<string, readonly Dot[]>>;
  }[];
  readonly expect: unknown;
}

export function pastOf(merge: Merge): Past {
  const ancestry: Ancestry = new Map(Object.entries(merge.ancestry ?? {}));
  return { lineage: lineageOf(merge.lineage ?? [['epoch1', null, 0]]), ancestry };
}

export function operationsOf(merge: Merge): StampedOperation[] {
  return merge.operations.map(({ dot, positions, base, place, effective_at, fields, resolve = false, over = {} }) => ({
    origin: { dot, positions, base, author: dot[0], place, effectiveAt: effective_at },
    fields,
    resolve,
    over,
  }));
}

/** What a merge's `expect` says of a document. */
export function seen(document: Document, kind: Kind): unknown {
  const rules = MERGE_RULES[kind];
  const dots = Array.from(document.registers, ([field, register]) => {
    return [field, register.map((write) => write.origin.dot)] as const;
  });
  return {
    shown: shownFields(document, rules),
    registers: Object.fromEntries(dots),
    rivals: [...rivals(document).keys()].sort(),
    asks: asks(document, rules),
    deleted: isDeleted(document),
    contested: document.contested,
  };
}
