import { MAX_PUSH_OPERATIONS } from '../wire/limits.ts';
import type { Stamp } from '../wire/protocol.ts';
import { headAt, stretch, wholeGroups } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, StampRow } from './outbox_database.ts';
import type { Batch } from './sending.ts';

/** One stamp as it travels in the head of an offer, at its longest. */
const STAMP_BYTES = 256;

/** Acknowledged operations that are offered again with the stamps under which they were acknowledged. */
export interface Offer extends Batch {
  readonly stamps: readonly Stamp[];
}

/** What can be offered again of a chain behind a seq, as much of it as one request may hold; null: nothing (SPEC H1). */
export function nextOffer(outbox: IDBDatabase, actor: string, after: number): Promise<Offer | null> {
  return transact(outbox, ['actors', 'operations', 'stamps'], 'readonly', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const acknowledged = await stretch(transaction, actor, after, row.acked_seq, MAX_PUSH_OPERATIONS);
    const operations = wholeGroups(acknowledged, STAMP_BYTES);
    const last = operations.at(-1);
    if (!last) return null;
    const range = IDBKeyRange.bound([actor, after + 1], [actor, last.seq]);
    const stamped: StampRow[] = await answer(transaction.objectStore('stamps').getAll(range));
    const prev = await headAt(transaction, row, after);
    return { first: after + 1, prev, operations, stamps: stamped.map(({ stamp }) => stamp) };
  });
}
