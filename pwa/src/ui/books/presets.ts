import type { Doc } from '../../store/index.ts';
import type { PhraseList } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';

/** The kinds of a unit's lists whose order people choose. */
type Listed = 'preset' | 'fee_item';

function byRank<K extends Listed>(one: Doc<K>, other: Doc<K>): number {
  return (one.fields.rank ?? 0) - (other.fields.rank ?? 0) || (one.id < other.id ? -1 : 1);
}

/** The phrases that a unit has set for a list, in their order; none where what was shipped still counts. */
export function phrasesIn(books: Books, unit: string, list: PhraseList): readonly Doc<'preset'>[] {
  return books.preset
    .where('unit', unit)
    .filter(({ fields }) => fields.list === list && fields.text)
    .toSorted(byRank);
}

/** What a technician chooses from at a product, each word once; `shipped` where his unit has set nothing. */
export function phrasesAt(
  books: Books,
  at: { readonly unit: string; readonly list: PhraseList; readonly product: string },
  shipped: readonly string[],
): readonly string[] {
  const phrases = phrasesIn(books, at.unit, at.list);
  if (phrases.length === 0) return shipped;
  const product = folded(at.product);
  const fitting = phrases.filter(({ fields }) => product.includes(folded(fields.product ?? '')));
  return [...new Set(fitting.map(({ fields }) => fields.text ?? ''))];
}

const folded = (text: string) => text.normalize('NFKC').trim().toLowerCase();

/** What a unit charges at fixed amounts, in its order. */
export function feeItemsIn(books: Books, unit: string): readonly Doc<'fee_item'>[] {
  return books.fee_item
    .where('unit', unit)
    .filter(({ fields }) => fields.name && fields.amount != null)
    .toSorted(byRank);
}
