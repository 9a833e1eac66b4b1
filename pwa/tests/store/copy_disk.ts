import { IDBFactory } from 'fake-indexeddb';
import { answer } from '../../src/store/idb.ts';

/** A copy of everything on a disk: what restoring a phone from a backup, or cloning it, makes. */
export async function copyDisk(disk: IDBFactory): Promise<IDBFactory> {
  const copy = new IDBFactory();
  for (const { name = '', version = 1 } of await disk.databases()) {
    const from = await answer(disk.open(name));
    const to = await opened(copy, name, version, (target) => copyLayout(from, target));
    await copyRows(from, to);
    from.close();
    to.close();
  }
  return copy;
}

function opened(disk: IDBFactory, name: string, version: number, make: (database: IDBDatabase) => void) {
  const request = disk.open(name, version);
  request.onupgradeneeded = () => make(request.result);
  return answer(request);
}

function copyLayout(from: IDBDatabase, to: IDBDatabase): void {
  const transaction = from.transaction([...from.objectStoreNames]);
  for (const name of from.objectStoreNames) {
    const { keyPath, autoIncrement, indexNames, index } = transaction.objectStore(name);
    const made = to.createObjectStore(name, { keyPath, autoIncrement });
    for (const each of indexNames) {
      const { keyPath: path, multiEntry, unique } = index.call(transaction.objectStore(name), each);
      made.createIndex(each, path, { multiEntry, unique });
    }
  }
}

async function copyRows(from: IDBDatabase, to: IDBDatabase): Promise<void> {
  for (const name of from.objectStoreNames) {
    const store = from.transaction([name]).objectStore(name);
    const [keys, values] = await Promise.all([answer(store.getAllKeys()), answer(store.getAll())]);
    const target = to.transaction([name], 'readwrite').objectStore(name);
    for (const [place, value] of values.entries()) {
      await answer(target.keyPath === null ? target.put(value, keys[place]) : target.put(value));
    }
  }
}
