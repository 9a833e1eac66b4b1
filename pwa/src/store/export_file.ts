import { MAX_RESCUE_BYTES } from '../wire/limits.ts';
import type { ActorRecord } from '../wire/protocol.ts';
import type { FileRow } from './blobs.ts';
import { actorsOf, headAt, type Person, stretch, wholeGroups } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow } from './outbox_database.ts';
import type { Batch } from './sending.ts';

/** Chains with what of them the office does not have. */
export interface Unsent {
  readonly actor: ActorRow;
  readonly operations: readonly OperationRow[];
}

/** Everything of a person that the office does not have. */
export function unsentOf(outbox: IDBDatabase, person: Person): Promise<readonly Unsent[]> {
  return transact(outbox, ['actors', 'operations'], 'readonly', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    const unsent = actors.map(async (actor): Promise<Unsent> => {
      const operations = await stretch(transaction, actor.record.actor, actor.acked_seq, actor.last_seq);
      return { actor, operations };
    });
    return (await Promise.all(unsent)).filter(({ operations }) => operations.length > 0);
  });
}

/** One stretch of a chain in whole groups, as a push of it would be. */
export interface UnsentBatch extends Batch {
  readonly record: ActorRecord;
}

/** What one rescue file holds: stretches in their order, and files that operations name. */
export interface UnsentWork {
  readonly batches: readonly UnsentBatch[];
  readonly blobs: ReadonlyArray<Pick<FileRow, 'sha256' | 'bytes'>>;
}

/** What a rescue file may hold; the rest is for its first lines and for the seal. */
const ROOM_BYTES = MAX_RESCUE_BYTES - 262_144;

/** A chain's unsent stretch in as many batches as pushes of it would be. */
export function batchesOf(outbox: IDBDatabase, { actor, operations }: Unsent): Promise<readonly UnsentBatch[]> {
  return transact(outbox, ['operations'], 'readonly', async (transaction) => {
    const batches: UnsentBatch[] = [];
    let prev = await headAt(transaction, actor, actor.acked_seq);
    for (let rest = operations; rest.length > 0; ) {
      const batch = wholeGroups(rest);
      const [first, last] = [batch[0], batch.at(-1)];
      if (!first || !last) break;
      batches.push({ record: actor.record, first: first.seq, prev, operations: batch });
      prev = last.head;
      rest = rest.slice(batch.length);
    }
    return batches;
  });
}

/** As many files as it takes: each holds what fits, records before the files that they name. */
export function parts(batches: readonly UnsentBatch[], blobs: readonly FileRow[]): readonly UnsentWork[] {
  const done: UnsentWork[] = [];
  let part: UnsentWork = { batches: [], blobs: [] };
  let room = ROOM_BYTES;
  const take = (size: number, grown: (part: UnsentWork) => UnsentWork) => {
    if (size > room && room < ROOM_BYTES) {
      done.push(part);
      [part, room] = [{ batches: [], blobs: [] }, ROOM_BYTES];
    }
    part = grown(part);
    room -= size;
  };
  for (const batch of batches) take(sizeOf(batch), (one) => ({ ...one, batches: [...one.batches, batch] }));
  for (const blob of blobs) take(blob.bytes.length, (one) => ({ ...one, blobs: [...one.blobs, blob] }));
  return [...done, part];
}

function sizeOf({ operations }: UnsentBatch): number {
  return operations.reduce((sum, { text }) => sum + 3 * text.length, 0);
}

/** Remembers what a file holds: with it, signing out is no loss (SPEC V5). */
export function markChainsExported(outbox: IDBDatabase, unsent: readonly Unsent[]): Promise<void> {
  return transact(outbox, ['actors'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('actors');
    for (const { actor, operations } of unsent) {
      const row: ActorRow = await answer(store.get(actor.record.actor));
      const last = operations.at(-1)?.seq ?? 0;
      store.put({ ...row, exported_seq: Math.max(row.exported_seq, last) });
    }
  });
}
