import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { ReadableAtom } from 'nanostores';
import { afterEach } from 'vitest';
import type { Ambient } from '../../src/platform/ambient.ts';
import { makeIds } from '../../src/platform/ids.ts';
import { type DiskStore, type Me, openStore } from '../../src/store/index.ts';
import type { PullPut } from '../../src/wire/protocol.ts';

export const EPOCH = 'epoch-one';
export const START = Date.UTC(2026, 10, 23, 1, 0);

/** A clock that stands still until a test moves it, and ids that sort by it. */
export interface TestAmbient extends Ambient {
  time: number;
}

export function testAmbient(): TestAmbient {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const surroundings = { time: START, now: () => surroundings.time, random, id: () => '' };
  surroundings.id = makeIds(surroundings.now, random);
  return surroundings;
}

export const TECHNICIAN: Me = {
  user: 'technician-one',
  name: '陳志明',
  company: 'company-one',
  company_name: '板橋電器',
  unit: 'unit-banqiao',
  roles: ['technician'],
  device: 'device-one',
  place: 'field',
};

const opened: DiskStore[] = [];
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

const Channel = BroadcastChannel;
const names = new WeakMap<IDBFactory, string>();

/** Lets tabs that are opened from now on speak only with tabs of the same disk. */
function speakOn(disk: IDBFactory): void {
  const browserName = names.get(disk) ?? crypto.randomUUID();
  names.set(disk, browserName);
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(`${browserName} ${name}`);
    }
  };
}

/** A `localStorage` as an older version may have left it. */
export function olderStorage(kept: Readonly<Record<string, string>> = {}): Storage {
  const ways = {
    getItem(this: Record<string, string>, name: string) {
      return this[name] ?? null;
    },
    removeItem(this: Record<string, string>, name: string) {
      delete this[name];
    },
  };
  return Object.assign(Object.create(ways), kept);
}

/** A browser's disk, and tabs that open it; closing a tab leaves the disk as it is. */
export function browser(ambient: TestAmbient = testAmbient(), disk = new IDBFactory(), older = olderStorage()) {
  const tab = async () => {
    speakOn(disk);
    const store = await openStore(ambient, disk, older);
    opened.push(store);
    return store;
  };
  return { ambient, disk, tab };
}

/** A tab of a browser in which a technician is signed in, enrolled, and has pulled these rows. */
export async function readyTab(rows: readonly PullPut[] = [], at = browser()) {
  const store = await at.tab();
  await store.device.person.become(TECHNICIAN);
  await store.device.outbox.begin(actorRecord('actor-one'), null);
  await shown(store, rows);
  return { ...at, store };
}

export function actorRecord(actor: string, parent: string | null = null, parent_seq = 0) {
  const { company, user } = TECHNICIAN;
  return { actor, company, device: 'device-one', user, place: 'field' as const, epoch: EPOCH, parent, parent_seq };
}

/** Shows rows as a pull that has just ended would. */
export async function shown(store: DiskStore, rows: readonly PullPut[], replace = true) {
  const settled = await store.device.outbox.acknowledged();
  await store.device.rows.show({ epoch: EPOCH, lineage: [[EPOCH, null, 0]], replace }, rows, 'cursor-1', settled);
}

export function row(kind: string, id: string, position: number, fields: Record<string, unknown>, rivals?: PullPut[5]) {
  return (rivals ? ['put', kind, id, position, fields, rivals] : ['put', kind, id, position, fields]) as PullPut;
}

/** What an export holds that somebody took, as text. */
export async function exported(store: Pick<DiskStore, 'exportFile'>): Promise<string> {
  const taken: string[] = [];
  await store.exportFile(async (work) => void taken.push(JSON.stringify(work)));
  return taken.join();
}

/** What an atom says once it says something that holds. */
export function until<T>(value: ReadableAtom<T>, holds: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    let end = () => {};
    let found = false;
    end = value.subscribe((now) => {
      if (found || !holds(now as T)) return;
      found = true;
      resolve(now as T);
      queueMicrotask(() => end());
    });
  });
}

export function known<T>(value: ReadableAtom<T | undefined>): Promise<T> {
  return until(value, (now) => now !== undefined) as Promise<T>;
}
