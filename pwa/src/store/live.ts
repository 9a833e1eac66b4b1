import { atom, type ReadableAtom } from 'nanostores';

/** An atom whose value is read anew, and when to do that. */
export interface Live<Value> {
  readonly value: ReadableAtom<Value | undefined>;
  readonly refresh: () => Promise<void>;
}

/** An atom that holds what was last read; changes that come while it reads make it read once more, not once each. */
export function live<Value>(read: () => Promise<Value>): Live<Value> {
  const value = atom<Value | undefined>();
  let reading: Promise<void> | null = null;
  let stale = false;
  const readAll = async () => {
    do {
      stale = false;
      value.set(await read());
    } while (stale);
  };
  const refresh = () => {
    stale = true;
    reading ??= readAll().finally(() => {
      reading = null;
    });
    return reading;
  };
  return { value, refresh };
}
