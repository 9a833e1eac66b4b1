/**
 * Asks the browser never to clear what is stored here for want of room; whether it agreed, undefined where it cannot say.
 *
 * Firefox asks the person first: nobody may wait for the answer before he goes on.
 */
export async function askToKeep(storage: StorageManager | undefined = navigator.storage): Promise<boolean | undefined> {
  return storage?.persist?.().catch(() => false);
}

/** Whether the browser agreed to that already; undefined where it cannot say. */
export async function isKept(storage: StorageManager | undefined = navigator.storage): Promise<boolean | undefined> {
  return storage?.persisted?.().catch(() => undefined);
}
