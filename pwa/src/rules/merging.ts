import type { Asset, Customer } from '../wire/kinds.ts';
import { FILLED_IN } from '../wire/states.ts';

/** The kinds of which two documents can turn out to be one (ADR 42). */
export type MergedKind = keyof typeof FILLED_IN;

/** Every document that stands, with whom it was merged into. */
export type Pointers = ReadonlyMap<string, string | null | undefined>;

/**
 * Which document one stands for: itself, or the last one of its chain of merges.
 *
 * A pointer to what does not stand is followed by nobody, and neither is a circle: what nobody could reach stands for
 * itself again.
 */
export function headOf(mergedInto: Pointers, doc: string): string {
  const passed = new Set([doc]);
  let at = doc;
  for (;;) {
    const following = mergedInto.get(at);
    if (following == null || !mergedInto.has(following)) return at;
    if (passed.has(following)) return doc;
    passed.add(following);
    at = following;
  }
}

type Held = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** What the one that stays takes over: it keeps its own, and a number that it has is not written twice. */
export function filledIn(kind: MergedKind, stays: Customer | Asset, merged: Customer | Asset): Held {
  const [mine, theirs] = [stays as Held, merged as Held];
  const own = new Set(FILLED_IN[kind].map((field) => mine[field]));
  const lacking = FILLED_IN[kind].filter((field) => mine[field] == null && theirs[field] != null);
  return Object.fromEntries(lacking.filter((field) => !own.has(theirs[field])).map((field) => [field, theirs[field]]));
}
