import { hasRoom } from '../../platform/room.ts';
import { shrunk } from '../../platform/shrinking.ts';
import { type Whereabouts, whereabouts } from '../../platform/whereabouts.ts';
import type { Doc } from '../../store/index.ts';
import { MAX_PHOTO_BYTES, MAX_PHOTO_SIDE } from '../../wire/limits.ts';
import { Deed } from '../parts/deed.svelte.ts';
import { isFull, NoRoom } from '../parts/trouble.ts';
import type { Kit } from './kit.ts';
import { type Captured, changePhoto, placePhoto, type Shot, takePhoto } from './views/deeds.ts';
import type { Errand } from './views/errand.ts';

const SOON_MS = 300;

/** Taking photos of a visit, and what is done with them. The visit goes on whatever becomes of a photo. */
export class Photographing extends Deed {
  /** The photo that was deleted last, until it cannot be had back any more. */
  removed = $state.raw<Doc<'photo'>>();
  readonly #kit: Kit;
  #where: Promise<Whereabouts | null> | undefined;

  constructor(kit: Kit) {
    super();
    this.#kit = kit;
  }

  /** The camera opens: meanwhile the device finds out where it is. */
  aim(): void {
    this.#where = whereabouts();
  }

  /** Shrinks and keeps photos one after the other; a place that is found later is added to its photo then. */
  take(errand: Errand, photos: readonly Blob[]): Promise<boolean> {
    const where = this.#where ?? whereabouts();
    this.#where = undefined;
    return this.run(async () => {
      for (const photo of photos) await this.#take(errand, photo, where);
    });
  }

  caption(errand: Errand, photo: Doc<'photo'>, caption: string): Promise<boolean> {
    return this.run(() => this.#capture(changePhoto(errand, photo, { caption: caption.trim() || null })));
  }

  async remove(errand: Errand, photo: Doc<'photo'>): Promise<void> {
    const done = await this.run(() => this.#capture(changePhoto(errand, photo, { deleted: true })));
    if (done) this.removed = photo;
  }

  async bringBack(errand: Errand): Promise<void> {
    const photo = this.removed;
    this.removed = undefined;
    if (photo) await this.run(() => this.#capture(changePhoto(errand, photo, { deleted: null })));
  }

  async #take(errand: Errand, photo: Blob, where: Promise<Whereabouts | null>): Promise<void> {
    const { store, ambient } = this.#kit;
    const taken_at = ambient.now();
    const { file, width, height } = await shrunk(photo, { side: MAX_PHOTO_SIDE, bytes: MAX_PHOTO_BYTES });
    if (!(await hasRoom(file.size))) throw new NoRoom();
    const known = await soon(where);
    const id = ambient.id();
    const image_sha256 = await store.blobs.keep(file).catch(orNoRoom);
    const shot: Shot = { image_sha256, width, height, size: file.size, taken_at, ...known };
    try {
      await this.#capture(takePhoto(errand, id, shot));
    } catch (error) {
      await store.blobs.drop(image_sha256);
      orNoRoom(error);
    }
    if (!known) void where.then((found) => found && this.#capture(placePhoto(errand, id, found)));
  }

  #capture({ edits, label }: Captured): Promise<void> {
    return this.#kit.store.capture(edits, label);
  }
}

function orNoRoom(error: unknown): never {
  throw isFull(error) ? new NoRoom() : error;
}

/** What is known at once; nobody waits for a satellite. */
function soon<T>(asked: Promise<T | null>): Promise<T | null> {
  return Promise.race([asked, new Promise<null>((resolve) => setTimeout(() => resolve(null), SOON_MS))]);
}
