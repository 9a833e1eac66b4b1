import type { Dot } from '../wire/protocol.ts';

/** Actor to the actor it was renamed from and their last common seq; an actor without a parent is absent (SPEC A3). */
export type Ancestry = ReadonlyMap<string, readonly [parent: string, commonSeq: number]>;

/** Tells whether `earlier` lies in the past of `later`'s own chain, renamings included (SPEC W2). */
export function isOwnEarlier(ancestry: Ancestry, later: Dot, earlier: Dot): boolean {
  let [actor, limit] = [later[0], later[1] - 1];
  for (let renamings = 0; renamings <= ancestry.size; renamings += 1) {
    if (actor === earlier[0]) return earlier[1] <= limit;
    const parent = ancestry.get(actor);
    if (parent === undefined) return false;
    [actor, limit] = parent;
  }
  return false;
}
