import { link } from '../core/chain.ts';
import type { Code } from '../wire/problems.ts';
import { answer, type Layout, transact } from './idb.ts';

/** A file that somebody captured here, under the SHA-256 of its bytes. */
export interface BlobRow {
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  /** An index finds only what the office does not have yet. */
  readonly waiting?: 1;
  readonly exported: boolean;
  /** Why the office would not take it. */
  readonly problem: Code | null;
}

/** Files wait here until the office has them; nothing is evicted before. */
export const BLOBS: Layout = {
  name: 'fieldproof-blobs',
  version: 1,
  upgrade(database) {
    database.createObjectStore('blobs', { keyPath: 'sha256' }).createIndex('waiting', 'waiting');
  },
};

/** Keeps a file and gives its name; resolves when it is durable. */
export async function keepBlob(blobs: IDBDatabase, file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = link(bytes);
  await change(
    blobs,
    sha256,
    (known) => known ?? { sha256, bytes, type: file.type, waiting: 1, exported: false, problem: null },
  );
  return sha256;
}

/** The file of that name, null when it is not on this device. */
export async function readBlob(blobs: IDBDatabase, sha256: string): Promise<Blob | null> {
  const row = await blobRow(blobs, sha256);
  return row ? new Blob([row.bytes], { type: row.type }) : null;
}

export function blobRow(blobs: IDBDatabase, sha256: string): Promise<BlobRow | undefined> {
  return transact(blobs, ['blobs'], 'readonly', (transaction) => answer(transaction.objectStore('blobs').get(sha256)));
}

/** Everything that the office does not have yet. */
export function waitingBlobs(blobs: IDBDatabase): Promise<readonly BlobRow[]> {
  return transact(blobs, ['blobs'], 'readonly', (transaction) =>
    answer(transaction.objectStore('blobs').index('waiting').getAll()),
  );
}

/** Which of these names have their files here. */
export function keptAmong(blobs: IDBDatabase, names: readonly string[]): Promise<readonly string[]> {
  return transact(blobs, ['blobs'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const counts = await Promise.all(names.map((name) => answer(store.count(name))));
    return names.filter((_, place) => counts[place] === 1);
  });
}

/** The office has the file. */
export function deliver(blobs: IDBDatabase, sha256: string): Promise<void> {
  return change(blobs, sha256, (row) => {
    if (!row) return undefined;
    const { waiting: _, ...delivered } = row;
    return { ...delivered, problem: null };
  });
}

/** The office would not take the file; it stays here and is tried again. */
export function refuse(blobs: IDBDatabase, sha256: string, problem: Code): Promise<void> {
  return change(blobs, sha256, (row) => row && { ...row, problem });
}

/** Lets go of every file that the office has. */
export function forgetDelivered(blobs: IDBDatabase): Promise<void> {
  return transact(blobs, ['blobs'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const waiting: BlobRow[] = await answer(store.index('waiting').getAll());
    const names = new Set<IDBValidKey>(waiting.map(({ sha256 }) => sha256));
    for (const name of await answer(store.getAllKeys())) if (!names.has(name)) store.delete(name);
  });
}

/** A file holds these. */
export async function markExported(blobs: IDBDatabase, names: readonly string[]): Promise<void> {
  for (const name of names) await change(blobs, name, (row) => row && { ...row, exported: true });
}

function change(
  blobs: IDBDatabase,
  sha256: string,
  to: (row: BlobRow | undefined) => BlobRow | undefined,
): Promise<void> {
  return transact(blobs, ['blobs'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const row = to(await answer<BlobRow | undefined>(store.get(sha256)));
    if (row) store.put(row);
  });
}
