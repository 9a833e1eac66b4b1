import type { Code } from '../wire/problems.ts';
import type { Entrusted, GivenBack } from '../wire/protocol.ts';
import { type Call, json, messageOf, Refused } from './call.ts';
import type { Device } from './ports.ts';

/** A device in step asks at most this often, unless somebody has just given a command. */
export const PAUSE_MS = 60_000;

/** Groups in one request: a request holds 1 MiB, and a group seldom more than a few kilobytes. */
const MOST_GROUPS = 50;
const MOST_CHARACTERS = 262_144;

/** What keeping needs. */
interface Keeper {
  readonly device: Device;
  readonly call: Call;
}

/** What an office says that knows nothing of this, or will not have a request: the rest goes on without it. */
const UNHEARD: readonly Code[] = ['request.not_found', 'request.malformed', 'request.too_large', 'sync.too_many'];

function unlessUnheard(error: unknown): void {
  if (!(error instanceof Refused) || !UNHEARD.includes(error.code)) throw error;
}

/** Keeps for the office what it wrote itself since the last time, as far as this person sees it (SPEC H7). */
export function keepEntrusted(keeper: Keeper): Promise<void> {
  return keepAll(keeper).catch(unlessUnheard);
}

async function keepAll({ device, call }: Keeper): Promise<void> {
  for (;;) {
    const reached = await device.entrusted.reached();
    const place = new URLSearchParams(reached ? { epoch: reached.epoch, after: String(reached.position) } : {});
    const page = await messageOf(await call(`/sync/v1/entrusted?${place}`), 'EntrustedPage');
    if (!(await device.entrusted.keep(page)) || !page.more) return;
  }
}

/** Brings back what an office of an older epoch wrote itself; what it has already it passes over. */
export async function giveBack({ device, call }: Keeper, epoch: string): Promise<void> {
  const reached = await device.entrusted.reached();
  if (!reached || reached.epoch === epoch || reached.given === epoch) return;
  for (let last: Entrusted | null = null; ; ) {
    const groups = together(await device.entrusted.next(last, MOST_GROUPS));
    if (groups.length === 0) return device.entrusted.given(epoch);
    await call('/sync/v1/entrusted', json({ groups } satisfies GivenBack)).catch(unlessUnheard);
    last = groups.at(-1) ?? null;
  }
}

/** As many groups as go in one request; at least one. */
function together(groups: readonly Entrusted[]): readonly Entrusted[] {
  let left = MOST_CHARACTERS;
  const end = groups.findIndex(({ operations }, place) => {
    left -= operations.reduce((sum, text) => sum + text.length, 0);
    return left < 0 && place > 0;
  });
  return end < 0 ? groups : groups.slice(0, end);
}
