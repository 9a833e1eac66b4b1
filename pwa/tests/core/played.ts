import { hexToBytes } from '@noble/hashes/utils.js';
import { extend, genesis, link } from '../../src/core/chain.ts';
import { combine, rowDigest } from '../../src/core/digest.ts';
import { apply, type Document, EMPTY, fold, needsHistory } from '../../src/core/document.ts';
import { read } from '../../src/core/reading.ts';
import type { Past, StampedOperation } from '../../src/core/write.ts';
import type { ActorRecord } from '../../src/wire/protocol.ts';
import { type Merge, operationsOf, pastOf, seen } from './merges.ts';

/** A history that the simulator played, as far as the core has to do with it (tests/simulation/mirror.py). */
export interface Played {
  readonly lineage: NonNullable<Merge['lineage']>;
  readonly ancestry: NonNullable<Merge['ancestry']>;
  readonly documents: readonly (Pick<Merge, 'kind' | 'operations'> & {
    /** Whether the operations came in the order of their positions, each once. */
    readonly in_order: boolean;
  })[];
  readonly chains: readonly { readonly actor: ActorRecord; readonly payloads: readonly string[] }[];
  readonly rows: readonly (readonly [kind: string, doc: string, position: number])[];
}

/** What this core makes of a history: the same as the other one, or there is a defect. */
export interface Meant {
  /** Each document as it is folded, folded backwards and twice over, and applied one by one where that is allowed. */
  readonly documents: readonly (readonly [folded: unknown, backwards: unknown, applied: unknown])[];
  /** Each chain's last head, and why each of its operations could not be applied. */
  readonly chains: readonly { readonly head: string; readonly faults: readonly (string | null)[] }[];
  readonly digest: string;
}

/** Reckons everything of a history anew. */
export function meant({ lineage, ancestry, documents, chains, rows }: Played): Meant {
  return {
    documents: documents.map((document) =>
      meanings({ lineage, ancestry, expect: null, ...document }, document.in_order),
    ),
    chains: chains.map(({ actor, payloads }) => {
      const bytes = payloads.map((payload) => hexToBytes(payload));
      const head = bytes.reduce((before, payload) => extend(before, link(payload)), genesis(actor));
      return { head, faults: bytes.map((payload) => read(payload).fault) };
    }),
    digest: combine(rows.map(([kind, doc, position]) => rowDigest(kind, doc, position))),
  };
}

function meanings(merge: Merge, inOrder: boolean): readonly [unknown, unknown, unknown] {
  const past = pastOf(merge);
  const operations = operationsOf(merge);
  const backwards = [...operations.toReversed(), ...operations];
  const applied = inOrder ? seen(oneByOne(past, operations), merge.kind) : null;
  return [seen(fold(past, operations), merge.kind), seen(fold(past, backwards), merge.kind), applied];
}

function oneByOne(past: Past, operations: readonly StampedOperation[]): Document {
  return operations.reduce((document, operation, place) => {
    return needsHistory(document, operation)
      ? fold(past, operations.slice(0, place + 1))
      : apply(past, document, operation);
  }, EMPTY);
}
