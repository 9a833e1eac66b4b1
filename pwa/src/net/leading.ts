const LOCK = 'fieldproof-sync';

/**
 * Does the work while this is the tab that leads, from when the one before lets go or dies until the signal (SPEC V4).
 *
 * `begin` gives what ends the work.
 */
export function lead(locks: LockManager, signal: AbortSignal, begin: () => () => void): void {
  const work = () =>
    new Promise<void>((resolve) => {
      const end = begin();
      signal.addEventListener('abort', () => {
        end();
        resolve();
      });
    });
  locks.request(LOCK, { signal }, work).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
