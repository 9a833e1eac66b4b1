import { dropBlob } from './blobs.ts';
import { actorsOf, type Person } from './chain.ts';
import { forgetEntrusted } from './entrusted.ts';
import { answer, beginningWith, type Databases, transact } from './idb.ts';
import { type Leaver, recall, remember } from './kept.ts';
import { forgetPin } from './pins.ts';

const CHAINS = ['actors', 'operations', 'stamps', 'receipts', 'devices'] as const;
const ROWS = ['rows', 'staging', 'feed', 'drafts', 'kept'] as const;

/**
 * Forgets everything that this browser has of a person: his chains and the key that signed them, his files, rows,
 * drafts and code, and what was kept for the office. False: something of it neither the office nor an export file has, and nothing was forgotten.
 *
 * What is to be done is written down first, so that a crash at any moment only puts off the rest (`finishWipe`).
 */
export async function wipe(databases: Databases, leaver: Leaver): Promise<boolean> {
  await remember(databases.rows, 'wiping', leaver);
  return finishWipe(databases);
}

/** Goes on with a wipe that was begun; true without one. */
export async function finishWipe(databases: Databases): Promise<boolean> {
  const leaver = await recall(databases.rows, 'wiping');
  if (!leaver) return true;
  const forgotten = await forgetChains(databases.outbox, leaver);
  if (forgotten) {
    await forgetFiles(databases);
    await forgetEntrusted(databases.entrusted, leaver);
  }
  await forgetRows(databases.rows, leaver, forgotten);
  return forgotten;
}

function forgetChains(outbox: IDBDatabase, person: Person): Promise<boolean> {
  return transact(outbox, CHAINS, 'readwrite', async (transaction) => {
    const actors = await actorsOf(transaction, person);
    if (actors.some(({ last_seq, acked_seq, exported_seq }) => last_seq > Math.max(acked_seq, exported_seq)))
      return false;
    for (const { record } of actors) {
      for (const name of ['operations', 'stamps', 'receipts'])
        transaction.objectStore(name).delete(beginningWith(record.actor));
      transaction.objectStore('actors').delete(record.actor);
    }
    transaction.objectStore('devices').delete([person.company, person.user]);
    return true;
  });
}

/** A browser may be several people's: a file that somebody else's work names stays. */
async function forgetFiles({ outbox, blobs }: Databases): Promise<void> {
  const names = await transact(blobs, ['blobs'], 'readonly', (transaction) =>
    answer(transaction.objectStore('blobs').getAllKeys()),
  );
  const named = await transact(outbox, ['operations'], 'readonly', async (transaction) => {
    const index = transaction.objectStore('operations').index('blobs');
    const counts = await Promise.all(names.map((name) => answer(index.count(name))));
    return names.filter((_, place) => counts[place] !== 0);
  });
  for (const name of names) if (!named.includes(name)) await dropBlob(blobs, String(name));
}

function forgetRows(rows: IDBDatabase, leaver: Leaver, forgotten: boolean): Promise<void> {
  return transact(rows, ROWS, 'readwrite', async (transaction) => {
    const kept = transaction.objectStore('kept');
    kept.delete('wiping');
    if (!forgotten) return;
    for (const name of ['rows', 'staging', 'feed']) transaction.objectStore(name).clear();
    transaction.objectStore('drafts').delete(beginningWith(leaver.user));
    kept.put(null, 'me');
    kept.put(leaver, 'wiped');
    kept.delete('contact');
    await forgetPin(kept, leaver);
  });
}
