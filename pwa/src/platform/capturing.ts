const NAME = 'fieldproof-capturing';
const RETRY_MS = 1000;

/**
 * Says that a person is capturing something that a reload would disturb, until the returned function is called.
 *
 * Held as a Web Lock, so that every tab's update waits for it, and a tab that dies lets go by itself. Where a browser has
 * no locks it installs no app either, and nothing is ever updated under somebody's hands.
 */
export function beginCapture(locks: LockManager | undefined = navigator.locks): () => void {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  void locks?.request(NAME, { mode: 'shared' }, () => over);
  return end;
}

/**
 * Runs the act once no tab is capturing.
 *
 * It asks again and again instead of queueing: a capture that began behind a queued lock would not hold its own yet.
 */
export async function afterCaptures(act: () => void, locks: LockManager = navigator.locks): Promise<void> {
  while (!(await actAlone(act, locks))) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}

function actAlone(act: () => void, locks: LockManager): Promise<boolean> {
  return locks.request(NAME, { ifAvailable: true }, (lock) => {
    if (lock) act();
    return lock !== null;
  });
}
