import { combine, rowDigest, ZERO } from '../core/digest.ts';
import { isFieldsOf, isKind } from '../core/guard.ts';
import type { EpochLink, PullPut, PullRange } from '../wire/protocol.ts';
import type { Person } from './chain.ts';
import { noteErased } from './erased_rows.ts';
import { answer, beginningWith, transact } from './idb.ts';
import type { Me } from './kept.ts';
import type { Settled } from './overlay.ts';
import type { FeedRow, Ready, Row, StagedLines } from './rows_database.ts';

/** Kind and id of a document. */
export type Key = readonly [kind: string, id: string];

/** A range of positions in which something else is shown than the office has, and the documents shown in it. */
export interface Unlike {
  readonly after: number;
  readonly until: number;
  readonly keys: readonly Key[];
}

const PULL_STORES = ['rows', 'staging', 'feed'];

/** What a pull said in its first line; `epoch` names the branch of the log in which the rows stand. */
export interface Header {
  readonly epoch: string;
  readonly lineage: readonly EpochLink[];
  readonly replace: boolean;
}

/** Where a pull goes on from, behind the parts that have still to come. */
export interface Place {
  readonly cursor: string | null;
  readonly epochs: readonly string[] | null;
  readonly ready: Ready | null;
}

/** Where the next pull goes on from: what was staged when the last one was cut, else what is shown. */
export function pullFrom(rows: IDBDatabase): Promise<Place> {
  return transact(rows, ['feed'], 'readonly', async (transaction) => {
    const feed = transaction.objectStore('feed');
    const [staged, shown] = [await read(feed, 'staged'), await read(feed, 'shown')];
    const epochs = shown?.lineage.map(([epoch]) => epoch) ?? null;
    return { cursor: (staged ?? shown)?.cursor ?? null, epochs, ready: staged?.ready ?? null };
  });
}

/** A pull ended that was begun for a person who is not signed in any more: nothing of it was kept. */
export class NotTheirs extends Error {}

/** Puts lines aside with the place to go on from; nothing of them is seen yet (SPEC L2). */
export function stage(
  rows: IDBDatabase,
  person: Person,
  header: Header,
  lines: StagedLines,
  cursor: string,
  ready: Ready | null,
): Promise<void> {
  return transact(rows, ['staging', 'feed', 'kept'], 'readwrite', async (transaction) => {
    await checkPerson(transaction, person);
    const [staging, feed] = [transaction.objectStore('staging'), transaction.objectStore('feed')];
    if (header.replace) staging.clear();
    const staged = await read(feed, 'staged');
    staging.add(lines);
    const row = feedRow(header, cursor, header.replace || (staged?.replace ?? false), {});
    feed.put(ready ? { ...row, ready } : row, 'staged');
  });
}

/**
 * Puts the next part aside; `ready` is what has still to come (SPEC L7).
 *
 * With the last part of today's work, a device that shows nothing yet shows what has come so far. Gives whether it
 * did. Throws `NotTheirs`, also where the first sync was given up meanwhile.
 */
export function stagePart(rows: IDBDatabase, person: Person, lines: StagedLines, ready: Ready): Promise<boolean> {
  return transact(rows, [...PULL_STORES, 'kept'], 'readwrite', async (transaction) => {
    await checkPerson(transaction, person);
    const [staging, feed] = [transaction.objectStore('staging'), transaction.objectStore('feed')];
    const [staged, shown] = [await read(feed, 'staged'), await read(feed, 'shown')];
    if (!staged?.ready) throw new NotTheirs();
    staging.add(lines);
    const isToday = staged.ready.today > 0 && ready.today === 0 && !shown;
    feed.put({ ...staged, ready, replace: staged.replace && !isToday }, 'staged');
    if (!isToday) return false;
    const come: StagedLines[] = await answer(staging.getAll());
    await noteErased(transaction, person.company, come.flat());
    apply(transaction.objectStore('rows'), come.flat(), true);
    staging.clear();
    // Without a cursor: whatever becomes of the rest, what is shown is no place to go on from.
    feed.put({ ...feedRow(staged, '', false, {}), cursor: null }, 'shown');
    return true;
  });
}

/**
 * Shows everything that was staged and these last lines, in one transaction (SPEC L2, L3).
 *
 * `settled` says how far the person's own work was acknowledged when the pull began. Gives the documents that changed,
 * null for all of them. Throws `NotTheirs`.
 */
export function show(
  rows: IDBDatabase,
  person: Person,
  header: Header,
  lines: StagedLines,
  cursor: string,
  settled: Settled,
): Promise<readonly Key[] | null> {
  return transact(rows, [...PULL_STORES, 'kept'], 'readwrite', async (transaction) => {
    await checkPerson(transaction, person);
    const [staging, feed] = [transaction.objectStore('staging'), transaction.objectStore('feed')];
    const staged = header.replace ? undefined : await read(feed, 'staged');
    const earlier: StagedLines[] = staged ? await answer(staging.getAll()) : [];
    const replace = header.replace || (staged?.replace ?? false);
    const every = [...earlier.flat(), ...lines];
    await noteErased(transaction, person.company, every);
    apply(transaction.objectStore('rows'), every, replace);
    staging.clear();
    feed.delete('staged');
    feed.put(feedRow(header, cursor, false, settled), 'shown');
    return replace ? null : every.flatMap(keysOf);
  });
}

async function checkPerson(transaction: IDBTransaction, { company, user }: Person): Promise<void> {
  const me: Me | null | undefined = await answer(transaction.objectStore('kept').get('me'));
  if (me?.company !== company || me.user !== user) throw new NotTheirs();
}

function read(feed: IDBObjectStore, name: 'shown' | 'staged'): Promise<FeedRow | undefined> {
  return answer(feed.get(name));
}

function feedRow({ epoch, lineage }: Header, cursor: string, replace: boolean, settled: Settled): FeedRow {
  return { cursor, epoch, lineage, replace, settled };
}

function apply(rows: IDBObjectStore, lines: StagedLines, replace: boolean): void {
  if (replace) rows.clear();
  for (const line of lines) {
    if (line[0] === 'put') rows.put(rowOf(line));
    else for (const key of keysOf(line)) rows.delete([...key]);
  }
}

function keysOf(line: StagedLines[number]): readonly Key[] {
  return line[0] === 'put' ? [[line[1], line[2]]] : line[2].map((id): Key => [line[1], id]);
}

function rowOf([, kind, id, position, fields, rivals]: PullPut): Row {
  return { kind, id, position, fields: readable(kind, fields), ...(rivals && { rivals }) };
}

/** Without what this version cannot read in fields that it knows: a newer office may have new words. */
function readable(kind: string, fields: Row['fields']): Row['fields'] {
  if (!isKind(kind) || isFieldsOf(kind, fields)) return fields;
  const fits = ([field, value]: [string, unknown]) => isFieldsOf(kind, { [field]: value });
  return Object.fromEntries(Object.entries(fields).filter(fits));
}

/** So many rows are read at once: a tap that comes meanwhile waits for no more. */
const READ_AT_ONCE = 250;

/** The digest of everything that is shown (SPEC F4). */
export function digest(rows: IDBDatabase): Promise<string> {
  return transact(rows, ['rows'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('rows');
    let total = ZERO;
    let page: Row[] = await answer(store.getAll(null, READ_AT_ONCE));
    for (let last = page.at(-1); last; last = page.at(-1)) {
      total = combine([total, digestOf(page)]);
      page = await answer(store.getAll(IDBKeyRange.lowerBound([last.kind, last.id], true), READ_AT_ONCE));
    }
    return total;
  });
}

/** The ranges whose rows differ from what the office has there, with the keys of those that are shown (SPEC F6). */
export function unlike(rows: IDBDatabase, ranges: readonly PullRange[]): Promise<readonly Unlike[]> {
  return transact(rows, ['rows'], 'readonly', async (transaction) => {
    const every: Row[] = await answer(transaction.objectStore('rows').getAll());
    const ends = ranges.map(([, until]) => until);
    const within = Map.groupBy(every, ({ position }) => ends.findIndex((end) => position <= end));
    const told = ranges.map(([, until, count, digest], place) => ({
      unlike: { after: ends[place - 1] ?? 0, until, keys: keysIn(within.get(place)) },
      isLike: (within.get(place)?.length ?? 0) === count && digestOf(within.get(place) ?? []) === digest,
    }));
    const beyond = within.get(-1);
    const last = ends.at(-1) ?? 0;
    return [
      ...told.filter(({ isLike }) => !isLike).map((one) => one.unlike),
      ...(beyond ? [{ after: last, until: last, keys: keysIn(beyond) }] : []),
    ];
  });
}

const keysIn = (rows: readonly Row[] = []) => rows.map(({ kind, id }): Key => [kind, id]);
const digestOf = (rows: readonly Row[]) => combine(rows.map(({ kind, id, position }) => rowDigest(kind, id, position)));

/** Puts lines aside behind what is shown: the next pull shows them with its own. Throws `NotTheirs`. */
export function stageRepair(rows: IDBDatabase, person: Person, lines: StagedLines): Promise<void> {
  return transact(rows, ['staging', 'feed', 'kept'], 'readwrite', async (transaction) => {
    await checkPerson(transaction, person);
    const feed = transaction.objectStore('feed');
    const shown = await read(feed, 'shown');
    if (!shown) throw new NotTheirs();
    transaction.objectStore('staging').clear();
    transaction.objectStore('staging').add(lines);
    feed.put({ ...shown, replace: false }, 'staged');
  });
}

const NUMBER = /^(.+)-(\d{6,9})$/s;

/** The highest official number of each series among the rows: an office that was put back must not give it out again. */
export function highestNumbers(rows: IDBDatabase): Promise<readonly string[]> {
  return transact(rows, ['rows'], 'readonly', async (transaction) => {
    const every: Row[] = await answer(transaction.objectStore('rows').getAll());
    const numbers = every.map(({ fields: { number } }) => NUMBER.exec(String(number ?? '')));
    const highest = new Map<string, string>();
    for (const [, prefix = '', value = ''] of numbers.filter((found) => found !== null)) {
      if (Number(value) > Number(highest.get(prefix) ?? 0)) highest.set(prefix, value);
    }
    return Array.from(highest, ([prefix, value]) => `${prefix}-${value}`);
  });
}

/** Lets the next pull begin at nought: what is shown stays until it is replaced. */
export function startOver(rows: IDBDatabase): Promise<void> {
  return transact(rows, ['staging', 'feed'], 'readwrite', async (transaction) => {
    const feed = transaction.objectStore('feed');
    const shown = await read(feed, 'shown');
    transaction.objectStore('staging').clear();
    feed.delete('staged');
    if (shown) feed.put({ ...shown, cursor: null }, 'shown');
  });
}

/** Forgets everything that the office sent: the person may no longer see it. */
export function forgetAll(rows: IDBDatabase): Promise<void> {
  return transact(rows, PULL_STORES, 'readwrite', async (transaction) => {
    for (const name of PULL_STORES) transaction.objectStore(name).clear();
  });
}

/** Rows with what is needed to lay pending work on top of them, read at one instant. */
export interface Confirmed {
  readonly rows: readonly Row[];
  /** Branch of the log in which their positions stand (SPEC E1); null: the device never pulled. */
  readonly epoch: string | null;
  readonly settled: Settled;
}

/** The rows of these kinds, or only of these documents. */
export function confirmed(database: IDBDatabase, wanted: readonly string[] | readonly Key[]): Promise<Confirmed> {
  return transact(database, ['rows', 'feed'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('rows');
    const found: Row[][] = await Promise.all(
      wanted.map((one) =>
        answer(store.getAll(typeof one === 'string' ? beginningWith(one) : IDBKeyRange.only([...one]))),
      ),
    );
    const shown = await read(transaction.objectStore('feed'), 'shown');
    return { rows: found.flat(), epoch: shown?.epoch ?? null, settled: shown?.settled ?? {} };
  });
}
