import type { Device } from './ports.ts';

/** How long a command waits for what was captured before it; then the office judges it by what it has. */
const MOST_MS = 3_000;
const LOOK_AGAIN_MS = 50;

/**
 * Sends what is unsent before a command is given: it is meant for what stands on the screen, not for what was there.
 *
 * Whoever is not signed in has captured nothing: he founds a company, or sets a password.
 */
export async function sentFirst(
  { outbox, person }: Pick<Device, 'outbox' | 'person'>,
  send: () => void,
): Promise<void> {
  if (!person.me.get()) return;
  for (let waited = 0; (await outbox.pending()).count > 0 && waited < MOST_MS; waited += LOOK_AGAIN_MS) {
    if (waited === 0) send();
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}
