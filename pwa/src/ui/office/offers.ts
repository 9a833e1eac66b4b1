import type { Doc } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { productsWithSerial } from '../books/duplicates.ts';
import type { Found } from '../books/finding.ts';
import { customersByName, customersByPhone, type Intake, withAsset, withChosen, withCustomer } from './intake.ts';

/** By what of an intake somebody is known. */
export type OfferedBy = 'phone' | 'name' | 'serial';

/** A customer, and which product of his where that is known. */
export interface Known {
  readonly customer: Doc<'customer'>;
  readonly asset?: Doc<'asset'> | undefined;
}

/** Somebody whom what was typed may mean, or a product of his: one key takes it (F013). */
export interface Offer extends Known {
  readonly by: OfferedBy;
}

/** Everybody who is offered, in the order of the form, and how many more have such a name. */
export interface Offers {
  readonly list: readonly Offer[];
  readonly more: number;
}

/**
 * Whom what was typed may mean: whose number it is, in whose name it stands, whose product has that serial number.
 *
 * `called` is what the search found by the name; until it is ready, only whoever is called just so is offered.
 */
export function offersFor(books: Books, intake: Intake, called: Found<'customer'> | undefined): Offers {
  const owners = customersByPhone(books, intake.phone);
  const named = intake.customer === '' && owners.length === 0 ? byName(books, intake, called) : NOBODY;
  // A number's only owner is taken when it is typed; one that arrives later is offered.
  const callers = intake.customer === '' || intake.chosen ? owners : [];
  const list = [
    ...callers.filter(({ id }) => id !== intake.customer).map((customer) => ({ by: 'phone', customer }) as const),
    ...named.docs.map((customer) => ({ by: 'name', customer }) as const),
    ...(intake.asset === null ? bySerial(books, intake) : []),
  ];
  return { list, more: named.count - named.docs.length };
}

const NOBODY: Found<'customer'> = { docs: [], count: 0 };

function byName(books: Books, { name }: Intake, called: Found<'customer'> | undefined): Found<'customer'> {
  if (!called) {
    const docs = customersByName(books, name);
    return { docs, count: docs.length };
  }
  // What was made ready for searching may be older than the books.
  const docs = called.docs.map(({ id }) => books.customer.get(id)).filter((one) => one !== undefined);
  return { docs: [...new Set(docs)], count: called.count - called.docs.length + docs.length };
}

function bySerial(books: Books, { serial }: Intake): readonly Offer[] {
  return productsWithSerial(books, serial).flatMap((asset) => {
    const customer = books.customer.get(asset.fields.customer);
    return customer ? [{ by: 'serial', customer, asset }] : [];
  });
}

/** The draft with an offer taken; whom a number told goes again with another number. */
export function withOffer(books: Books, intake: Intake, offer: Offer, now: number): Intake {
  return offer.by === 'phone' ? withCustomer(books, intake, offer.customer, now) : withKnown(books, intake, offer, now);
}

/** The draft for a customer, and for his product where it is known: what was typed of the call stays. */
export function withKnown(books: Books, intake: Intake, { customer, asset }: Known, now: number): Intake {
  const his = customer.id === intake.customer ? intake : withChosen(books, intake, customer, now);
  return asset ? withAsset(books, his, asset, now) : his;
}

/** The customer, or the product with its owner, that an address names; what was merged stands for the one that stays. */
export function knownBy(books: Books, kind: 'customer' | 'asset', id: string): Known | undefined {
  const asset = kind === 'asset' ? books.asset.get(id) : undefined;
  const customer = books.customer.get(kind === 'asset' ? asset?.fields.customer : id);
  return customer && { customer, asset };
}

/** Whether a draft may be of the same call as the one that is opened for a customer: nobody else stands in it. */
export function isAbout({ customer, name }: Intake, { customer: wanted }: Known): boolean {
  return customer === '' ? (wanted.fields.name ?? '').includes(name.trim()) : customer === wanted.id;
}
