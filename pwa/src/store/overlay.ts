import type { Sent } from '../core/overlay.ts';
import type { Dot, Operation } from '../wire/protocol.ts';
import type { OperationRow, StampRow } from './outbox_database.ts';

/** Actor to the last of its operations that the shown rows are sure to reflect; an absent one has none. */
export type Settled = Readonly<Record<string, number>>;

/** What all of these reflect. */
export function leastSettled(every: readonly Settled[]): Settled {
  const [first = {}, ...others] = every;
  const least = ([actor, seq]: [string, number]) => [actor, Math.min(seq, ...others.map((one) => one[actor] ?? 0))];
  return Object.fromEntries(Object.entries(first).map(least));
}

/** One operation of this device that stands on top of its row. */
export interface Top extends Sent {
  readonly dot: Dot;
  readonly operation: Operation;
  /** The office does not have it yet. */
  readonly unsent: boolean;
}

export function topOf({ actor, seq, text }: OperationRow, stamped: StampRow | undefined): Top {
  return {
    dot: [actor, seq],
    operation: JSON.parse(text) as Operation,
    unsent: stamped === undefined,
    held: stamped?.stamp[4] === 'held',
    position: stamped?.stamp[1] ?? null,
  };
}

/** Whether an operation was acknowledged before the pull that these are settled by began (SPEC V2). */
export function isSettled({ dot: [actor, seq] }: Top, settled: Settled): boolean {
  return seq <= (settled[actor] ?? 0);
}
