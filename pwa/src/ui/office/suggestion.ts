import type { Doc } from '../../store/index.ts';
import { sameDay } from '../text/when.ts';
import { type Block, type Lane, townOf } from './board.ts';
import { type Frame, fitsInto, JOB_MS, overlaps, quarterFrom, STEP_MS } from './board_hours.ts';
import type { Slot } from './proposals.ts';

/** Somebody who could go, from when on he is free, and where he then is. */
export interface Suggestion extends Slot {
  readonly name: string;
  /** The town of the job that he is at or comes from; `''` where nobody knows. */
  readonly town: string;
}

/** Nobody is on the road sooner: whoever is sent now has to hear of it and to finish what he has in his hands. */
const NOTICE_MS = STEP_MS;

/** How a slot stands to the day of its technician. */
export type Fit = 'free' | 'taken' | 'closed' | 'away';

/**
 * Everybody who could go to a call on the day that is shown: who is free first, then who is near, then who has least.
 *
 * Whoever's phone was never in touch stands after those who would hear of it.
 * Whoever has no hour left stands last, at the end of his last job; only who is away then is left out.
 */
export function suggestionsFor(
  lanes: readonly Lane[],
  frame: Frame,
  { fields }: Doc<'service_call'>,
  now: number,
  unheard: ReadonlySet<string> = new Set(),
): readonly Suggestion[] {
  const appointment = fields.appointment_at ?? 0;
  const soon = now + NOTICE_MS;
  const since = Math.max(frame.from, sameDay(appointment, frame.from) ? Math.max(appointment, soon) : soon);
  const town = townOf(fields.district);
  return lanes
    .filter(({ able }) => able)
    .map((lane) => ({ lane, one: suggestionOf(lane, frame, quarterFrom(since), now) }))
    .filter(({ lane, one }) => fitOf(lane, frame, one.at) !== 'away')
    .toSorted(
      (a, b) =>
        Number(fitOf(a.lane, frame, a.one.at) !== 'free') - Number(fitOf(b.lane, frame, b.one.at) !== 'free') ||
        Number(unheard.has(a.lane.id)) - Number(unheard.has(b.lane.id)) ||
        a.one.at - b.one.at ||
        Number(b.one.town === town) - Number(a.one.town === town) ||
        leftOf(a.lane) - leftOf(b.lane),
    )
    .map(({ one }) => one);
}

function suggestionOf(lane: Lane, frame: Frame, since: number, now: number): Suggestion {
  const quarters = Math.max(0, Math.ceil((frame.to - since) / STEP_MS));
  const every = Array.from({ length: quarters }, (_, i) => since + i * STEP_MS);
  const free = every.find((at) => fitOf(lane, frame, at) === 'free');
  const last = Math.max(since, ...lane.blocks.map(({ to }) => quarterFrom(to)));
  const at = free ?? Math.min(last, Math.max(since, frame.to - STEP_MS));
  return { technician: lane.id, name: lane.name, at, town: whereabouts(lane, now) };
}

/** Whether a whole job can be done then: by somebody who is there, in working time, beside no other than that one itself. */
export function fitOf(
  lane: Pick<Lane, 'blocks' | 'away'>,
  { open }: Pick<Frame, 'open'>,
  at: number,
  except?: string,
): Fit {
  if (lane.away.some(({ from, until }) => overlaps([from, until], [at, at + JOB_MS]))) return 'away';
  const hides = lane.blocks.some(({ id, from, to }) => id !== except && from < at + JOB_MS && at < to);
  if (hides) return 'taken';
  return fitsInto(open, at) ? 'free' : 'closed';
}

const UNDER_WAY_OR_DONE: ReadonlySet<Block['state']> = new Set(['en_route', 'on_site', 'finished']);

/** The town of the job that somebody is at, else of the last that he has finished. */
function whereabouts({ blocks }: Lane, now: number): string {
  const been = blocks.filter(({ state, from }) => UNDER_WAY_OR_DONE.has(state) && from <= now);
  return (been.findLast(({ state }) => state !== 'finished') ?? been.at(-1))?.town ?? '';
}

const leftOf = ({ blocks }: Lane) => blocks.filter(({ state }) => state !== 'finished').length;
