import type { Code } from '../wire/problems.ts';
import type { Entrusted, GivenBack } from '../wire/protocol.ts';
import { type Call, json, messageOf, Refused } from './call.ts';
import type { Line, Writer } from './line.ts';
import type { Device, Me } from './ports.ts';

/** A device in step asks at most this often, unless somebody has just given a command. */
export const PAUSE_MS = 60_000;

/** Groups in one request; escaped, small ones are up to three times their text, and a request holds 1 MiB. */
const MOST_GROUPS = 50;
const MOST_CHARACTERS = 200_000;

/** What keeping needs. */
interface Keeper {
  readonly device: Device;
  readonly call: Call;
}

/** Keeps for the office what it wrote itself since the last time, as far as this person sees it (SPEC H7). */
export async function keepEntrusted({ device, call }: Keeper, me: Me): Promise<void> {
  for (;;) {
    const reached = await device.entrusted.reached(me);
    const place = new URLSearchParams(reached ? { mark: reached.mark } : {});
    const page = await messageOf(await call(`/sync/v1/entrusted?${place}`), 'EntrustedPage');
    if (!(await device.entrusted.keep(page, me)) || !page.more) return;
  }
}

/**
 * Keeps what is new unless that was done shortly before; what is put off is done when the pause is over.
 *
 * Copies of what is shown already never stand in the way: only what ends a session or a meeting does.
 */
export async function keepWhatIsNew(line: Line, { me }: Writer): Promise<void> {
  const now = line.ambient.now();
  line.keepDue = Math.abs(now - line.keptAt) < PAUSE_MS;
  if (line.keepDue) return;
  try {
    await keepEntrusted(line, me);
    line.keptAt = now;
  } catch (error) {
    if (!(error instanceof Refused) || ENDS.some((beginning) => error.code.startsWith(beginning))) throw error;
  }
}

const ENDS = ['session.', 'device.', 'sync.epoch', 'sync.protocol'];

/** What an office says that knows nothing of this: one of an older version, which may be updated in the same epoch. */
const UNHEARD: Code = 'request.not_found';

/** What an office will never take of a group, however often it is brought. */
const UNWANTED: readonly Code[] = ['request.malformed', 'request.too_large', 'sync.too_many', 'sync.re_offer'];

/** Brings back what an office of an older epoch wrote itself; what it has already it passes over. */
export async function giveBack({ device, call }: Keeper, me: Me, epoch: string): Promise<void> {
  const reached = await device.entrusted.reached(me);
  if (!reached || reached.epoch === epoch || reached.given === epoch) return;
  for (let last: Entrusted | null = null; ; ) {
    const groups = together(await device.entrusted.next(last, MOST_GROUPS, me));
    if (groups.length === 0) return device.entrusted.given(epoch, me);
    if (!(await isTaken(call, groups))) return;
    last = groups.at(-1) ?? null;
  }
}

/** False: the office knows nothing of this. One group that it will not have costs its neighbours nothing. */
async function isTaken(call: Call, groups: readonly Entrusted[]): Promise<boolean> {
  const refusal = await refusalOf(call, groups);
  if (refusal === null || refusal === UNHEARD) return refusal === null;
  if (groups.length === 1) return true;
  for (const group of groups) if (!(await isTaken(call, [group]))) return false;
  return true;
}

/** Why the office does not take these groups back, null if it does; throws where that is no word about them. */
async function refusalOf(call: Call, groups: readonly Entrusted[]): Promise<Code | null> {
  try {
    await messageOf(await call('/sync/v1/entrusted', json({ groups } satisfies GivenBack)), 'TakenBack');
    return null;
  } catch (error) {
    if (error instanceof Refused && [UNHEARD, ...UNWANTED].includes(error.code)) return error.code;
    throw error;
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
