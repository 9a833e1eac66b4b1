import { expect, test } from 'vitest';
import { booksOf } from '../../src/ui/books/books.ts';
import { feeItemsIn, phrasesAt } from '../../src/ui/books/presets.ts';
import { books, doc } from '../office/made.ts';

const unit = 'ban';
const phrase = (id: string, text: string, rank: number, product: string | null = null) =>
  doc('preset', id, { unit, list: 'fault', text, rank, product });

test('a technician chooses from the phrases of his unit that fit the product, each word once, in their order', () => {
  const shelf = books(
    phrase('p-3', '結霜', 2, '冰箱'),
    phrase('p-1', '不冷', 0),
    phrase('p-2', '不脫水', 1, '洗衣機'),
    phrase('p-4', '不冷', 3, '冰箱'),
    doc('preset', 'other', { unit: 'tyn', list: 'fault', text: '別的單位', rank: 0 }),
  );
  const at = (product: string, list: 'fault' | 'action' = 'fault') =>
    phrasesAt(shelf, { unit, list, product }, ['內建']);
  expect(at('變頻冰箱')).toEqual(['不冷', '結霜']);
  expect(at('洗衣機')).toEqual(['不冷', '不脫水']);
  expect(at('')).toEqual(['不冷']);
  expect(at('變頻冰箱', 'action')).toEqual(['內建']);
  expect(feeItemsIn(booksOf({}), unit)).toEqual([]);
});
