import { atom, onMount, type ReadableAtom } from 'nanostores';

/** Now in epoch milliseconds, anew after every step while somebody looks. */
export function clockOf({ now }: { readonly now: () => number }, stepMs: number): ReadableAtom<number> {
  const clock = atom(now());
  onMount(clock, () => {
    clock.set(now());
    const timer = setInterval(() => clock.set(now()), stepMs);
    return () => clearInterval(timer);
  });
  return clock;
}
