import type { EpochLink, PullForget, PullPut, Write } from '../wire/protocol.ts';
import type { Layout } from './idb.ts';
import type { Settled } from './overlay.ts';

/** A document as the office confirmed it. */
export interface Row {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly rivals?: Readonly<Record<string, readonly Write[]>>;
}

/** Lines of a pull that may not be shown yet. */
export type StagedLines = ReadonlyArray<PullPut | PullForget>;

/** How far a pull came: what is shown, or what lies staged. */
export interface FeedRow {
  readonly cursor: string | null;
  readonly epoch: string;
  readonly lineage: readonly EpochLink[];
  /** Of a staged pull: rows that it does not bring are gone (SPEC L3). */
  readonly replace: boolean;
  readonly settled: Settled;
  /** Of a staged first sync: what is fetched and staged before the cursor counts. */
  readonly ready?: Ready;
}

/** Addresses of parts that have not come, and how many of them come before those that may be shown at once (SPEC L7). */
export interface Ready {
  readonly addresses: readonly string[];
  readonly today: number;
}

const OFFICE_S = ['rows', 'staging', 'feed'] as const;
const PERSON_S = ['drafts', 'kept'] as const;

/** What the office can send again is dropped by every new version; drafts, codes and who is signed in are carried over. */
export const ROWS: Layout = {
  name: 'fieldproof-rows',
  version: 1,
  upgrade(database) {
    const there = database.objectStoreNames;
    for (const name of OFFICE_S) if (there.contains(name)) database.deleteObjectStore(name);
    database.createObjectStore('rows', { keyPath: ['kind', 'id'] });
    database.createObjectStore('staging', { autoIncrement: true });
    database.createObjectStore('feed');
    for (const name of PERSON_S) if (!there.contains(name)) database.createObjectStore(name);
  },
};
