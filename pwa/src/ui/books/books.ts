import { computed, type ReadableAtom } from 'nanostores';
import type { Doc, Store } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import { KIND, type Kind } from '../../wire/vocabulary.ts';
import { type Merges, mergesOf, NOBODY_MERGED } from './merges.ts';

/**
 * All documents of one kind, found by id or by what a field holds; indexes are made when first asked for.
 *
 * What was merged is read as the one that stays, by whomever: it is no document of its own here, its id leads to the
 * other one, and what names either of them is found under both ids (ADR 42).
 */
export class Shelf<K extends Kind> {
  readonly all: readonly Doc<K>[];
  /** What stands for another one now. */
  readonly merged: readonly Doc<K>[];
  readonly #byId: ReadonlyMap<string, Doc<K>>;
  readonly #merged: ReadonlyMap<string, readonly Doc<K>[]>;
  readonly #byField = new Map<keyof Kinds[K], ReadonlyMap<unknown, readonly Doc<K>[]>>();
  readonly #merges: Merges;
  /** Of each that was merged the one that stays. */
  readonly #heads: ReadonlyMap<string, string>;

  constructor(all: readonly Doc<K>[], merges: Merges = NOBODY_MERGED) {
    const kind = all[0]?.kind;
    const heads = isMergedKind(kind) ? merges[kind].heads : NO_HEADS;
    [this.#merges, this.#heads] = [merges, heads];
    this.all = heads.size === 0 ? all : all.filter(({ id }) => !heads.has(id));
    this.#byId = new Map(all.map((doc) => [doc.id, doc]));
    this.merged = heads.size === 0 ? [] : all.filter(({ id }) => heads.has(id));
    this.#merged = Map.groupBy(this.merged, ({ id }) => heads.get(id) ?? id);
  }

  get(id: string | null | undefined): Doc<K> | undefined {
    return id == null ? undefined : this.#byId.get(this.#heads.get(id) ?? id);
  }

  /** A document as it is, even if it was merged. */
  exactly(id: string | null | undefined): Doc<K> | undefined {
    return id == null ? undefined : this.#byId.get(id);
  }

  /** What was merged into a document, directly or by way of another. */
  mergedInto(id: string): readonly Doc<K>[] {
    return this.#merged.get(id) ?? [];
  }

  /** The documents whose field holds that value, in the order of the list. */
  where<Field extends keyof Kinds[K]>(field: Field, value: Kinds[K][Field]): readonly Doc<K>[] {
    const heads = isMergedKind(field) ? this.#merges[field].heads : undefined;
    const stands = (named: unknown) => heads?.get(named as string) ?? named;
    const index = this.#byField.get(field) ?? Map.groupBy(this.all, (doc) => stands(doc.fields[field]));
    this.#byField.set(field, index);
    return index.get(stands(value)) ?? [];
  }

  /** The documents that name this one as their parent, in its own unit: others are no part of it (F016, ADR 15). */
  children<Field extends keyof Kinds[K]>(field: Field, parent: Doc<Kind>): readonly Doc<K>[] {
    const named = this.where(field, parent.id as Kinds[K][Field]);
    return named.filter(({ fields }) => unitOf(fields) === unitOf(parent.fields));
  }
}

const NO_HEADS: ReadonlyMap<string, string> = new Map();

/** A field that names a customer or a product is called like its kind. */
function isMergedKind(name: unknown): name is keyof Merges {
  return name === 'customer' || name === 'asset';
}

function unitOf(fields: Kinds[Kind]): string | null {
  return ('unit' in fields ? fields.unit : null) ?? null;
}

/** Everything that this person may see, kind by kind. */
export type Books = { readonly [K in Kind]: Shelf<K> };

type Lists = { readonly [K in Kind]?: readonly Doc<K>[] };

const shelves = new WeakMap<readonly unknown[], { readonly merges: string; readonly shelf: Shelf<Kind> }>();

/** The books over these lists; a list that did not change keeps its shelf with its indexes until somebody merges. */
export function booksOf(lists: Lists): Books {
  const merges = mergesOf(lists);
  const shelved = KIND.map((kind) => [kind, shelfOf(lists[kind] ?? NOTHING, merges)]);
  return Object.fromEntries(shelved) as unknown as Books;
}

const NOTHING: readonly Doc<Kind>[] = [];

function shelfOf(list: readonly Doc<Kind>[], merges: Merges): Shelf<Kind> {
  const known = shelves.get(list);
  const name = `${merges.customer.name} ${merges.asset.name}`;
  if (known?.merges === name) return known.shelf;
  const shelf = new Shelf(list, merges);
  shelves.set(list, { merges: name, shelf });
  return shelf;
}

/** The books of this device, anew with everything that arrives; undefined until every kind was read once. */
export function openBooks(store: Store): ReadableAtom<Books | undefined> {
  const lists = KIND.map((kind) => store.documents(kind) as ReadableAtom<readonly Doc<Kind>[] | undefined>);
  return computed(lists, (...read) =>
    read.includes(undefined) ? undefined : booksOf(Object.fromEntries(KIND.map((kind, i) => [kind, read[i]]))),
  );
}
