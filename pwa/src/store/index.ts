import { atom } from 'nanostores';
import type { Ambient } from '../platform/ambient.ts';
import { joinTabs } from '../platform/tabs.ts';
import { BLOBS, forgetDelivered } from './blobs.ts';
import { NotReady } from './capturing.ts';
import type { Person } from './chain.ts';
import { type Change, deviceSide, type Inside } from './device.ts';
import { ENTRUSTED } from './entrusted.ts';
import { forgetErased } from './erasing.ts';
import { type Databases, open } from './idb.ts';
import { type Leaver, type Me, recall } from './kept.ts';
import { OUTBOX } from './outbox_database.ts';
import { moveOlderPins, type Pins, pinsOn } from './pins.ts';
import { ROWS } from './rows_database.ts';
import { screenSide } from './screens.ts';
import type { Store } from './store.ts';
import { finishWipe } from './wiping.ts';

export { NotReady, TooLarge, Unfit } from './capturing.ts';
export type { Doc } from './doc.ts';
export type { Edit } from './edit.ts';
export { SEARCHES } from './erasing.ts';
export type { Draft, Drafts, Me, PinRecord } from './kept.ts';
export type { Label } from './outbox_database.ts';
export type { FileState, ItemState, OutboxItem, OutboxView } from './outbox_view.ts';
export { ownerOf, type Pins } from './pins.ts';
export type { Receipts } from './receipts_file.ts';
export type { Seen } from './seen.ts';
export type { Files, Store } from './store.ts';

/** A store on this device's disk; `device` is for `connect`, `pins` for the lock. */
export interface DiskStore extends Store {
  readonly pins: Pins;
  readonly device: ReturnType<typeof deviceSide>;
  /** Lets go of the disk once nothing is being read any more. */
  readonly close: () => Promise<void>;
}

/** How long a file stays here that the office has: as long as a backup may be old from which the office is restored. */
const DELIVERED_KEPT_MS = 30 * 86_400_000;

/** Opens the device's databases and begins to keep every tab in step; `older` is where older versions kept codes. */
export async function openStore(
  ambient: Ambient,
  factory: IDBFactory = indexedDB,
  older: Storage = localStorage,
): Promise<DiskStore> {
  const [outbox, rows, blobs, entrusted] = await Promise.all(
    [OUTBOX, ROWS, BLOBS, ENTRUSTED].map((layout) => open(factory, layout)),
  );
  if (!outbox || !rows || !blobs || !entrusted) throw new Error('a database did not open');
  const databases: Databases = { outbox, rows, blobs, entrusted };
  await moveOlderPins(rows, older);
  await finishWipe(databases);
  await forgetErased(databases);
  await forgetDelivered(blobs, ambient.now() - DELIVERED_KEPT_MS);
  const me = atom<Me | null | undefined>((await recall(rows, 'me')) ?? null);
  const wiped = atom<Leaver | null>((await recall(rows, 'wiped')) ?? null);
  const tabs = joinTabs<Change>('fieldproof-store');
  const inside: Inside = {
    databases,
    ambient,
    me,
    wiped,
    person: () => personOf(me.get()),
    tell: tabs.tell,
    onCapture: (hear) => tabs.listen(([what]) => what === 'captured' && hear()),
  };
  const screens = screenSide(inside);
  const { pins, ...codes } = pinsOn(rows);
  await codes.refresh();
  tabs.listen((change) => {
    if (change[0] === 'me') me.set(change[1]);
    if (change[0] === 'wiped') {
      wiped.set(change[1]);
      void codes.refresh();
    }
    screens.changed(change);
  });
  const close = async () => {
    tabs.close();
    await Promise.all([screens.quiet(), codes.close()]);
    for (const database of Object.values(databases)) database.close();
  };
  return { ...screens.store, pins, device: deviceSide(inside), close };
}

function personOf(me: Me | null | undefined): Person {
  if (!me) throw new NotReady();
  return me;
}
