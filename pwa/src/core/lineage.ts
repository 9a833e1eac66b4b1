import type { EpochLink } from '../wire/protocol.ts';

/** A place in the commit order of one epoch; numbers go on from the fork, so they never run backwards. */
export type Position = readonly [n: number, epoch: string];

/** The tree of epochs that a company's log went through, by epoch (SPEC E1). */
export type Lineage = ReadonlyMap<string, EpochLink>;

export function lineageOf(links: Iterable<EpochLink>): Lineage {
  return new Map(Array.from(links, (link) => [link[0], link]));
}

/**
 * Tells whether somebody who had seen `base` had seen `position`.
 *
 * A position of an ancestor epoch is contained only up to the fork: what the old epoch wrote behind it was never part
 * of the new one (SPEC E2).
 */
export function contains(lineage: Lineage, base: Position, position: Position): boolean {
  let [limit, epoch]: [number, string | null] = [...base];
  while (epoch !== null) {
    if (epoch === position[1]) return position[0] <= limit;
    const link = lineage.get(epoch);
    if (link === undefined) return false;
    limit = Math.min(limit, link[2]);
    epoch = link[1];
  }
  return false;
}
