import { atom, type ReadableAtom } from 'nanostores';

/** An atom whose value is read anew, and when to do that. */
export interface Live<Value> {
  readonly value: ReadableAtom<Value | undefined>;
  readonly refresh: () => Promise<void>;
  /** Resolves when nothing is being read. */
  readonly quiet: () => Promise<void>;
}

/** An atom that holds what was last read; changes that come while it reads make it read once more, not once each. */
export function live<Value>(read: () => Promise<Value>): Live<Value> {
  const value = atom<Value | undefined>();
  let reading: Promise<void> | null = null;
  let stale = false;
  const readAll = async () => {
    try {
      do {
        stale = false;
        value.set(await read());
      } while (stale);
    } finally {
      // In the same turn as the last look at `stale`: a change behind it begins a reading of its own.
      reading = null;
    }
  };
  const refresh = () => {
    stale = true;
    reading ??= readAll();
    return reading;
  };
  return { value, refresh, quiet: async () => reading ?? undefined };
}
