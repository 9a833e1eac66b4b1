import { atom, onMount, type ReadableAtom } from 'nanostores';
import type { Ambient } from '../../platform/ambient.ts';

const TICK_MS = 30_000;

/** Now in epoch milliseconds, anew every half minute while somebody looks. */
export function clockOf({ now }: Pick<Ambient, 'now'>): ReadableAtom<number> {
  const clock = atom(now());
  onMount(clock, () => {
    clock.set(now());
    const timer = setInterval(() => clock.set(now()), TICK_MS);
    return () => clearInterval(timer);
  });
  return clock;
}
