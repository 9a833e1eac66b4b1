import { extend, genesis, link } from '../../src/core/chain.ts';
import { answer, open, transact } from '../../src/store/idb.ts';
import { type ActorRow, type OperationRow, OUTBOX, type StampRow } from '../../src/store/outbox_database.ts';

/** An outbox, opened behind the store's back. */
export function outboxOf(disk: IDBFactory): Promise<IDBDatabase> {
  return open(disk, OUTBOX);
}

/** What stands in an outbox, read behind the store's back. */
export async function onDisk(disk: IDBFactory) {
  const database = await outboxOf(disk);
  const found = await transact(database, ['actors', 'operations', 'stamps'], 'readonly', async (transaction) => ({
    actors: await answer<ActorRow[]>(transaction.objectStore('actors').getAll()),
    operations: await answer<OperationRow[]>(transaction.objectStore('operations').getAll()),
    stamps: await answer<StampRow[]>(transaction.objectStore('stamps').getAll()),
  }));
  database.close();
  return found;
}

/** What is wrong with the chains of an outbox: gaps, heads that do not follow, a last seq that is not the last. */
export async function faultsOf(disk: IDBFactory): Promise<string[]> {
  const { actors, operations } = await onDisk(disk);
  return actors.flatMap((actor) => {
    const own = operations.filter((one) => one.actor === actor.record.actor);
    let head = genesis(actor.record);
    const broken = own.flatMap((operation, place) => {
      head = extend(head, link(new TextEncoder().encode(operation.text)));
      return operation.seq === place + 1 && operation.head === head ? [] : [`${operation.actor} ${operation.seq}`];
    });
    const ends = actor.last_seq === own.length && actor.head === head && actor.acked_seq <= actor.last_seq;
    return ends ? broken : [...broken, `${actor.record.actor} ends at ${actor.last_seq}`];
  });
}

/** Lets the n-th write (from 0) to any database fail from now on, as a disk that is full or a power cut would. */
export function failAtWrite(n: number): { readonly writes: () => number; readonly mend: () => void } {
  const { put, add, delete: remove } = IDBObjectStore.prototype;
  let count = 0;
  const failing = <Args extends unknown[], Result>(write: (...args: Args) => Result) =>
    function (this: IDBObjectStore, ...args: Args): Result {
      count += 1;
      if (count > n) {
        this.transaction.abort();
        throw new DOMException('the disk is full', 'QuotaExceededError');
      }
      return write.apply(this, args);
    };
  Object.assign(IDBObjectStore.prototype, { put: failing(put), add: failing(add), delete: failing(remove) });
  return {
    writes: () => count,
    mend: () => Object.assign(IDBObjectStore.prototype, { put, add, delete: remove }),
  };
}
