import type { Dot } from '../wire/protocol.ts';
import type { Place } from '../wire/vocabulary.ts';
import { type Ancestry, isOwnEarlier } from './ancestry.ts';
import { sameDot } from './dot.ts';
import { contains, type Lineage, type Position } from './lineage.ts';

/** Where a value comes from: the stamped operation without its values. */
export interface Origin {
  readonly dot: Dot;
  /** One for each admission: an operation that came back after a restore has a second one. */
  readonly positions: readonly Position[];
  readonly base: Position;
  readonly author: string;
  readonly place: Place;
  /** Epoch milliseconds (SPEC T3). */
  readonly effectiveAt: number;
}

/** A value with its origin, as a register holds it. */
export interface Write {
  readonly origin: Origin;
  readonly value: unknown;
}

/** An applied operation with what the server fixed about it: the whole input of a document's state (SPEC T2). */
export interface StampedOperation {
  readonly origin: Origin;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly resolve: boolean;
  readonly over: Readonly<Record<string, readonly Dot[]>>;
}

/** What is needed to say who had seen what: the epochs and the actors' renamings. */
export interface Past {
  readonly lineage: Lineage;
  readonly ancestry: Ancestry;
}

/** Tells whether the author of `later` had seen `earlier` (SPEC W1, W2). */
export function covers(past: Past, later: Origin, earlier: Origin): boolean {
  if (isOwnEarlier(past.ancestry, later.dot, earlier.dot)) return true;
  return earlier.positions.some((position) => contains(past.lineage, later.base, position));
}

/**
 * Tells whether `later`'s value of `field` makes `earlier`'s history (SPEC W1 to W4).
 *
 * An ordinary edit of a field that showed rivals supersedes only the value that was shown; a resolution supersedes
 * every rival that it covers; one's own earlier values are always superseded.
 */
export function supersedes(past: Past, later: StampedOperation, field: string, earlier: Origin): boolean {
  if (sameDot(later.origin.dot, earlier.dot)) return false;
  if (isOwnEarlier(past.ancestry, later.origin.dot, earlier.dot)) return true;
  const named = later.resolve ? undefined : later.over[field];
  if (named?.every((dot) => !sameDot(dot, earlier.dot))) return false;
  return covers(past, later.origin, earlier);
}
