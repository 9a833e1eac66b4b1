import type { ReadableAtom } from 'nanostores';
import { joinTabs } from '../platform/tabs.ts';
import type { Person } from './chain.ts';
import { answer, transact } from './idb.ts';
import { type Leaver, type PinRecord, type PinRecords, recall } from './kept.ts';
import { live } from './live.ts';

/** By which name the codes know a person. */
export const ownerOf = ({ company, user }: Person) => `${company}/${user}`;

/** The codes of the lock, as every tab has them. */
export interface Pins {
  readonly records: ReadableAtom<PinRecords | undefined>;
  /**
   * Puts another code or count in the place of what is kept (null: none), and gives it once it is on the disk; `to` is
   * handed what is kept at that moment, whatever another tab has done, and must not wait for anything.
   */
  readonly change: (owner: string, to: (kept: PinRecord | null) => PinRecord | null) => Promise<PinRecord | null>;
}

/** The codes on this disk, in step with other tabs from the first `refresh` on. */
export function pinsOn(rows: IDBDatabase) {
  const tabs = joinTabs<'changed'>('fieldproof-pins');
  const { value: records, refresh, quiet } = live(async () => (await recall(rows, 'pins')) ?? {});
  tabs.listen(() => void refresh());
  const change: Pins['change'] = async (owner, to) => {
    const next = await transact(rows, ['kept'], 'readwrite', async (transaction) => {
      const kept = transaction.objectStore('kept');
      const { [owner]: before = null, ...others } = await pinsIn(kept);
      const after = to(before);
      kept.put(after ? { ...others, [owner]: after } : others, 'pins');
      return after;
    });
    tabs.tell('changed');
    await quiet();
    return next;
  };
  const close = async () => {
    tabs.close();
    await quiet();
  };
  const pins: Pins = { records, change };
  return { pins, refresh, close };
}

/** Forgets one person's code, in a transaction that forgets the person. */
export async function forgetPin(kept: IDBObjectStore, person: Person): Promise<void> {
  const { [ownerOf(person)]: _, ...others } = await pinsIn(kept);
  kept.put(others, 'pins');
}

async function pinsIn(kept: IDBObjectStore): Promise<PinRecords> {
  const found: PinRecords | undefined = await answer(kept.get('pins'));
  return found ?? {};
}

const OLDER = 'fieldproof-pin/';

/**
 * Moves the codes of older versions, once, out of `localStorage`, which browsers write late. From then on only what
 * stands here counts: what is found there again was put back by a browser that was killed, and may be older.
 *
 * A crash at any moment loses nothing: nothing goes there before it is on the disk here.
 */
export async function moveOlderPins(rows: IDBDatabase, older: Storage): Promise<void> {
  const names = Object.keys(older).filter((name) => name.startsWith(OLDER));
  if ((await recall(rows, 'pins')) === undefined) {
    const found = names.map((name) => [name.slice(OLDER.length), recordIn(older.getItem(name))] as const);
    await keepFirst(rows, Object.fromEntries(found.filter(isWhole)));
  }
  for (const name of names) older.removeItem(name);
}

/** Another tab may have been faster. A person who was wiped here is not brought back by half: his code goes too. */
function keepFirst(rows: IDBDatabase, found: PinRecords): Promise<void> {
  return transact(rows, ['kept'], 'readwrite', async (transaction) => {
    const kept = transaction.objectStore('kept');
    if ((await answer(kept.get('pins'))) !== undefined) return;
    const wiped: Leaver | null | undefined = await answer(kept.get('wiped'));
    kept.put(found, 'pins');
    if (wiped) await forgetPin(kept, wiped);
  });
}

const isWhole = (entry: readonly [string, PinRecord | null]): entry is readonly [string, PinRecord] =>
  entry[1] !== null;

/** Null: no code that anybody could enter. */
function recordIn(text: string | null): PinRecord | null {
  try {
    const { salt, hash, wrong } = JSON.parse(text ?? '{}');
    return typeof salt === 'string' && typeof hash === 'string' && Number.isInteger(wrong)
      ? { salt, hash, wrong }
      : null;
  } catch {
    return null;
  }
}
