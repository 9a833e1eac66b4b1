import { headOf, type MergedKind } from '../../rules/merging.ts';
import type { Doc } from '../../store/index.ts';

/** Which documents of a kind were merged, each with the one that stays. */
interface Heads {
  readonly heads: ReadonlyMap<string, string>;
  /** The same for the same merges. */
  readonly name: string;
}

export type Merges = { readonly [K in MergedKind]: Heads };

const NONE: Heads = { heads: new Map(), name: '' };
export const NOBODY_MERGED: Merges = { customer: NONE, asset: NONE };

type Lists = { readonly [K in MergedKind]?: readonly Doc<K>[] };

const known = new WeakMap<readonly unknown[], Heads>();

/** The merges in these lists; a list that did not change is not looked through again. */
export function mergesOf({ customer = [], asset = [] }: Lists): Merges {
  return { customer: headsOf(customer), asset: headsOf(asset) };
}

function headsOf(list: readonly Doc<MergedKind>[]): Heads {
  const heads = known.get(list) ?? freshHeads(list);
  known.set(list, heads);
  return heads;
}

function freshHeads(list: readonly Doc<MergedKind>[]): Heads {
  const pointing = list.filter(({ fields }) => fields.merged_into != null);
  if (pointing.length === 0) return NONE;
  const pointers = new Map(list.map(({ id, fields }) => [id, fields.merged_into]));
  const heads = pointing.map(({ id }) => [id, headOf(pointers, id)] as const).filter(([id, head]) => id !== head);
  return { heads: new Map(heads), name: JSON.stringify(heads) };
}
