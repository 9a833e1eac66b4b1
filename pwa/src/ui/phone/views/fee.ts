import type { Books } from '../../books/books.ts';
import { feeItemsIn } from '../../books/presets.ts';

/** Something with a fixed amount that goes into a fee; amounts in minor units. */
export interface FeeItem {
  readonly id: string;
  readonly name: string;
  readonly amount: number;
}

/** A fee, and which items of it were chosen at what amount; none of one that was typed. */
export interface Charged {
  readonly total: number | null;
  readonly items: Readonly<Record<string, number>>;
}

export function feeItems(books: Books, unit: string): readonly FeeItem[] {
  return feeItemsIn(books, unit).map(({ id, fields }) => ({ id, name: fields.name ?? '', amount: fields.amount ?? 0 }));
}

/** The fee with an item more, or without one that was in it; what was typed before stays in it. */
export function withItem({ total, items }: Charged, { id, amount }: FeeItem): Charged {
  const { [id]: charged, ...others } = items;
  if (charged === undefined) return { total: (total ?? 0) + amount, items: { ...items, [id]: amount } };
  return { total: Math.max(0, (total ?? 0) - charged), items: others };
}

/** A fee as it was typed, in whole dollars. */
export function typedFee(dollars: string): Charged {
  return { total: Number(dollars.replace(/\D/g, '')) * 100, items: {} };
}
