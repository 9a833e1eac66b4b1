import { MAX_PUSH_OPERATIONS } from '../wire/limits.ts';
import type { Code } from '../wire/problems.ts';
import type { ActorRecord, Stamp } from '../wire/protocol.ts';
import { actorsOf, extendChain, headAt, newActor, type Person, stretch, wholeGroups } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow, StampRow } from './outbox_database.ts';

const STORES = ['actors', 'operations', 'stamps'];
/** One stamp as it travels in the head of an offer, at its longest. */
const STAMP_BYTES = 256;

/** The person's chains in this browser, in the order in which they wrote. */
export function chains(outbox: IDBDatabase, person: Person): Promise<readonly ActorRow[]> {
  return transact(outbox, ['actors'], 'readonly', (transaction) => actorsOf(transaction, person));
}

/** The heads of a chain at some of its operations. */
export function headsAt(outbox: IDBDatabase, actor: string, seqs: readonly number[]): Promise<Map<number, string>> {
  return transact(outbox, ['actors', 'operations'], 'readonly', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const heads = await Promise.all(seqs.map((seq) => headAt(transaction, row, seq)));
    return new Map(seqs.map((seq, place) => [seq, heads[place] ?? '']));
  });
}

/**
 * Goes on with a new actor, in one transaction: chains that were open are closed, and what lies behind `common` in
 * `parted` moves to the new one in its order, with its bytes as they are (SPEC A3).
 *
 * Nothing is lost and nothing is twice: an operation is in the old chain or in the new one.
 */
export function begin(
  outbox: IDBDatabase,
  record: ActorRecord,
  parted: { readonly actor: string; readonly common: number } | null,
): Promise<void> {
  return transact(outbox, STORES, 'readwrite', async (transaction) => {
    const actors = await actorsOf(transaction, record);
    const store = transaction.objectStore('actors');
    const fresh = newActor(record, actors.length + 1);
    const old = actors.find((actor) => actor.record.actor === parted?.actor);
    if (!old || !parted) {
      store.add(fresh);
      return;
    }
    // Another epoch may have lost anything: every chain has to be looked after again.
    const settled = record.epoch === old.record.epoch;
    if (!settled) for (const actor of actors) store.put({ ...actor, settled });
    const tail = await stretch(transaction, parted.actor, parted.common, old.last_seq);
    const exported_seq = Math.max(0, old.exported_seq - parted.common);
    cut(transaction, { ...old, settled }, parted.common, await headAt(transaction, old, parted.common));
    extendChain(transaction, { ...fresh, exported_seq }, tail.map(unplaced));
  });
}

function cut(transaction: IDBTransaction, old: ActorRow, common: number, head: string): void {
  const behind = IDBKeyRange.bound([old.record.actor, common + 1], [old.record.actor, []]);
  transaction.objectStore('operations').delete(behind);
  transaction.objectStore('stamps').delete(behind);
  const acked_seq = Math.min(old.acked_seq, common);
  transaction.objectStore('actors').put({ ...old, state: 'closed', last_seq: common, head, acked_seq });
}

function unplaced({ text, size, sha256, following, kind, doc, at, label, blobs }: OperationRow) {
  return { text, size, sha256, following, kind, doc, at, label, blobs };
}

/** Acknowledges what the office turned out to have, or takes back what it turned out not to have. */
export function reckon(outbox: IDBDatabase, actor: string, acked_seq: number, now: number): Promise<void> {
  return transact(outbox, ['actors', 'stamps'], 'readwrite', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const stamps = transaction.objectStore('stamps');
    for (let seq = row.acked_seq + 1; seq <= acked_seq; seq += 1)
      stamps.put({ actor, seq, stamp: null, acked_at: now });
    stamps.delete(IDBKeyRange.bound([actor, acked_seq + 1], [actor, []]));
    transaction.objectStore('actors').put({ ...row, acked_seq });
  });
}

/** Operations of a closed chain with the stamps under which they were acknowledged, and the head that they follow. */
export interface Offer {
  readonly first: number;
  readonly prev: string;
  readonly operations: readonly OperationRow[];
  readonly stamps: readonly Stamp[];
}

/** What can be offered again of a chain behind a seq, as much of it as one request may hold; null: nothing (SPEC H1). */
export function nextOffer(outbox: IDBDatabase, actor: string, after: number): Promise<Offer | null> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const stamps = await stampsBehind(transaction, actor, after);
    const known = await stretch(transaction, actor, after, Math.min(row.acked_seq, after + stamps.length));
    const operations = wholeGroups(known, STAMP_BYTES);
    if (operations.length === 0) return null;
    const prev = await headAt(transaction, row, after);
    return { first: after + 1, prev, operations, stamps: stamps.slice(0, operations.length) };
  });
}

/** Up to which seq behind another the stamps go without a gap: only so far can a chain be offered again. */
export function stampedTo(outbox: IDBDatabase, actor: string, after: number): Promise<number> {
  return transact(outbox, ['stamps'], 'readonly', async (transaction) => {
    return after + (await stampsBehind(transaction, actor, after, Number.MAX_SAFE_INTEGER)).length;
  });
}

async function stampsBehind(
  transaction: IDBTransaction,
  actor: string,
  after: number,
  most = MAX_PUSH_OPERATIONS,
): Promise<Stamp[]> {
  const range = IDBKeyRange.bound([actor, after + 1], [actor, []]);
  const count = Math.min(most, 2 ** 32 - 1);
  const rows: StampRow[] = await answer(transaction.objectStore('stamps').getAll(range, count));
  const stamps: Stamp[] = [];
  for (const { seq, stamp } of rows) {
    if (stamp === null || seq !== after + 1 + stamps.length) break;
    stamps.push(stamp);
  }
  return stamps;
}

/** Remembers that a closed chain needs nothing more in this epoch, or why the office would not take it back. */
export function settle(outbox: IDBDatabase, actor: string, problem: Code | null): Promise<void> {
  return transact(outbox, ['actors'], 'readwrite', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    transaction.objectStore('actors').put({ ...row, settled: true, problem });
  });
}
