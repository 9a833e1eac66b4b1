import type { Doc } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { isOpen } from './cases.ts';

/** The calls that one may be the same as, the newest first. */
export interface SameCalls {
  readonly ofProduct: readonly Doc<'service_call'>[];
  /** Of another product of the same customer, or of none. */
  readonly ofCustomer: readonly Doc<'service_call'>[];
}

/** The other open calls of a call's customer in its unit; one that the server does not know yet cannot be named. */
export function sameCalls(books: Books, { id, fields }: Doc<'service_call'>): SameCalls {
  const customer = books.customer.get(fields.customer);
  const his = customer ? books.service_call.where('customer', customer.id) : [];
  const others = his
    .filter((call) => call.id !== id && call.fields.unit === fields.unit && call.position > 0 && isOpen(call))
    .toSorted((one, other) => (other.fields.received_at ?? 0) - (one.fields.received_at ?? 0));
  const product = books.asset.get(fields.asset);
  const isOfProduct = (call: Doc<'service_call'>) => product && books.asset.get(call.fields.asset)?.id === product.id;
  return { ofProduct: others.filter(isOfProduct), ofCustomer: others.filter((call) => !isOfProduct(call)) };
}
