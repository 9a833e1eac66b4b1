import { MAX_PUSH_OPERATIONS } from '../wire/limits.ts';
import type { Receipt, Stamp } from '../wire/protocol.ts';
import { headAt, stretch, wholeGroups } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow, ReceiptRow, StampRow } from './outbox_database.ts';
import type { Batch } from './sending.ts';

/** One receipt as it travels in the first line of an offer, at its longest. */
const RECEIPT_BYTES = 768;

/** Acknowledged operations that are offered again with the stamps under which they were acknowledged. */
export interface Offer extends Batch {
  readonly stamps: readonly Stamp[];
  readonly receipts: readonly Receipt[];
  /** Of which operations only the frame is left, with the hash of what was sent (SPEC Y6). */
  readonly frames: ReadonlyArray<readonly [seq: number, sha256: string]>;
}

/**
 * What can be offered again of a chain behind a seq, as much of it as one request may hold; null: nothing (SPEC H1).
 *
 * A receipt proves the stamps of its whole stretch: the offer begins where one begins and ends where one ends, even if
 * the office has the beginning already.
 */
export function nextOffer(outbox: IDBDatabase, actor: string, after: number): Promise<Offer | null> {
  return transact(outbox, ['actors', 'operations', 'stamps', 'receipts'], 'readonly', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    if (row.acked_seq <= after) return null;
    const proofs = await receiptsBehind(transaction, actor, after, row.acked_seq);
    const first = Math.min(after + 1, ...proofs.map((receipt) => receipt.first));
    const operations = untorn(await lines(transaction, row, first), proofs);
    const reaches = (operations.at(-1)?.seq ?? 0) > after;
    return offerOf(
      transaction,
      row,
      reaches ? operations : wholeGroups(await lines(transaction, row, after + 1)),
      proofs,
    );
  });
}

async function receiptsBehind(transaction: IDBTransaction, actor: string, after: number, last: number) {
  const range = IDBKeyRange.bound([actor, after + 1], [actor, last]);
  const rows: ReceiptRow[] = await answer(transaction.objectStore('receipts').getAll(range, MAX_PUSH_OPERATIONS));
  return rows.map(({ receipt }) => receipt);
}

function lines(transaction: IDBTransaction, { record, acked_seq }: ActorRow, first: number) {
  return stretch(transaction, record.actor, first - 1, acked_seq, MAX_PUSH_OPERATIONS);
}

/** As many operations as fit with their receipts and end in the midst of no receipt's stretch. */
function untorn(operations: readonly OperationRow[], proofs: readonly Receipt[]): readonly OperationRow[] {
  const ends = new Set(proofs.slice(1).map(({ seq }) => seq));
  const fitting = wholeGroups(operations, ({ seq }) => (ends.has(seq) ? RECEIPT_BYTES : 0));
  const isTorn = (last: number) => proofs.some(({ first, seq }) => first <= last && last < seq);
  const end = fitting.findLastIndex(({ seq, following }) => following === 0 && !isTorn(seq));
  return fitting.slice(0, end + 1);
}

async function offerOf(
  transaction: IDBTransaction,
  row: ActorRow,
  operations: readonly OperationRow[],
  proofs: readonly Receipt[],
): Promise<Offer | null> {
  const [one, last] = [operations[0], operations.at(-1)];
  if (!one || !last) return null;
  const range = IDBKeyRange.bound([one.actor, one.seq], [one.actor, last.seq]);
  const stamped: StampRow[] = await answer(transaction.objectStore('stamps').getAll(range));
  return {
    first: one.seq,
    prev: await headAt(transaction, row, one.seq - 1),
    operations,
    stamps: stamped.map(({ stamp }) => stamp),
    receipts: proofs.filter(({ first, seq }) => one.seq <= first && seq <= last.seq),
    frames: operations.filter(({ frame }) => frame).map(({ seq, sha256 }) => [seq, sha256] as const),
  };
}
