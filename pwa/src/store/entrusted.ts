import type { Entrusted, EntrustedPage } from '../wire/protocol.ts';
import type { Person } from './chain.ts';
import { answer, beginningWith, type Layout, transact } from './idb.ts';

/** One group that somebody else wrote, kept for the office by the device of one person. */
export interface EntrustedRow extends Person {
  readonly actor: string;
  readonly first: number;
  readonly received_at: number;
  readonly group: Entrusted;
}

/** Where a group stands: its chain, and its first number in it. */
export type GroupPlace = readonly [actor: string, first: number];

/** How far one person's device has kept what is entrusted to it. */
export interface Reached {
  readonly epoch: string;
  /** Where it goes on; it proves how long the office's log was (SPEC E3). */
  readonly mark: string;
  /** The epoch in which everything that is kept here was given back. */
  readonly given?: string;
  /** Chains of which something did not fit then: somebody else may bring what comes before it (SPEC H2). */
  readonly waiting?: readonly string[];
  /** How long the log was that took something of it back: what a later copy of it lacks has to be brought again. */
  readonly proof?: { readonly epoch: string; readonly mark: string };
}

/** By then, by the office's clock, there are newer backups of it than the device's copy would be. */
const KEPT_MS = 60 * 86_400_000;

export const GROUPS = 'groups';
const REACHED = 'reached';

/** What no outbox here has: what the office wrote itself and, in an office, what other devices wrote (SPEC H2, H7). */
export const ENTRUSTED: Layout = {
  name: 'fieldproof-entrusted',
  version: 1,
  upgrade(database) {
    const groups = database.createObjectStore(GROUPS, { keyPath: ['company', 'user', 'actor', 'first'] });
    groups.createIndex('received_at', 'received_at');
    database.createObjectStore(REACHED, { keyPath: ['company', 'user'] });
  },
};

/** Null: it never kept anything. */
export function reachedOf(entrusted: IDBDatabase, { company, user }: Person): Promise<Reached | null> {
  return transact(entrusted, [REACHED], 'readonly', async (transaction) => {
    const row: Reached | undefined = await answer(transaction.objectStore(REACHED).get([company, user]));
    return row ?? null;
  });
}

/**
 * Keeps a page together with how far it reaches, and lets go of what every backup has by now, whoever kept it.
 *
 * False: the page is of an epoch that has not been given back yet what is kept here; nothing is kept before it was.
 */
export function keepPage(entrusted: IDBDatabase, { company, user }: Person, page: EntrustedPage): Promise<boolean> {
  return transact(entrusted, [GROUPS, REACHED], 'readwrite', async (transaction) => {
    const [groups, places] = [transaction.objectStore(GROUPS), transaction.objectStore(REACHED)];
    const before: Reached | undefined = await answer(places.get([company, user]));
    if (before && before.epoch !== page.epoch && before.given !== page.epoch) return false;
    const received = page.groups.map(({ stamps }) => stamps[0]?.[2] ?? 0);
    for (const [place, group] of page.groups.entries()) {
      const { actor, first } = group;
      const received_at = received[place] ?? 0;
      groups.put({ company, user, actor: actor.actor, first, received_at, group } satisfies EntrustedRow);
    }
    places.put({ ...before, company, user, epoch: page.epoch, mark: page.mark });
    const old = IDBKeyRange.upperBound(Math.max(0, ...received) - KEPT_MS);
    for (const key of await answer(groups.index('received_at').getAllKeys(old))) groups.delete(key);
    return true;
  });
}

/** Remembers that an office of a new epoch was brought everything that is kept here, and of which chains not all fitted. */
export function noteGiven(
  entrusted: IDBDatabase,
  person: Person,
  epoch: string,
  waiting: readonly string[],
): Promise<void> {
  return change(entrusted, person, { given: epoch, waiting });
}

/** Remembers how long the log was that took something back (SPEC E3). */
export function noteProof(entrusted: IDBDatabase, person: Person, epoch: string, mark: string): Promise<void> {
  return change(entrusted, person, { proof: { epoch, mark } });
}

function change(entrusted: IDBDatabase, { company, user }: Person, change: Partial<Reached>): Promise<void> {
  return transact(entrusted, [REACHED], 'readwrite', async (transaction) => {
    const places = transaction.objectStore(REACHED);
    const before: Reached | undefined = await answer(places.get([company, user]));
    if (before) places.put({ ...before, ...change });
  });
}

/** The next groups behind a place, up to a chain or to the last (null), in the order of their chains. */
export function nextGroups(
  entrusted: IDBDatabase,
  { company, user }: Person,
  after: GroupPlace,
  until: string | null,
  count: number,
): Promise<readonly Entrusted[]> {
  return transact(entrusted, [GROUPS], 'readonly', async (transaction) => {
    const range = IDBKeyRange.bound([company, user, ...after], [company, user, until ?? []], true, true);
    const rows: EntrustedRow[] = await answer(transaction.objectStore(GROUPS).getAll(range, count));
    return rows.map(({ group }) => group);
  });
}

/** Forgets what was kept by a person's device. */
export function forgetEntrusted(entrusted: IDBDatabase, { company, user }: Person): Promise<void> {
  return transact(entrusted, [GROUPS, REACHED], 'readwrite', async (transaction) => {
    transaction.objectStore(GROUPS).delete(beginningWith(company, user));
    transaction.objectStore(REACHED).delete([company, user]);
  });
}
