import type { Doc } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import type { Kind } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';
import { type Characters, fold } from './folding.ts';
import { digitsOf } from './telephone.ts';

/** In which fields of a kind one looks: words, numbers of papers and products, and telephones. */
const LOOKED_IN = {
  customer: { words: ['name', 'address', 'district'], numbers: [], phones: ['phone', 'mobile'] },
  asset: { words: ['product'], numbers: ['model_no', 'serial_no'], phones: [] },
  service_call: {
    words: ['contact_name', 'address', 'district'],
    numbers: ['number', 'provisional_number'],
    phones: ['contact_phone'],
  },
  service_voucher: { words: [], numbers: ['number'], phones: [] },
  maintenance_contract: { words: [], numbers: ['number'], phones: [] },
} as const satisfies {
  readonly [K in keyof Kinds]?: Readonly<Record<'words' | 'numbers' | 'phones', readonly (keyof Kinds[K])[]>>;
};

type Sought = keyof typeof LOOKED_IN;
const SOUGHT = Object.keys(LOOKED_IN) as readonly Sought[];

/** A document as it is compared: each field folded, between two line breaks, which no word has. */
interface Row {
  readonly words: string;
  readonly numbers: string;
}

/** One sort of fields of all documents of a kind, as one long text that is searched at once. */
interface Column {
  readonly text: string;
  /** Where each document begins, and where the last ends. */
  readonly starts: Int32Array;
}
type Columns = Readonly<Record<keyof Row, Column>>;

/** Of which kinds there are hits. */
export type HitKind = 'customer' | 'asset' | 'service_call';

/** Everything that one can look for in these books, made ready; what is told of a document is told by its place. */
export interface Index {
  readonly books: Books;
  readonly characters: Characters;
  readonly columns: Readonly<Record<Sought, Columns>>;
  /** The place of the customer, for vouchers of the product, that each belongs to; -1: none is known. */
  readonly owners: Readonly<Record<Exclude<Sought, 'customer'>, Int32Array>>;
  readonly productPlaces: ReadonlyMap<string, number>;
  /** When each was served last, or came in. */
  readonly at: Readonly<Record<HitKind, Float64Array>>;
}

/** Makes the books ready for searching; a list, or a document, that did not change is not folded again. */
export type Indexer = (books: Books, breathe?: Breathe) => Promise<Index>;

/** Lets others have a turn. */
type Breathe = () => Promise<void>;

/** So many documents are folded before others have a turn: some milliseconds, on a slow phone some tens. */
const SLICE = 400;

/** An indexer over these characters, with everything that it has already folded. */
export function indexer(characters: Characters): Indexer {
  const folded = new WeakMap<Doc<Sought>, Row>();
  const shelves = new WeakMap<object, Columns>();
  const rowOf = (doc: Doc<Sought>) => {
    const row = folded.get(doc) ?? fresh(doc, characters);
    folded.set(doc, row);
    return row;
  };
  async function columnsOf(shelf: AnyShelf<Sought>, breathe: Breathe): Promise<Columns> {
    const known = shelves.get(shelf);
    if (known) return known;
    const rows: Row[] = [];
    for (const doc of shelf.all) {
      rows.push(together([doc, ...shelf.mergedInto(doc.id)].map(rowOf)));
      if (rows.length % SLICE === 0) await breathe();
    }
    const columns = { words: columnOf(rows, 'words'), numbers: columnOf(rows, 'numbers') };
    shelves.set(shelf, columns);
    return columns;
  }
  return async (books, breathe = async () => {}) => {
    const columns: Partial<Record<Sought, Columns>> = {};
    for (const kind of SOUGHT) columns[kind] = await columnsOf(books[kind], breathe);
    return { books, characters, columns: columns as Index['columns'], ...(await tiesOf(books, breathe)) };
  };
}

/** What was merged is found as the one that stays (ADR 42): by its own name, numbers and telephones as well. */
function together(rows: readonly Row[]): Row {
  const [only, ...others] = rows;
  if (only && others.length === 0) return only;
  return { words: rows.map(({ words }) => words).join(''), numbers: rows.map(({ numbers }) => numbers).join('') };
}

/** What is the same of every shelf. */
interface AnyShelf<K extends Kind> {
  readonly all: readonly Doc<K>[];
  mergedInto(id: string): readonly Doc<K>[];
}

function columnOf(rows: readonly Row[], name: keyof Row): Column {
  const starts = new Int32Array(rows.length + 1);
  for (const [place, row] of rows.entries()) starts[place + 1] = (starts[place] ?? 0) + row[name].length;
  return { text: rows.map((row) => row[name]).join(''), starts };
}

function fresh({ kind, fields }: Doc<Sought>, characters: Characters): Row {
  const { words, numbers, phones } = LOOKED_IN[kind];
  const held = fields as Readonly<Record<string, string | null | undefined>>;
  const texts = (names: readonly string[]) => names.map((name) => fold(held[name] ?? '', characters));
  return {
    words: lines(texts(words)),
    numbers: lines([...texts(numbers), ...phones.map((name) => digits(held[name]))]),
  };
}

const digits = (phone: string | null | undefined) => (phone ? digitsOf(phone) : '');

const lines = (texts: readonly string[]) => {
  const written = texts.filter(Boolean);
  return written.length === 0 ? '' : `\n${written.join('\n')}\n`;
};

/** What belongs to what, and when it was; one list after the other, with a breath between them. */
async function tiesOf(books: Books, breathe: Breathe): Promise<Pick<Index, 'owners' | 'productPlaces' | 'at'>> {
  await breathe();
  const customers = placesOf(books.customer);
  const productPlaces = placesOf(books.asset);
  await breathe();
  const ownersOf = (shelf: AnyShelf<'asset' | 'service_call' | 'maintenance_contract'>) =>
    Int32Array.from(shelf.all, ({ fields }) => customers.get(fields.customer ?? '') ?? -1);
  const asset = ownersOf(books.asset);
  const owners = {
    asset,
    service_call: ownersOf(books.service_call),
    maintenance_contract: ownersOf(books.maintenance_contract),
    service_voucher: Int32Array.from(books.service_voucher.all, ({ id }) => productPlaces.get(id) ?? -1),
  };
  await breathe();
  const at = {
    customer: new Float64Array(books.customer.all.length),
    asset: new Float64Array(books.asset.all.length),
    service_call: Float64Array.from(books.service_call.all, ({ fields }) => fields.received_at ?? 0),
  };
  for (const { fields } of books.service_visit.all) {
    const place = productPlaces.get(fields.asset ?? '') ?? -1;
    const served = fields.finished_at ?? fields.arrived_at ?? 0;
    later(at.asset, place, served);
    later(at.customer, asset[place] ?? -1, served);
  }
  for (const warm of [
    () => books.asset.where('customer', null),
    () => books.service_call.where('customer', null),
    () => books.covered_asset.where('asset', null),
  ]) {
    await breathe();
    warm();
  }
  return { owners, productPlaces, at };
}

const placesOf = (shelf: AnyShelf<Sought>): ReadonlyMap<string, number> =>
  new Map(
    shelf.all.flatMap(({ id }, place) =>
      [id, ...shelf.mergedInto(id).map((merged) => merged.id)].map((each) => [each, place]),
    ),
  );

function later(list: Float64Array, place: number, at: number): void {
  if (at > (list[place] ?? at)) list[place] = at;
}

/** One word that was typed: folded, and its digits where it may be a number in some notation. */
export interface Word {
  readonly text: string;
  readonly digits: string;
}

const NUMBER = /^\+?[\d\s()./\p{Dash_Punctuation}]+$/u;
/** A number with its country reaches as far as digits, blanks and hyphens do. */
const WORDS = /\+\s*886[\d\s()./\p{Dash_Punctuation}]*|\S+/gu;
/** More words than anybody types. */
const WORDS_MAX = 8;

/** What was typed, as the words that all have to be found; a number with blanks may be one word or several. */
export function queriesOf(typed: string, characters: Characters): readonly (readonly Word[])[] {
  const text = typed.normalize('NFKC').trim();
  const wordOf = (part: string): Word => ({
    text: fold(part, characters),
    digits: NUMBER.test(part) ? digitsOf(part) : '',
  });
  const words = (text.match(WORDS) ?? [])
    .slice(0, WORDS_MAX)
    .map(wordOf)
    .filter((word) => word.text !== '');
  if (words.length === 0) return [];
  return words.length > 1 && NUMBER.test(text) ? [[wordOf(text)], words] : [words];
}

/** Fewer digits than these are in every number. */
const DIGITS_MIN = 3;
/** Whether these are too few digits to look for a number, or none. */
export const isShort = (text: string) => text.length < DIGITS_MIN && /^\d*$/.test(text);

/** How well a word stands in a document, the better the lower; ranks of several words are added up. */
const [EXACT, BEGINS, INSIDE, NOT] = [0, 1, 2, 255];

/** Lowers the rank of every document in whose fields the word stands. */
function look(ranks: Ranks, { text, starts }: Column, word: string, rankAt: typeof wordRank): void {
  let place = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    while ((starts[place + 1] ?? at) <= at && place < ranks.length) place += 1;
    lower(ranks, place, rankAt(text[at - 1] === '\n', text[at + word.length] === '\n'));
  }
}

const wordRank = (begins: boolean, _ends: boolean) => (begins ? BEGINS : INSIDE);

/** The last digits of a number are as good as its first: that is how one says it. */
function numberRank(begins: boolean, ends: boolean): number {
  if (begins && ends) return EXACT;
  return begins || ends ? BEGINS : INSIDE;
}

/** What a word finds of one kind by its own fields. */
function ownRanks({ columns }: Index, kind: Sought, { text, digits }: Word): Ranks {
  const { words, numbers } = columns[kind];
  const ranks: Ranks = new Uint8Array(words.starts.length - 1).fill(NOT);
  look(ranks, words, text, wordRank);
  for (const number of new Set([text, digits])) if (!isShort(number)) look(ranks, numbers, number, numberRank);
  return ranks;
}

type Ranks = Uint8Array<ArrayBuffer>;
type RanksByKind = Readonly<Record<HitKind, Ranks>>;

/** What one word finds: a customer by himself or his contract; a product and a call by themselves or by their owner. */
function ranksOf(index: Index, word: Word): RanksByKind {
  const { books, owners, productPlaces } = index;
  const own = (kind: Sought) => ownRanks(index, kind, word);
  const [customer, asset, service_call] = [own('customer'), own('asset'), own('service_call')];
  each(own('service_voucher'), (place, rank) => lower(asset, owners.service_voucher[place] ?? -1, rank));
  each(own('maintenance_contract'), (place, rank) => {
    lower(customer, owners.maintenance_contract[place] ?? -1, rank);
    for (const { fields } of books.covered_asset.where('contract', books.maintenance_contract.all[place]?.id ?? null))
      lower(asset, productPlaces.get(fields.asset ?? '') ?? -1, rank);
  });
  inherit(asset, customer, owners.asset);
  inherit(service_call, customer, owners.service_call);
  return { customer, asset, service_call };
}

/** Calls for every document that was found. */
function each(ranks: Ranks, act: (place: number, rank: number) => void): void {
  for (let place = 0; place < ranks.length; place += 1) {
    const rank = ranks[place] ?? NOT;
    if (rank !== NOT) act(place, rank);
  }
}

function lower(ranks: Ranks, place: number, rank: number): void {
  if (rank < (ranks[place] ?? 0)) ranks[place] = rank;
}

function inherit(ranks: Ranks, from: Ranks, owners: Int32Array): void {
  for (let place = 0; place < ranks.length; place += 1) lower(ranks, place, from[owners[place] ?? -1] ?? NOT);
}

/** What stands in both, and how well altogether. */
const both = (one: Ranks, other: Ranks): Ranks =>
  one.map((rank, place) => (rank === NOT ? NOT : Math.min(NOT, rank + (other[place] ?? NOT))));

const either = (one: Ranks, other: Ranks): Ranks => one.map((rank, place) => Math.min(rank, other[place] ?? NOT));

/** The first documents of a kind, and how many there are altogether. */
export interface Found<K extends HitKind> {
  readonly docs: readonly Doc<K>[];
  readonly count: number;
}

export type FoundByKind = { readonly [K in HitKind]: Found<K> } & {
  /** What to mark in what was found. */
  readonly words: readonly Word[];
};

/**
 * The documents in which every word that was typed stands: exact numbers first, then what begins with the words, then
 * what has them inside; among equals what was served last. Nothing typed finds nothing.
 */
export function find(index: Index, typed: string, most: number): FoundByKind {
  const queries = queriesOf(typed, index.characters);
  const byQuery = queries.map((words) => words.map((word) => ranksOf(index, word)));
  const foundOf = <K extends HitKind>(kind: K): Found<K> => {
    const ranks = byQuery.map((byWord) => byWord.map((word) => word[kind]).reduce(both));
    return ranks.length === 0 ? { docs: [], count: 0 } : first(index, kind, ranks.reduce(either), most);
  };
  return {
    words: queries.flat(),
    customer: foundOf('customer'),
    asset: foundOf('asset'),
    service_call: foundOf('service_call'),
  };
}

/**
 * The customers in whose name what was typed stands, whatever part of it: first who is called just so, then whose name
 * begins so. Whoever was merged is found as the one that stays. Nothing typed finds nobody.
 */
export function findCalled(index: Index, typed: string, most: number): Found<'customer'> {
  const { books, characters, columns } = index;
  const { all } = books.customer;
  const part = fold(typed, characters);
  const ranks: Ranks = new Uint8Array(all.length).fill(NOT);
  if (part !== '') look(ranks, columns.customer.words, part, wordRank);
  // The words of a customer are his address as well.
  each(ranks, (place) => {
    const customer = all[place];
    const called = customer ? [customer, ...books.customer.mergedInto(customer.id)] : [];
    const names = called.map(({ fields }) => fold(fields.name ?? '', characters));
    ranks[place] = Math.min(NOT, ...names.map((name) => partRank(name, part)));
  });
  return first(index, 'customer', ranks, most);
}

function partRank(name: string, part: string): number {
  if (name === part) return EXACT;
  if (name.startsWith(part)) return BEGINS;
  return name.includes(part) ? INSIDE : NOT;
}

function first<K extends HitKind>(index: Index, kind: K, ranks: Ranks, most: number): Found<K> {
  const { all } = index.books[kind] as unknown as AnyShelf<K>;
  const at = index.at[kind];
  const order = (one: number, other: number) =>
    (ranks[one] ?? NOT) - (ranks[other] ?? NOT) || (at[other] ?? 0) - (at[one] ?? 0) || one - other;
  const best: number[] = [];
  let count = 0;
  // From the end: what was made last is mostly what was served last, and then the best are found at once.
  for (let place = ranks.length - 1; place >= 0; place -= 1) {
    if (ranks[place] === NOT) continue;
    count += 1;
    keep(best, place, order, most);
  }
  return { docs: best.map((place) => all[place]).filter((doc) => doc !== undefined), count };
}

/** Puts a place where it belongs among the best: sorting thousands to show a few would take longer than finding them. */
function keep(best: number[], place: number, order: (one: number, other: number) => number, most: number): void {
  let at = best.length;
  while (at > 0 && order(place, best[at - 1] ?? place) < 0) at -= 1;
  if (at < most) best.splice(at, 0, place);
  if (best.length > most) best.pop();
}
