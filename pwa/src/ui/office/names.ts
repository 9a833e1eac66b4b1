import type { Books } from '../books/books.ts';
import { callerName } from '../books/erased.ts';
import type { Case } from './cases.ts';

export { productName } from '../books/names.ts';

/** The name of a person, or `''` where nobody is meant or he is not among the rows. */
export function personName(books: Books, user: string | null | undefined): string {
  return books.user.get(user)?.fields.name ?? '';
}

/** Whom a call is for: the customer's name, else the name that was given on the phone. */
export function customerName({ customer, call }: Pick<Case, 'customer' | 'call'>): string {
  return callerName(customer, call);
}

/** The official number, or the provisional one until the server has given it. */
export function callNumber({ call }: Pick<Case, 'call'>): string {
  return call.fields.number ?? call.fields.provisional_number ?? '';
}
