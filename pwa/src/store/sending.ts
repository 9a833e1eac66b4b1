import { MAX_PUSH_OPERATIONS } from '../wire/limits.ts';
import type { PushReply, Stamp } from '../wire/protocol.ts';
import { actorsOf, headAt, type Person, stretch, wholeGroups } from './chain.ts';
import { answer, beginningWith, transact } from './idb.ts';
import type { ActorRow, OperationRow, ReceiptRow, StampRow } from './outbox_database.ts';

/** Whole groups that go in one push, and the head that they follow. */
export interface Batch {
  readonly first: number;
  readonly prev: string;
  readonly operations: readonly OperationRow[];
}

/** What the office does not yet have of a chain, as much of it as one push may hold; null: nothing. */
export function nextBatch(outbox: IDBDatabase, actor: string): Promise<Batch | null> {
  return transact(outbox, ['actors', 'operations'], 'readonly', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const waiting = await stretch(transaction, actor, row.acked_seq, row.last_seq, MAX_PUSH_OPERATIONS);
    const operations = wholeGroups(waiting);
    if (operations.length === 0) return null;
    return { first: row.acked_seq + 1, prev: await headAt(transaction, row, row.acked_seq), operations };
  });
}

/** Keeps the office's answer to a batch: stamps, receipt and how far the chain is durable, in one transaction. */
export function acknowledge(
  outbox: IDBDatabase,
  actor: string,
  batch: { readonly first: number; readonly operations: readonly unknown[] },
  reply: PushReply,
  now: number,
): Promise<void> {
  return transact(outbox, ['actors', 'stamps', 'receipts'], 'readwrite', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const stamps = transaction.objectStore('stamps');
    const last = batch.first + batch.operations.length - 1;
    const range = IDBKeyRange.bound([actor, batch.first], [actor, last]);
    const told = new Map((await answer<StampRow[]>(stamps.getAll(range))).map((known) => [known.seq, known]));
    for (const [place, stamp] of reply.stamps.entries()) {
      const seq = batch.first + place;
      const known = told.get(seq);
      // What is told again is no news: it keeps its time, and who has read why it was held has read it.
      stamps.put(known?.stamp[4] === stamp[4] ? { ...known, stamp } : stampRow(actor, seq, stamp, now));
    }
    const receipt: ReceiptRow = { actor, seq: reply.receipt.seq, receipt: reply.receipt, mark: reply.mark };
    transaction.objectStore('receipts').put(receipt);
    transaction.objectStore('actors').put({ ...row, acked_seq: Math.max(row.acked_seq, last) });
  });
}

function stampRow(actor: string, seq: number, stamp: Stamp, acked_at: number): StampRow {
  return { actor, seq, stamp, acked_at, ...(stamp[4] === 'held' && { attention: 1 }) };
}

/** How far each of a person's chains is acknowledged, by actor. */
export function acknowledged(outbox: IDBDatabase, person: Person): Promise<Readonly<Record<string, number>>> {
  return transact(outbox, ['actors'], 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    return Object.fromEntries(actors.map(({ record, acked_seq }) => [record.actor, acked_seq]));
  });
}

/** The newest mark that the office gave to a chain: proof of how long its log was (SPEC E3). */
export function newestMark(outbox: IDBDatabase, actor: string): Promise<string | null> {
  return transact(outbox, ['receipts'], 'readonly', async (transaction) => {
    const cursor = await answer(transaction.objectStore('receipts').openCursor(beginningWith(actor), 'prev'));
    return (cursor?.value as ReceiptRow | undefined)?.mark ?? null;
  });
}
