import { atom, computed, type ReadableAtom, type WritableAtom } from 'nanostores';
import { standsOnTop } from '../core/overlay.ts';
import type { Kind } from '../wire/vocabulary.ts';
import { type Doc, docOf } from './doc.ts';
import { isSettled, leastSettled, type Settled, type Top } from './overlay.ts';
import type { Confirmed, Key } from './rows.ts';
import type { Row } from './rows_database.ts';

/** Where documents come from. */
export interface Sources {
  readonly confirmed: (wanted: readonly string[] | readonly Key[]) => Promise<Confirmed>;
  /** The person's operations that may still stand on top of their rows, in the order in which they were written. */
  readonly tops: (settled: Settled) => Promise<readonly Top[]>;
}

/** The documents of one kind, kept in step from when they were first asked for. */
class Shelf {
  readonly rows = new Map<string, Row>();
  readonly docs: WritableAtom<ReadonlyMap<string, Doc> | undefined> = atom();
  /** Under which epoch and after which acknowledgements the rows were read; null: they were not yet. */
  standing: Pick<Confirmed, 'epoch' | 'settled'> | null = null;

  constructor(readonly kind: Kind) {}

  /** Shows these documents as they now are; the others stay the same objects. */
  show(ids: Iterable<string>, tops: (id: string) => readonly Top[]): void {
    if (!this.standing) return;
    const docs = new Map(this.docs.get());
    for (const id of ids) {
      const doc = this.#doc(id, tops(id), this.standing);
      if (doc) docs.set(id, doc);
      else docs.delete(id);
    }
    this.docs.set(docs);
  }

  #doc(id: string, tops: readonly Top[], { epoch, settled }: NonNullable<Shelf['standing']>): Doc | null {
    const row = this.rows.get(id);
    const standing = tops.filter((top) => standsOnTop(top, row?.position ?? null, isSettled(top, settled)));
    return docOf(this.kind, id, row, standing, epoch ?? '');
  }
}

/** Live documents by kind; a change is told once and laid over what is in memory. */
export class Documents {
  readonly #sources: Sources;
  readonly #shelves = new Map<string, Shelf>();
  #tops: ReadonlyMap<string, readonly Top[]> = new Map();
  #work: Promise<void> = Promise.resolve();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Every document of a kind that a filter lets through, in the order of their ids; undefined while loading. */
  list<K extends Kind>(kind: K, keep: (doc: Doc<K>) => boolean): ReadableAtom<readonly Doc<K>[] | undefined> {
    return computed(this.#shelf(kind).docs, (docs) => docs && ([...docs.values()] as Doc<K>[]).filter(keep).sort(byId));
  }

  /** One document; null: there is none, undefined while loading. */
  one<K extends Kind>(kind: K, id: string): ReadableAtom<Doc<K> | null | undefined> {
    return computed(this.#shelf(kind).docs, (docs) => docs && ((docs.get(id) as Doc<K> | undefined) ?? null));
  }

  /** Takes in that rows changed: these, or all (null). */
  rowsChanged(keys: readonly Key[] | null): Promise<void> {
    return this.#next(() => (keys === null ? this.#load([...this.#shelves.values()]) : this.#reload(keys)));
  }

  /** Takes in that the person's own work changed. */
  workChanged(): Promise<void> {
    return this.#next(() => this.#lay([]));
  }

  /** Resolves when everything that was told is shown. */
  quiet(): Promise<void> {
    return this.#work;
  }

  #shelf(kind: Kind): Shelf {
    const known = this.#shelves.get(kind);
    if (known) return known;
    const shelf = new Shelf(kind);
    this.#shelves.set(kind, shelf);
    void this.#next(() => this.#load([shelf]));
    return shelf;
  }

  /** One change after the other: each begins with what the last one left. */
  #next(act: () => Promise<void>): Promise<void> {
    this.#work = this.#work.catch(() => {}).then(act);
    return this.#work;
  }

  async #load(shelves: readonly Shelf[]): Promise<void> {
    const { rows, epoch, settled } = await this.#sources.confirmed(shelves.map(({ kind }) => kind));
    const shown = shelves.flatMap(({ kind, docs }) => [...(docs.get()?.keys() ?? [])].map((id): Key => [kind, id]));
    for (const shelf of shelves) {
      shelf.rows.clear();
      shelf.standing = { epoch, settled };
    }
    this.#keep(rows);
    await this.#lay([...shown, ...rows.map(({ kind, id }): Key => [kind, id])], shelves);
  }

  async #reload(keys: readonly Key[]): Promise<void> {
    const wanted = keys.filter(([kind]) => this.#shelves.get(kind)?.standing);
    const { rows, epoch, settled } = await this.#sources.confirmed(wanted);
    for (const [kind, id] of wanted) this.#shelves.get(kind)?.rows.delete(id);
    for (const shelf of this.#loaded()) shelf.standing = { epoch, settled };
    this.#keep(rows);
    await this.#lay(wanted);
  }

  #loaded(): Shelf[] {
    return [...this.#shelves.values()].filter(({ standing }) => standing);
  }

  #keep(rows: readonly Row[]): void {
    for (const row of rows) this.#shelves.get(row.kind)?.rows.set(row.id, row);
  }

  /** Rows were read first, the work on top of them now: an operation may be seen twice for a moment, never not at all. */
  async #lay(changed: readonly Key[], fresh: readonly Shelf[] = []): Promise<void> {
    const settled = this.#loaded().map(({ standing }) => standing?.settled ?? {});
    const tops = await this.#sources.tops(leastSettled(settled));
    const before = this.#tops.keys();
    this.#tops = Map.groupBy(tops, ({ operation: [, kind, id] }) => keyText([kind, id]));
    const touched = new Set([...changed.map(keyText), ...before, ...this.#tops.keys()]);
    const byKind = Map.groupBy([...touched].map(keyOf), ([kind]) => kind);
    for (const shelf of fresh) if (!byKind.has(shelf.kind)) byKind.set(shelf.kind, []);
    for (const [kind, keys] of byKind) {
      const ids = keys.map(([, id]) => id);
      this.#shelves.get(kind)?.show(ids, (id) => this.#tops.get(keyText([kind, id])) ?? []);
    }
  }
}

const keyText = ([kind, id]: Key) => `${kind}/${id}`;
const keyOf = (text: string): Key => {
  const [kind = '', id = ''] = text.split('/');
  return [kind, id];
};
const byId = (one: Doc, other: Doc) => (one.id < other.id ? -1 : 1);
