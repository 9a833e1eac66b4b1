import { computed, type ReadableAtom } from 'nanostores';
import type { Client } from '../../net/index.ts';

/** Whether the server does not answer; while it is asked again, nothing is known to be better. */
export function lostContact({ status }: Pick<Client, 'status'>): ReadableAtom<boolean> {
  let lost = false;
  let lostSince: number | null = null;
  return computed(status, ({ state, contactAt }) => {
    if (state === 'waiting') [lost, lostSince] = [true, contactAt];
    else if (state === 'idle' || contactAt !== lostSince) lost = false;
    return lost;
  });
}
