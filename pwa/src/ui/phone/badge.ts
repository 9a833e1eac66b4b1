import type { ReadableAtom } from 'nanostores';
import type { OutboxView } from '../../store/index.ts';

/** Shows on the app's icon how many records are only on this phone, where the system has badges; gives what ends it. */
export function badged(outbox: ReadableAtom<OutboxView | undefined>, system: Partial<Navigator>): () => void {
  const unsent = (view: OutboxView | undefined) => (view?.unsent ?? 0) + (view?.attention ?? 0);
  return outbox.subscribe((view) => {
    if (view) system.setAppBadge?.(unsent(view)).catch(() => {});
  });
}
