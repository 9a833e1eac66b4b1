import { isContained } from '../core/overlay.ts';
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
export interface Top {
  readonly dot: Dot;
  readonly operation: Operation;
  /** The office does not have it yet. */
  readonly unsent: boolean;
  /** The office has it and did not apply it; its position in the office's log is known. */
  readonly held: boolean;
  readonly position: number | null;
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

/**
 * Whether an operation still stands on top of its row (SPEC V1, V2).
 *
 * Once acknowledged it goes with the first pull that began afterwards: that pull brings the row at the operation's own
 * position or later, or takes it away. A held one is in no row: it stays until the office wrote the document again.
 */
export function standsOnTop(top: Top, row: number | null, settled: Settled): boolean {
  const [actor, seq] = top.dot;
  if (top.held) return !isContained(top.position, row);
  return top.unsent || seq > (settled[actor] ?? 0);
}
