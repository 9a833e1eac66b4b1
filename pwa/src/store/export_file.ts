import { toBase64Url } from '../platform/base64url.ts';
import type { BlobRow } from './blobs.ts';
import { actorsOf, type Person, stretch } from './chain.ts';
import { answer, transact } from './idb.ts';
import type { ActorRow, OperationRow } from './outbox_database.ts';

const FORMAT = 'fieldproof-outbox-1';

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

/** Unsent work as JSON lines: what it is, then chains, their operations as they would be sent, and files. */
export function exportLines(unsent: readonly Unsent[], blobs: readonly BlobRow[], person: Person, at: number): string {
  const chains = unsent.flatMap(({ actor, operations }) => [
    { actor: actor.record, acked_seq: actor.acked_seq, last_seq: actor.last_seq, head: actor.head },
    ...operations.map(({ seq, text, sha256, head }) => ({ seq, text, sha256, head })),
  ]);
  const files = blobs.map(({ sha256, type, bytes }) => ({ blob: sha256, type, bytes: toBase64Url(bytes) }));
  const { company, user } = person;
  const lines = [{ format: FORMAT, company, user, at }, ...chains, ...files];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
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
