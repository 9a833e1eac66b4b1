import type { Books } from '../../books/books.ts';
import { type ContractGlance, contractGlance } from '../../books/contracts.ts';
import { productName } from '../../books/names.ts';
import { type Owned, type Owner, ownedBy, ownerOf } from './customer.ts';
import { type PastVisit, pastVisits } from './job.ts';

/** One product with its owner and its whole history. */
export interface ProductView {
  readonly product: string;
  readonly serial: string;
  readonly warrantyUntil: number | undefined;
  readonly contract: ContractGlance | undefined;
  readonly owner: Owner;
  readonly history: readonly PastVisit[];
  /** The owner's other products. */
  readonly others: readonly Owned[];
}

export function productOf(books: Books, id: string, now: number): ProductView | undefined {
  const found = books.asset.get(id);
  if (!found) return undefined;
  const asset = found.fields;
  return {
    product: productName(asset),
    serial: asset.serial_no ?? '',
    warrantyUntil: asset.warranty_until ?? undefined,
    contract: contractGlance(books, found, now),
    owner: ownerOf(books, books.customer.get(asset.customer)),
    history: pastVisits(books, found),
    others: ownedBy(books, asset.customer).filter((other) => other.id !== found.id),
  };
}
