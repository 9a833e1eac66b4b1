import { link } from '../core/chain.ts';
import type { Code } from '../wire/problems.ts';
import { answer, type Layout, transact } from './idb.ts';

/** What is known of a file that somebody captured here, under the SHA-256 of its bytes. */
export interface BlobRow {
  readonly sha256: string;
  readonly size: number;
  readonly type: string;
  /** An index finds only what the office does not have yet. */
  readonly waiting?: 1;
  readonly exported: boolean;
  /** Why the office would not take it. */
  readonly problem: Code | null;
  /** Where the office takes its parts in: an upload that was cut goes on there. */
  readonly upload?: string;
  /** When the office had it, and in which epoch: one that was restored since may have lost it. */
  readonly delivered_at?: number;
  readonly delivered_in?: string;
}

/** A file with its bytes. */
export interface FileRow extends BlobRow {
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const STORES = ['blobs', 'contents'];

/**
 * Files wait here until the office has them; nothing is evicted before.
 *
 * Version 2 has the bytes beside the rows: lists are read without them. What version 1 had is carried over.
 */
export const BLOBS: Layout = {
  name: 'fieldproof-blobs',
  version: 2,
  upgrade(database, from, transaction) {
    const contents = database.createObjectStore('contents');
    if (from === 0) database.createObjectStore('blobs', { keyPath: 'sha256' }).createIndex('waiting', 'waiting');
    else setBytesApart(transaction.objectStore('blobs'), contents);
  },
};

function setBytesApart(blobs: IDBObjectStore, contents: IDBObjectStore): void {
  const walk = blobs.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    const { bytes, ...row }: FileRow = cursor.value;
    contents.put(bytes, row.sha256);
    cursor.update({ ...row, size: bytes.length });
    cursor.continue();
  };
}

/** Keeps a file and gives its name; resolves when it is durable. */
export async function keepBlob(blobs: IDBDatabase, file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = link(bytes);
  const fresh: BlobRow = { sha256, size: bytes.length, type: file.type, waiting: 1, exported: false, problem: null };
  await transact(blobs, STORES, 'readwrite', async (transaction) => {
    const [rows, contents] = [transaction.objectStore('blobs'), transaction.objectStore('contents')];
    if ((await answer(contents.count(sha256))) > 0) return;
    contents.put(bytes, sha256);
    rows.put(fresh);
  });
  return sha256;
}

/** The file of that name, null when it is not on this device. */
export function readBlob(blobs: IDBDatabase, sha256: string): Promise<Blob | null> {
  return transact(blobs, STORES, 'readonly', async (transaction) => {
    const row: BlobRow | undefined = await answer(transaction.objectStore('blobs').get(sha256));
    const bytes: Uint8Array<ArrayBuffer> | undefined = await answer(transaction.objectStore('contents').get(sha256));
    return row && bytes ? new Blob([bytes], { type: row.type }) : null;
  });
}

/** Everything that the office does not have yet. */
export function waitingBlobs(blobs: IDBDatabase): Promise<readonly BlobRow[]> {
  return transact(blobs, ['blobs'], 'readonly', (transaction) =>
    answer(transaction.objectStore('blobs').index('waiting').getAll()),
  );
}

/** These files with their bytes. */
export function withBytes(blobs: IDBDatabase, rows: readonly BlobRow[]): Promise<readonly FileRow[]> {
  return transact(blobs, ['contents'], 'readonly', (transaction) => {
    const contents = transaction.objectStore('contents');
    return Promise.all(rows.map(async (row) => ({ ...row, bytes: await answer(contents.get(row.sha256)) })));
  });
}

/** Which of these names have their files here. */
export function keptAmong(blobs: IDBDatabase, names: readonly string[]): Promise<readonly string[]> {
  return transact(blobs, ['blobs'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const counts = await Promise.all(names.map((name) => answer(store.count(name))));
    return names.filter((_, place) => counts[place] === 1);
  });
}

/** When the office had those of these files that it has. */
export function deliveries(blobs: IDBDatabase, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return transact(blobs, ['blobs'], 'readonly', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const rows = await Promise.all(names.map((name) => answer<BlobRow | undefined>(store.get(name))));
    return new Map(rows.flatMap((row) => (row?.delivered_at ? [[row.sha256, row.delivered_at]] : [])));
  });
}

/** Where the office takes in the parts of a file; null: nowhere yet. */
export async function uploadOf(blobs: IDBDatabase, sha256: string): Promise<string | null> {
  const row = await transact(blobs, ['blobs'], 'readonly', (transaction) =>
    answer<BlobRow | undefined>(transaction.objectStore('blobs').get(sha256)),
  );
  return row?.upload ?? null;
}

export function keepUpload(blobs: IDBDatabase, sha256: string, upload: string): Promise<void> {
  return change(blobs, sha256, (row) => ({ ...row, upload }));
}

/** The office of an epoch has the file. */
export function deliver(blobs: IDBDatabase, sha256: string, now: number, epoch: string): Promise<void> {
  return change(blobs, sha256, ({ waiting: _, upload: __, ...row }) => ({
    ...row,
    problem: null,
    delivered_at: now,
    delivered_in: epoch,
  }));
}

/** Lets every file wait again that an office of another epoch had: one that was restored is asked whether it has it. */
export function sendAgain(blobs: IDBDatabase, epoch: string): Promise<boolean> {
  return transact(blobs, ['blobs'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const rows: BlobRow[] = await answer(store.getAll());
    const over = rows.filter(({ waiting, delivered_in }) => !waiting && delivered_in !== epoch);
    for (const row of over) store.put({ ...row, waiting: 1 });
    return over.length > 0;
  });
}

/** Lets those of these files wait that are here, whatever the office once had of them; gives those that are not here. */
export async function sendWanted(blobs: IDBDatabase, names: readonly string[]): Promise<readonly string[]> {
  const here = await keptAmong(blobs, names);
  for (const name of here) await change(blobs, name, (row) => ({ ...row, waiting: 1 }));
  return names.filter((name) => !here.includes(name));
}

/** The office would not take the file; it stays here and is tried again. */
export function refuse(blobs: IDBDatabase, sha256: string, problem: Code): Promise<void> {
  return change(blobs, sha256, (row) => ({ ...row, problem }));
}

/** Lets go of files that the office has had since before then. */
export function forgetDelivered(blobs: IDBDatabase, before: number): Promise<void> {
  return transact(blobs, STORES, 'readwrite', async (transaction) => {
    const rows: BlobRow[] = await answer(transaction.objectStore('blobs').getAll());
    const over = rows.filter(({ waiting, delivered_at = 0 }) => !waiting && delivered_at < before);
    for (const name of STORES) for (const { sha256 } of over) transaction.objectStore(name).delete(sha256);
  });
}

/** Lets go of a file that nothing came to name. */
export function dropBlob(blobs: IDBDatabase, sha256: string): Promise<void> {
  return transact(blobs, STORES, 'readwrite', async (transaction) => {
    for (const name of STORES) transaction.objectStore(name).delete(sha256);
  });
}

/** A file holds these. */
export async function markExported(blobs: IDBDatabase, names: readonly string[]): Promise<void> {
  for (const name of names) await change(blobs, name, (row) => ({ ...row, exported: true }));
}

function change(blobs: IDBDatabase, sha256: string, to: (row: BlobRow) => BlobRow): Promise<void> {
  return transact(blobs, ['blobs'], 'readwrite', async (transaction) => {
    const store = transaction.objectStore('blobs');
    const row = await answer<BlobRow | undefined>(store.get(sha256));
    if (row) store.put(to(row));
  });
}
