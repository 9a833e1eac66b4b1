import type { Receipt } from '../wire/protocol.ts';
import { actorsOf, headAt, type Person, stretch } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, ReceiptRow, StampRow } from './outbox_database.ts';

/** What `fieldproof verify-receipt` reads (schemas/receipts_file.py). */
const FORMAT = 'fieldproof-receipts-1';

const STORES = ['actors', 'operations', 'stamps', 'receipts'];

/** What the office signed for on this device. */
export interface Receipts {
  /** How many operations have a receipt. */
  readonly entries: number;
  /** When the newest was signed, by the office's clock; null: there is none. */
  readonly newestAt: number | null;
}

/** A person's receipts in short. */
export function receiptsOf(outbox: IDBDatabase, person: Person): Promise<Receipts> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const standing = (await Promise.all(actors.map((actor) => standingReceipts(transaction, actor)))).flat();
    const entries = standing.reduce((sum, { first, seq }) => sum + seq - first + 1, 0);
    return { entries, newestAt: standing.length === 0 ? null : Math.max(...standing.map(({ at }) => at)) };
  });
}

/** Everything of a person that a receipt stands for, as JSON lines: chains, entries as they were sent, receipts. */
export function receiptLines(outbox: IDBDatabase, person: Person, at: number): Promise<string> {
  return transact(outbox, STORES, 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const { company, user } = person;
    const chains: object[][] = [];
    for (const actor of actors) chains.push(await chainLines(transaction, actor));
    const lines = [{ format: FORMAT, company, user, at }, ...chains.flat()];
    return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  });
}

async function chainLines(transaction: IDBTransaction, actor: ActorRow): Promise<object[]> {
  const receipts = await standingReceipts(transaction, actor);
  const name = actor.record.actor;
  const rows = await stretch(transaction, name, 0, actor.last_seq);
  const [begun] = rows;
  if (!begun || receipts.length === 0) return [];
  const range = IDBKeyRange.bound([name, 0], [name, []]);
  const stamps: StampRow[] = await answer(transaction.objectStore('stamps').getAll(range));
  const bySeq = new Map(stamps.map(({ seq, stamp }) => [seq, stamp]));
  const entries = rows.map(({ seq, text, sha256, frame }) => ({
    seq,
    text,
    stamp: bySeq.get(seq) ?? null,
    ...(frame && { sha256 }),
  }));
  const prev = await headAt(transaction, actor, begun.seq - 1);
  return [
    { actor: actor.record, first: begun.seq, prev },
    ...entries,
    ...receipts.filter(({ first }) => first >= begun.seq).map((receipt) => ({ receipt })),
  ];
}

/** An office that lost a stretch and stamped it anew gave a new receipt for it: the old one proves nothing any more. */
async function standingReceipts(transaction: IDBTransaction, { record }: ActorRow): Promise<Receipt[]> {
  const range = IDBKeyRange.bound([record.actor, 0], [record.actor, []]);
  const rows: ReceiptRow[] = await answer(transaction.objectStore('receipts').getAll(range));
  let reached = Number.POSITIVE_INFINITY;
  const newestFirst = rows.toReversed().flatMap(({ receipt }) => {
    const stands = receipt.first < reached;
    reached = Math.min(reached, receipt.first);
    return stands ? [receipt] : [];
  });
  return newestFirst.toReversed();
}
