import { atom } from 'nanostores';
import { fixtureClient } from '../../src/net/fixture.ts';
import { type FixtureRow, fixtureStore } from '../../src/store/fixture.ts';
import type { Edit, Me, Store } from '../../src/store/index.ts';
import { openBooks } from '../../src/ui/books/books.ts';
import { FIRST, type Kit } from '../../src/ui/phone/kit.ts';
import { type Errand, errandOf } from '../../src/ui/phone/views/errand.ts';
import { at } from '../office/made.ts';

export const NOW = at(10);

const me: Me = {
  user: 'lin',
  name: '林志豪',
  company: 'company',
  company_name: '板橋電器',
  unit: 'ban',
  roles: ['technician'],
  device: 'device-1',
  place: 'field',
};

/** A technician's kit over rows in memory, and what he captured with it. */
export function kitOf(rows: readonly FixtureRow[]) {
  const memory = fixtureStore(rows, NOW);
  const captured: Edit[][] = [];
  const store: Store = {
    ...memory,
    async capture(edits, label, also = {}) {
      captured.push([...edits]);
      await memory.capture(edits, label);
      if (also.draft) await memory.drafts.drop(also.draft);
    },
  };
  const told: { readonly message: string; readonly undo: (() => void) | undefined }[] = [];
  let made = 0;
  const id = () => {
    made += 1;
    return `made-${made}`;
  };
  const kit: Kit = {
    store,
    client: { ...fixtureClient(me), sign: async () => 'signed-by-device' },
    ambient: { now: () => NOW, random: (length) => new Uint8Array(length), id },
    router: { current: atom(FIRST), go: () => {}, replace: () => {}, back: () => {}, stop: () => {} },
    books: openBooks(store),
    clock: atom(NOW),
    tell: (message, undo) => {
      told.push({ message, undo });
    },
  };
  return { kit, captured, told, errand: (job: string) => until(kit, job) };
}

/** The errand, once everything was read. */
async function until(kit: Kit, job: string): Promise<Errand> {
  const books = await new Promise<NonNullable<ReturnType<Kit['books']['get']>>>((resolve) => {
    kit.books.subscribe((read) => read && resolve(read));
  });
  const errand = errandOf(books, job);
  if (!errand) throw new Error(`no errand ${job}`);
  return errand;
}
