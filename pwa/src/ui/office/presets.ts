import type { Doc, Edit } from '../../store/index.ts';
import type { PhraseList } from '../../wire/vocabulary.ts';

/** A row of a list whose order people choose. */
export type Ranked = Doc<'preset'> | Doc<'fee_item'>;

/** The rank of a row behind all others. */
export const rankBehind = (rows: readonly Ranked[]) => Math.max(-1, ...rows.map(({ fields }) => fields.rank ?? 0)) + 1;

/** What is written of a row that was seen. */
export function written({ kind, id, seen }: Ranked, fields: object): Edit {
  return { kind, id, seen, fields } as Edit;
}

/** The phrases that were shipped, as a unit's own, to be changed from there. */
export function begun(
  unit: string,
  list: PhraseList,
  shipped: readonly string[],
  newId: () => string,
): readonly Edit[] {
  return shipped.map((text, rank) => ({ kind: 'preset', id: newId(), fields: { unit, list, text, rank } }));
}
