import type { Cover } from '../../rules/category.ts';
import type { Edit } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { coverOf } from '../books/contracts.ts';
import type { Case } from './cases.ts';
import { productName } from './names.ts';

/** Which products a call can be about, what each is covered by, and what is written beside the choice. */
export interface ProductChoice {
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly coverOf: (asset: string) => Cover;
  /** The voucher of a product that has none yet (F013). */
  readonly beside: (asset: string) => readonly Edit[];
}

/**
 * The products of the customer, for a call that was logged on the wrong one; undefined once somebody was sent or has
 * been there: then a voucher is out for it, and what was done was done to that product.
 */
export function productChoiceFor(books: Books, one: Case, now: number): ProductChoice | undefined {
  const { call, customer, asset, state, entries } = one;
  if (!customer || state !== 'received' || entries.length > 0) return undefined;
  const products = books.asset.children('customer', customer);
  if (products.every(({ id }) => id === asset?.id)) return undefined;
  // What stands there may be the id of a product that was merged since.
  const standing = (id: string) => (id === asset?.id ? (call.fields.asset ?? id) : id);
  return {
    options: products.map(({ id, fields }) => ({
      id: standing(id),
      label: [productName(fields), fields.serial_no].filter(Boolean).join(' '),
    })),
    coverOf: (id) => coverOf(books, books.asset.get(id)),
    beside: (id) =>
      id === '' || books.service_voucher.get(books.asset.get(id)?.id) ? [] : [opened(call.fields.unit, id, now)],
  };
}

function opened(unit: string | null | undefined, id: string, now: number): Edit {
  return { kind: 'service_voucher', id, fields: { unit: unit ?? null, origin: 'at_call', opened_at: now } } as Edit;
}
