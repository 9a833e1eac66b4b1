/** Room that photos leave for records: an hour of writing must never fail for want of it. */
const KEPT_FREE_BYTES = 20_971_520;

/** Whether this device has room for a photo, and for the records after it; true where the browser does not tell. */
export async function hasRoom(
  bytes: number,
  storage: StorageManager | undefined = navigator.storage,
): Promise<boolean> {
  const { quota, usage } = (await storage?.estimate?.()) ?? {};
  return quota === undefined || usage === undefined || quota - usage >= bytes + KEPT_FREE_BYTES;
}
