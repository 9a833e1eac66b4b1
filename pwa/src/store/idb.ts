/** A database's name, version, and how an older one (0: none) becomes this one. */
export interface Layout {
  readonly name: string;
  readonly version: number;
  readonly upgrade: (database: IDBDatabase, from: number, transaction: IDBTransaction) => void;
}

/** What this browser keeps, in databases of their own. */
export interface Databases {
  readonly outbox: IDBDatabase;
  readonly rows: IDBDatabase;
  readonly blobs: IDBDatabase;
  readonly entrusted: IDBDatabase;
}

/** Opens a database; a newer version in another tab makes this one let go, so that no upgrade ever waits for a tab. */
export async function open(factory: IDBFactory, layout: Layout): Promise<IDBDatabase> {
  const request = factory.open(layout.name, layout.version);
  request.onupgradeneeded = ({ oldVersion }) =>
    layout.upgrade(request.result, oldVersion, request.transaction as IDBTransaction);
  const database = await answer(request);
  database.onversionchange = () => database.close();
  return database;
}

/** The result of one request. */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs an act in one transaction and gives its result once everything is on disk; if it throws, nothing was done.
 *
 * Inside only answers of this transaction may be awaited: anything foreign lets it commit before its time.
 */
export async function transact<T>(
  database: IDBDatabase,
  stores: readonly string[],
  mode: IDBTransactionMode,
  act: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  const transaction = database.transaction(stores, mode, { durability: 'strict' });
  const ended = endOf(transaction);
  try {
    const result = await act(transaction);
    await ended;
    return result;
  } catch (error) {
    abort(transaction);
    await ended.catch(() => {});
    throw error;
  }
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException('aborted', 'AbortError'));
  });
  ended.catch(() => {});
  return ended;
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It is over already: the error came from its own end.
  }
}

/** Every key that begins with these parts: arrays sort before an array that goes on. */
export function beginningWith(...parts: readonly IDBValidKey[]): IDBKeyRange {
  return IDBKeyRange.bound([...parts], [...parts, []]);
}
