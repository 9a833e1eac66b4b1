import type { Books } from '../../books/books.ts';
import { type ContractGlance, contractGlance } from '../../books/contracts.ts';
import { told } from '../../books/erased.ts';
import { productName } from '../../books/names.ts';
import { type PastVisit, pastVisits } from './job.ts';

/** One product with its owner and its whole history. */
export interface ProductView {
  readonly product: string;
  readonly serial: string;
  readonly warrantyUntil: number | undefined;
  readonly contract: ContractGlance | undefined;
  readonly customer: string;
  readonly address: string;
  readonly phones: readonly string[];
  readonly note: string;
  readonly history: readonly PastVisit[];
  /** The owner's other products. */
  readonly others: readonly { readonly id: string; readonly product: string; readonly serial: string }[];
}

export function productOf(books: Books, id: string, now: number): ProductView | undefined {
  const found = books.asset.get(id);
  if (!found) return undefined;
  const asset = found.fields;
  const owner = books.customer.get(asset.customer);
  const customer = owner?.fields;
  const owned = asset.customer ? books.asset.where('customer', asset.customer) : [];
  return {
    product: productName(asset),
    serial: asset.serial_no ?? '',
    warrantyUntil: asset.warranty_until ?? undefined,
    contract: contractGlance(books, found, now),
    customer: told(owner, 'name'),
    address: customer?.address ?? '',
    phones: [customer?.mobile, customer?.phone].filter((phone) => phone != null),
    note: customer?.note ?? '',
    history: pastVisits(books, found),
    others: owned
      .filter((other) => other.id !== found.id)
      .map((other) => ({ id: other.id, product: productName(other.fields), serial: other.fields.serial_no ?? '' })),
  };
}
