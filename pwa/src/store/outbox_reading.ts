import type { Dot } from '../wire/protocol.ts';
import { actorsOf, type Person, stretch } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow, StampRow } from './outbox_database.ts';
import { type Settled, type Top, topOf } from './overlay.ts';

const STORES = ['actors', 'operations', 'stamps'];

/** An operation with what the office said of it, if it did. */
export interface Entry {
  readonly row: OperationRow;
  readonly stamped: StampRow | undefined;
}

/** The operations that may still stand on top of their rows: what is not settled, and what is held and unread. */
export function topsOf(outbox: IDBDatabase, person: Person, settled: Settled): Promise<readonly Top[]> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const from = ({ record, acked_seq }: ActorRow) => Math.min(settled[record.actor] ?? 0, acked_seq);
    const unsettled = await behind(transaction, actors, from);
    const held = await attention(transaction, actors);
    return inOrder(actors, [...held, ...unsettled]).map(({ row, stamped }) => topOf(row, stamped));
  });
}

/** What the outbox screen is made of: everything unsent, held and unread, delivered since, or with a file to go. */
export function outboxEntries(
  outbox: IDBDatabase,
  person: Person,
  since: number,
  waitingBlobs: readonly string[],
): Promise<readonly Entry[]> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const unsent = await behind(transaction, actors, ({ acked_seq }) => acked_seq);
    const index = transaction.objectStore('stamps').index('acked_at');
    const recent = await rowsOf(
      transaction,
      actors,
      await answer<StampRow[]>(index.getAll(IDBKeyRange.lowerBound(since))),
    );
    const held = await attention(transaction, actors);
    const beside = await naming(transaction, waitingBlobs);
    return inOrder(actors, [...unsent, ...recent, ...held, ...beside]);
  });
}

/** The files that acknowledged operations name, of those that wait here: only these may go. */
export function namedBlobs(
  outbox: IDBDatabase,
  person: Person,
  waiting: readonly string[],
): Promise<readonly string[]> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const entries = inOrder(actors, await naming(transaction, waiting)).filter(({ stamped }) => stamped);
    const named = new Set(entries.flatMap(({ row }) => row.blobs));
    return waiting.filter((blob) => named.has(blob));
  });
}

/** Whether any operation, of anybody here, names a file. */
export async function isNamed(outbox: IDBDatabase, blob: string): Promise<boolean> {
  const count = await transact(outbox, ['operations'], 'readonly', (transaction) =>
    answer(transaction.objectStore('operations').index('blobs').count(blob)),
  );
  return count > 0;
}

/** Takes held operations off the list: the person read why. */
export function dismiss(outbox: IDBDatabase, dots: readonly Dot[]): Promise<void> {
  return transact(outbox, ['stamps'], 'readwrite', async (transaction) => {
    const stamps = transaction.objectStore('stamps');
    for (const dot of dots) {
      const row: StampRow | undefined = await answer(stamps.get([...dot]));
      if (row?.attention) {
        const { attention: _, ...read } = row;
        stamps.put(read);
      }
    }
  });
}

async function behind(transaction: IDBTransaction, actors: readonly ActorRow[], from: (actor: ActorRow) => number) {
  const entries = actors.map(async (actor): Promise<Entry[]> => {
    const [name, after] = [actor.record.actor, from(actor)];
    const range = IDBKeyRange.bound([name, after], [name, []]);
    const rows = stretch(transaction, name, after, actor.last_seq);
    const stamps: StampRow[] = await answer(transaction.objectStore('stamps').getAll(range));
    const bySeq = new Map(stamps.map((stamped) => [stamped.seq, stamped]));
    return (await rows).map((row) => ({ row, stamped: bySeq.get(row.seq) }));
  });
  return (await Promise.all(entries)).flat();
}

async function attention(transaction: IDBTransaction, actors: readonly ActorRow[]): Promise<Entry[]> {
  const stamps: StampRow[] = await answer(transaction.objectStore('stamps').index('attention').getAll());
  return rowsOf(transaction, actors, stamps);
}

async function rowsOf(transaction: IDBTransaction, actors: readonly ActorRow[], stamps: readonly StampRow[]) {
  const own = new Set(actors.map(({ record }) => record.actor));
  const store = transaction.objectStore('operations');
  const entries = stamps
    .filter(({ actor }) => own.has(actor))
    .map(async (stamped): Promise<Entry> => {
      const row: OperationRow = await answer(store.get([stamped.actor, stamped.seq]));
      return { row, stamped };
    });
  return Promise.all(entries);
}

async function naming(transaction: IDBTransaction, blobs: readonly string[]): Promise<Entry[]> {
  const index = transaction.objectStore('operations').index('blobs');
  const rows = await Promise.all(blobs.map((blob) => answer<OperationRow[]>(index.getAll(blob))));
  const stamps = transaction.objectStore('stamps');
  const entries = rows.flat().map(async (row): Promise<Entry> => {
    return { row, stamped: await answer(stamps.get([row.actor, row.seq])) };
  });
  return Promise.all(entries);
}

/** Each operation of these actors once, in the order in which they were written. */
function inOrder(actors: readonly ActorRow[], entries: readonly Entry[]): Entry[] {
  const order = new Map(actors.map(({ record, order }) => [record.actor, order]));
  const byPlace = new Map<string, Entry>();
  for (const entry of entries)
    if (order.has(entry.row.actor)) byPlace.set(`${entry.row.actor} ${entry.row.seq}`, entry);
  const rank = ({ row }: Entry) => order.get(row.actor) ?? 0;
  return [...byPlace.values()].sort((one, other) => rank(one) - rank(other) || one.row.seq - other.row.seq);
}
