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

/** Whole dollars, with or without thousands: `1,650`. */
const DOLLARS = /^\d{1,7}$|^\d{1,3}(,\d{3}){1,2}$/;

/** A fee as it was typed, in whole dollars; nothing is none, undefined is one that cannot be read. */
export function typedFee(typed: string): Charged | undefined {
  const dollars = typed.normalize('NFKC').trim();
  if (dollars === '') return { total: 0, items: {} };
  return DOLLARS.test(dollars) ? { total: Number(dollars.replaceAll(',', '')) * 100, items: {} } : undefined;
}
