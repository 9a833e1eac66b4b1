import { extend, link } from '../core/chain.ts';
import type { Code } from '../wire/problems.ts';
import type { ActorRecord } from '../wire/protocol.ts';
import { actorsOf, extendChain, headAt, newActor, type Person, stretch } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow } from './outbox_database.ts';

const STORES = ['actors', 'operations', 'stamps'];

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
    const same = record.epoch === old.record.epoch;
    if (!same) for (const actor of actors) store.put({ ...actor, settled: false });
    const tail = await cutBehind(transaction, old, parted.common, same);
    const exported_seq = Math.max(0, old.exported_seq - parted.common);
    extendChain(transaction, { ...fresh, exported_seq, ...takenOver(old, record) }, tail);
  });
}

/** What another device of the person left is told to be that one's: its own chains name their past themselves. */
function takenOver(old: ActorRow, { device }: ActorRecord): Pick<ActorRow, 'took_over'> {
  return old.record.device === device ? {} : { took_over: old.record.actor };
}

/** Moves what lies behind a seq of a closed chain to the end of the open one: the office will never have it there. */
export function moveTail(outbox: IDBDatabase, actor: string, common: number): Promise<void> {
  return transact(outbox, STORES, 'readwrite', async (transaction) => {
    const closed: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    const open = (await actorsOf(transaction, closed.record)).find(({ state }) => state === 'open');
    if (open) extendChain(transaction, open, await cutBehind(transaction, closed, common, false));
  });
}

/** Ends a chain at a seq and gives what lay behind it. */
async function cutBehind(transaction: IDBTransaction, old: ActorRow, common: number, mayBeSettled: boolean) {
  const { actor } = old.record;
  const tail = await stretch(transaction, actor, common, old.last_seq);
  const head = await headAt(transaction, old, common);
  const behind = IDBKeyRange.bound([actor, common + 1], [actor, []]);
  transaction.objectStore('operations').delete(behind);
  transaction.objectStore('stamps').delete(behind);
  const acked_seq = Math.min(old.acked_seq, common);
  const settled = mayBeSettled && old.settled && acked_seq === common;
  transaction.objectStore('actors').put({ ...old, state: 'closed', last_seq: common, head, acked_seq, settled });
  return tail.map(unplaced);
}

/** What was reduced is written anew as the frame that it is: another chain was never promised what it once said. */
function unplaced({ text, following, kind, doc, at, label, blobs }: OperationRow) {
  const bytes = new TextEncoder().encode(text);
  return { text, size: bytes.length, sha256: link(bytes), following, kind, doc, at, label, blobs };
}

/** Takes back acknowledgements behind a seq: the office turned out not to have those operations any more. */
export function unacknowledge(outbox: IDBDatabase, actor: string, acked_seq: number): Promise<void> {
  return transact(outbox, STORES, 'readwrite', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    transaction.objectStore('stamps').delete(IDBKeyRange.bound([actor, acked_seq + 1], [actor, []]));
    const behind = await stretch(transaction, actor, acked_seq, row.last_seq);
    const head = behind.some(({ frame }) => frame) ? await chainedAnew(transaction, row, acked_seq, behind) : row.head;
    transaction.objectStore('actors').put({ ...row, acked_seq, head });
  });
}

/** Chains frames as what they are now: an office that lost what was sent can be pushed nothing else. Gives the head. */
async function chainedAnew(
  transaction: IDBTransaction,
  actor: ActorRow,
  after: number,
  behind: readonly OperationRow[],
): Promise<string> {
  let head = await headAt(transaction, actor, after);
  for (const row of behind) {
    const anew = unplaced(row);
    head = extend(head, anew.sha256);
    transaction.objectStore('operations').put({ ...anew, actor: row.actor, seq: row.seq, head });
  }
  return head;
}

/** Remembers that a closed chain needs nothing more in this epoch, or why the office would not take it back. */
export function settle(outbox: IDBDatabase, actor: string, problem: Code | null): Promise<void> {
  return transact(outbox, ['actors'], 'readwrite', async (transaction) => {
    const row: ActorRow = await answer(transaction.objectStore('actors').get(actor));
    transaction.objectStore('actors').put({ ...row, settled: true, problem });
  });
}
