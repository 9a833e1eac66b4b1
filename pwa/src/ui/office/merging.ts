import { filledIn, type MergedKind } from '../../rules/merging.ts';
import type { Doc } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { contractsOf } from '../books/contracts.ts';
import { likelySameProducts } from '../books/duplicates.ts';
import { told } from '../books/erased.ts';
import { formFields } from './forms.ts';
import { productName } from './names.ts';
import { fieldWords, valueWords, type Writer } from './values.ts';
import { cardOf } from './vouchers.ts';

export type Merging = Doc<'customer'> | Doc<'asset'>;

/** What people call it. */
export function mergedName(one: Merging): string {
  return one.kind === 'customer' ? told(one, 'name') : productName(one.fields);
}

/** What tells it from another one of the same name: his telephones, or its voucher and serial number. */
export function mergedAbout(books: Books, one: Merging): string {
  const told =
    one.kind === 'customer'
      ? [one.fields.phone, one.fields.mobile, one.fields.address]
      : [books.service_voucher.get(one.id)?.fields.number, one.fields.serial_no];
  return told.filter(Boolean).join('　');
}

/** Whether nothing says that two customers are one: neither the name nor any number is the same. */
export function isUnlikely(one: Merging, other: Merging): boolean {
  if (one.kind !== 'customer' || other.kind !== 'customer') return false;
  const numbers = ({ fields }: typeof one) =>
    [fields.phone, fields.mobile].map((number) => (number ?? '').replaceAll(/\D/g, '')).filter(Boolean);
  const name = ({ fields }: typeof one) => (fields.name ?? '').trim();
  const sameName = name(one) !== '' && name(one) === name(other);
  return !sameName && !numbers(one).some((number) => numbers(other).includes(number));
}

/** One field of two that are compared. */
export interface Compared {
  readonly field: string;
  readonly label: string;
  readonly one: string;
  readonly other: string;
  readonly differs: boolean;
}

type Held = Readonly<Record<string, unknown>>;

/** What is written of either, field by field; what both lack is left out. */
export function compared(one: Merging, other: Merging, writer: Writer): readonly Compared[] {
  const [mine, theirs] = [one.fields as Held, other.fields as Held];
  const told = (held: Held, field: string) => (held[field] == null ? '' : valueWords(field, held[field], writer));
  return formFields(one.kind)
    .map(({ name }) => ({
      field: name,
      label: fieldWords(name, writer),
      one: told(mine, name),
      other: told(theirs, name),
    }))
    .filter((row) => row.one !== '' || row.other !== '')
    .map((row) => ({ ...row, differs: row.one !== row.other }));
}

/** What the one that stays takes over, as people read it. */
export function takenOver(stays: Merging, goes: Merging, writer: Writer): readonly { field: string; value: string }[] {
  return Object.entries(filledIn(stays.kind, stays.fields, goes.fields)).map(([field, value]) => ({
    field: fieldWords(field, writer),
    value: valueWords(field, value, writer),
  }));
}

/** What belongs to a customer, or to a product. */
export interface Belongings {
  readonly products: number;
  readonly calls: number;
  readonly openCalls: number;
  readonly contracts: number;
  readonly visits: number;
  readonly voucher: string;
  /** Who is out with the voucher. */
  readonly holder: string;
}

export function belongingsOf(books: Books, doc: Merging): Belongings {
  const calls = books.service_call.where(doc.kind, doc.id);
  const none = { products: 0, openCalls: 0, visits: 0, voucher: '', holder: '' };
  if (doc.kind === 'customer') {
    const products = books.asset.where('customer', doc.id).length;
    const contracts = books.maintenance_contract.where('customer', doc.id).length;
    return { ...none, products, calls: calls.length, contracts };
  }
  const card = cardOf(books, doc.id);
  return {
    ...none,
    calls: calls.length,
    openCalls: card?.openCalls.length ?? 0,
    contracts: contractsOf(books, doc).length,
    visits: card?.entries.length ?? 0,
    voucher: card?.voucher?.fields.number ?? '',
    holder: card?.holder ?? '',
  };
}

/** The products that one can be merged with: the customer's others, what has the same serial number first. */
export function otherProducts(books: Books, asset: Doc<'asset'>): readonly Doc<'asset'>[] {
  const { customer, unit } = asset.fields;
  const owned = customer ? books.asset.where('customer', customer) : [];
  const alike = new Set(likelySameProducts(books, asset));
  return owned
    .filter(({ id, fields }) => id !== asset.id && fields.unit === unit)
    .toSorted((one, other) => Number(alike.has(other)) - Number(alike.has(one)));
}

/** Products with the same serial number that stand with another customer: first the customers are merged. */
export function productsElsewhere(books: Books, asset: Doc<'asset'>): readonly Doc<'asset'>[] {
  const owner = books.customer.get(asset.fields.customer);
  return likelySameProducts(books, asset).filter(({ fields }) => books.customer.get(fields.customer) !== owner);
}

/** The address of a command on one of two that are merged. */
export function mergePath(kind: MergedKind, id: string, deed: 'merge' | 'unmerge'): string {
  return `/api/${kind === 'customer' ? 'customers' : 'assets'}/${id}/${deed}`;
}
