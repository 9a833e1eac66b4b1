import { computed, type ReadableAtom } from 'nanostores';
import type { Doc, Store } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import { KIND, type Kind } from '../../wire/vocabulary.ts';

/** All documents of one kind, found by id or by what a field holds; indexes are made when first asked for. */
export class Shelf<K extends Kind> {
  readonly all: readonly Doc<K>[];
  readonly #byId: ReadonlyMap<string, Doc<K>>;
  readonly #byField = new Map<keyof Kinds[K], ReadonlyMap<unknown, readonly Doc<K>[]>>();

  constructor(all: readonly Doc<K>[]) {
    this.all = all;
    this.#byId = new Map(all.map((doc) => [doc.id, doc]));
  }

  get(id: string | null | undefined): Doc<K> | undefined {
    return id == null ? undefined : this.#byId.get(id);
  }

  /** The documents whose field holds that value, in the order of the list. */
  where<Field extends keyof Kinds[K]>(field: Field, value: Kinds[K][Field]): readonly Doc<K>[] {
    const index = this.#byField.get(field) ?? Map.groupBy(this.all, (doc) => doc.fields[field]);
    this.#byField.set(field, index);
    return index.get(value) ?? [];
  }

  /** The documents that name this one as their parent, in its own unit: others are no part of it (F016, ADR 15). */
  children<Field extends keyof Kinds[K]>(field: Field, parent: Doc<Kind>): readonly Doc<K>[] {
    const named = this.where(field, parent.id as Kinds[K][Field]);
    return named.filter(({ fields }) => unitOf(fields) === unitOf(parent.fields));
  }
}

function unitOf(fields: Kinds[Kind]): string | null {
  return ('unit' in fields ? fields.unit : null) ?? null;
}

/** Everything that this person may see, kind by kind. */
export type Books = { readonly [K in Kind]: Shelf<K> };

type Lists = { readonly [K in Kind]?: readonly Doc<K>[] };

const shelves = new WeakMap<readonly unknown[], Shelf<Kind>>();

/** The books over these lists; a list that did not change keeps its shelf with its indexes. */
export function booksOf(lists: Lists): Books {
  return Object.fromEntries(KIND.map((kind) => [kind, shelfOf(lists[kind] ?? NOTHING)])) as unknown as Books;
}

const NOTHING: readonly Doc<Kind>[] = [];

function shelfOf(list: readonly Doc<Kind>[]): Shelf<Kind> {
  const shelf = shelves.get(list) ?? new Shelf(list);
  shelves.set(list, shelf);
  return shelf;
}

/** The books of this device, anew with everything that arrives; undefined until every kind was read once. */
export function openBooks(store: Store): ReadableAtom<Books | undefined> {
  const lists = KIND.map((kind) => store.documents(kind) as ReadableAtom<readonly Doc<Kind>[] | undefined>);
  return computed(lists, (...read) =>
    read.includes(undefined) ? undefined : booksOf(Object.fromEntries(KIND.map((kind, i) => [kind, read[i]]))),
  );
}
