import type { Doc } from '../../store/index.ts';
import { MERGE_RULES } from '../../wire/merge_rules.ts';

/** The fields of a document that wait for a person: rivals that ask (SPEC S5), and a delete that somebody wrote past (SPEC D1). */
export function askedFields(doc: Doc): readonly string[] {
  const rules: Readonly<Record<string, { readonly ask: boolean }>> = MERGE_RULES[doc.kind];
  const asked = Object.keys(doc.rivals).filter((field) => rules[field]?.ask);
  const contested = doc.fields.deleted === true && !asked.includes('deleted');
  return contested ? [...asked, 'deleted'] : asked;
}
