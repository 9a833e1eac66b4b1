/** The operations of one group in a push: index of the first, and index behind the last. */
export type Group = readonly [start: number, end: number];

/**
 * The groups of a push, or null if the last one is cut (SPEC G1).
 *
 * `following` holds each operation's own count of members to come, null where it could not be read; inside a group the
 * count of the first member rules, so that a broken member cannot tear its group apart.
 */
export function split(following: ReadonlyArray<number | null>): Group[] | null {
  const groups: Group[] = [];
  for (let start = 0; start < following.length; ) {
    const end = start + (following[start] ?? 0) + 1;
    if (end > following.length) return null;
    groups.push([start, end]);
    start = end;
  }
  return groups;
}

/** Tells whether the members of one group count down to nought (SPEC G1). */
export function isConsistent(following: ReadonlyArray<number | null>): boolean {
  return following.every((count, place) => count === following.length - 1 - place);
}
