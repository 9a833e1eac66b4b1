import type { Doc } from '../../../store/index.ts';
import type { CallState } from '../../../wire/states.ts';
import type { Books } from '../../books/books.ts';
import { stateOfCall } from '../../books/call_states.ts';
import { told } from '../../books/erased.ts';
import { productName } from '../../books/names.ts';
import { ownJob } from './find.ts';

/** Where a customer lives, and how to reach him. */
export interface Owner {
  readonly name: string;
  readonly address: string;
  readonly phones: readonly string[];
  readonly note: string;
}

/** A customer's own numbers; of whoever left none, the one that he last called from. */
export function ownerOf(books: Books, customer: Doc<'customer'> | undefined): Owner {
  const { mobile, phone, address, note } = customer?.fields ?? {};
  const own = [mobile, phone].filter(isTold);
  const [last] = own.length === 0 && customer ? callsOf(books, customer.id) : [];
  return {
    name: told(customer, 'name'),
    address: address ?? '',
    phones: [...own, last?.fields.contact_phone].filter(isTold),
    note: note ?? '',
  };
}

const isTold = (number: string | null | undefined): number is string => number != null && number !== '';

/** One of a customer's products. */
export interface Owned {
  readonly id: string;
  readonly product: string;
  readonly serial: string;
}

export function ownedBy(books: Books, customer: string | null | undefined): readonly Owned[] {
  const owned = customer ? books.asset.where('customer', customer) : [];
  return owned.map(({ id, fields }) => ({ id, product: productName(fields), serial: fields.serial_no ?? '' }));
}

/** A call of a customer as a line of a list. */
export interface CallLine {
  readonly id: string;
  readonly number: string;
  readonly at: number;
  readonly state: CallState;
  readonly product: string;
  readonly symptom: string;
  /** The job of whoever looks, if it is one of his. */
  readonly job: string | undefined;
}

/** One customer with what he has and when he called. */
export interface CustomerView {
  readonly owner: Owner;
  readonly products: readonly Owned[];
  /** The newest first. */
  readonly calls: readonly CallLine[];
}

export function customerOf(books: Books, id: string, me: string): CustomerView | undefined {
  const customer = books.customer.get(id);
  if (!customer) return undefined;
  return {
    owner: ownerOf(books, customer),
    products: ownedBy(books, customer.id),
    calls: callsOf(books, customer.id).map((call) => ({
      id: call.id,
      number: call.fields.number ?? call.fields.provisional_number ?? '',
      at: call.fields.received_at ?? 0,
      state: stateOfCall(books, call),
      product: productName(books.asset.get(call.fields.asset)?.fields ?? {}),
      symptom: told(call, 'symptom'),
      job: ownJob(books, me, call.id),
    })),
  };
}

function callsOf(books: Books, customer: string): readonly Doc<'service_call'>[] {
  const calls = books.service_call.where('customer', customer);
  return calls.toSorted((one, other) => (other.fields.received_at ?? 0) - (one.fields.received_at ?? 0));
}
