import type { Code } from '../wire/problems.ts';
import type { Entrusted, GivenBack } from '../wire/protocol.ts';
import { type Call, json, messageOf, Refused } from './call.ts';
import type { Line, Writer } from './line.ts';
import type { Device, GroupPlace, Me } from './ports.ts';

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

/** Keeps for the office what was written since the last time, as far as this person sees it (SPEC H2, H7). */
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
    if (!isOfCopies(error)) throw error;
    line.keptAt = now;
  }
}

/** Whether an error is about the copies alone: the office does not give them, or the disk has no room for them. */
function isOfCopies(error: unknown): boolean {
  if (error instanceof DOMException) return error.name === 'QuotaExceededError';
  return error instanceof Refused && !ENDS.some((beginning) => error.code.startsWith(beginning));
}

const ENDS = ['session.', 'device.', 'sync.epoch', 'sync.protocol'];

/** What an office says that knows nothing of this: one of an older version, which may be updated in the same epoch. */
const UNHEARD: Code = 'request.not_found';

/** What an office will never take of a group, however often it is brought. */
const UNWANTED: readonly Code[] = ['request.malformed', 'request.too_large', 'sync.too_many', 'sync.re_offer'];

/**
 * Brings an office of a new epoch what is kept for it; what it has already it passes over.
 *
 * First comes what the office wrote itself: a call that came back before its official number would be given another one.
 * Of another device's chain only what goes on where the office's copy ends can be taken back. What did not fit is brought
 * again later: somebody else may have brought by then what comes before it (SPEC H2).
 */
export async function giveBack({ device, call }: Keeper, me: Me, epoch: string): Promise<void> {
  const reached = await device.entrusted.reached(me);
  if (!reached) return;
  const isAgain = reached.epoch === epoch || reached.given === epoch;
  const stretches = isAgain ? (reached.waiting ?? []).map(alone) : EVERYTHING;
  if (stretches.length === 0) return;
  const next: Next = (after, until) => device.entrusted.next(after, until, MOST_GROUPS, me);
  const giving = new Giving(call, next, (mark) => device.entrusted.giving(epoch, mark, me));
  for (const stretch of stretches) if (!(await giving.bring(stretch))) return;
  await device.entrusted.given(epoch, [...giving.waiting], me);
}

/** Chains by their names: from one on, up to another or to the last; of these all (null), or only renamed or other ones. */
type Stretch = readonly [from: string, until: string | null, renamed: boolean | null];

/** Names of the office's own chains begin with it. */
const OFFICES = 'server-';
const BEHIND_OFFICES = 'server.';

/** What the office wrote on top of a device's work comes behind that: by then it is known whose past this is (SPEC A3). */
const EVERYTHING: readonly Stretch[] = [
  [OFFICES, BEHIND_OFFICES, false],
  ['', OFFICES, null],
  [BEHIND_OFFICES, null, null],
  [OFFICES, BEHIND_OFFICES, true],
];

function alone(chain: string): Stretch {
  return [chain, `${chain}\0`, null];
}

type Next = (after: GroupPlace, until: string | null) => Promise<readonly Entrusted[]>;

/** One giving back, with what the office said of chains meanwhile. */
class Giving {
  /** Chains of which something did not fit. */
  readonly waiting = new Set<string>();
  /** How far the office has chains; one of an older version does not say. */
  readonly #reached = new Map<string, number>();

  /** What the last answer proves; an office that has lost it meanwhile says so instead of answering (SPEC E3). */
  #mark: string | undefined;

  constructor(
    readonly call: Call,
    readonly next: Next,
    /** Keeps what an answer proves, for hellos. */
    readonly proven: (mark: string) => Promise<void>,
  ) {}

  /** Brings what is kept of a stretch. False: the office knows nothing of this. */
  async bring([from, until, renamed]: Stretch): Promise<boolean> {
    let after: GroupPlace = [from, 0];
    for (;;) {
      const kept = together(await this.next(after, until));
      const last = kept.at(-1);
      if (!last) return true;
      const groups = kept.filter(({ actor }) => renamed === null || renamed === Boolean(actor.parent));
      if (groups.length > 0 && !(await this.#isTaken(groups))) return false;
      for (const group of groups) this.#noteIfWaiting(group);
      after = this.#behind(last);
    }
  }

  /** False: the office knows nothing of this. One group that it will not have costs its neighbours nothing. */
  async #isTaken(groups: readonly Entrusted[]): Promise<boolean> {
    const refusal = await this.#refusalOf(groups);
    if (refusal === null || refusal === UNHEARD) return refusal === null;
    if (groups.length === 1) return true;
    for (const group of groups) if (!(await this.#isTaken([group]))) return false;
    return true;
  }

  /** Why the office does not take these groups back, null if it does; throws where that is no word about them. */
  async #refusalOf(groups: readonly Entrusted[]): Promise<Code | null> {
    try {
      const given: GivenBack = { groups, ...(this.#mark && { mark: this.#mark }) };
      const { reached = [], mark } = await messageOf(await this.call('/sync/v1/entrusted', json(given)), 'TakenBack');
      for (const [actor, seq] of reached) this.#reached.set(actor, seq);
      if (mark) await this.proven(mark);
      this.#mark = mark ?? undefined;
      return null;
    } catch (error) {
      if (error instanceof Refused && [UNHEARD, ...UNWANTED].includes(error.code)) return error.code;
      throw error;
    }
  }

  #noteIfWaiting({ actor: { actor }, first }: Entrusted): void {
    if (first > (this.#reached.get(actor) ?? first)) this.waiting.add(actor);
  }

  /** Where it goes on: what the office has of a chain need not be brought, nor what lies behind what did not fit. */
  #behind({ actor: { actor }, first }: Entrusted): GroupPlace {
    return [actor, this.waiting.has(actor) ? Infinity : Math.max(first, this.#reached.get(actor) ?? 0)];
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
