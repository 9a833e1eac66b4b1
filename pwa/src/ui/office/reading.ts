import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { Client } from '../../net/index.ts';

/** A list that a route tells, as far as it was read; `error` is why the last reading failed. */
export interface Reading<Row> {
  readonly list: readonly Row[];
  readonly read: boolean;
  readonly error: unknown;
}

/** A list that is kept in step, and what reads it anew at once. */
export interface Kept<Row> {
  readonly list: ReadableAtom<Reading<Row>>;
  readonly refresh: () => Promise<void>;
}

const PAUSE_MS = 5000;

/**
 * Keeps a list in step while somebody looks: read anew after each contact with the server, though not more often than
 * every five seconds, and every `everyMs` besides where a change of it reaches nobody by itself.
 */
export function keepReading<Row>(
  client: Client,
  ask: () => Promise<readonly Row[]>,
  everyMs = Number.POSITIVE_INFINITY,
): Kept<Row> {
  const list = atom<Reading<Row>>({ list: [], read: false, error: undefined });
  const refresh = async () => {
    try {
      list.set({ list: await ask(), read: true, error: undefined });
    } catch (error) {
      list.set({ ...list.get(), error });
    }
  };
  onMount(list, () => {
    void refresh();
    const ends = [afterEachContact(client, refresh), every(everyMs, refresh)];
    return () => {
      for (const end of ends) end();
    };
  });
  return { list, refresh };
}

/** A list that whoever looks may not read: it is empty, and nothing is asked. */
export function keepNothing<Row>(): Kept<Row> {
  return { list: atom<Reading<Row>>({ list: [], read: true, error: undefined }), refresh: async () => {} };
}

function afterEachContact({ status }: Client, refresh: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let { contactAt } = status.get();
  const forget = status.listen((now) => {
    if (now.contactAt === contactAt) return;
    contactAt = now.contactAt;
    timer ??= setTimeout(() => {
      timer = undefined;
      void refresh();
    }, PAUSE_MS);
  });
  return () => {
    clearTimeout(timer);
    forget();
  };
}

/** Nobody looks at a page that is hidden. */
function every(ms: number, refresh: () => Promise<void>): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {};
  const timer = setInterval(() => document.visibilityState === 'visible' && void refresh(), ms);
  return () => clearInterval(timer);
}
