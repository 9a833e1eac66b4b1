import type { Doc } from '../../store/index.ts';
import type { Books, Shelf } from './books.ts';
import { fold } from './folding.ts';
import { digitsOf } from './telephone.ts';

type Named = 'customer' | 'asset';

const indexes = new WeakMap<object, ReadonlyMap<string, readonly Doc<Named>[]>>();

/** Documents of one unit that have something in common, told by a key; a document without a key has nothing. */
function alike<K extends Named>(shelf: Shelf<K>, keyOf: (doc: Doc<K>) => string, doc: Doc<K>): readonly Doc<K>[] {
  const index = indexes.get(shelf) ?? Map.groupBy(shelf.all, keyOf);
  indexes.set(shelf, index);
  const key = keyOf(doc);
  const found = key === '' ? [] : (index.get(key) ?? []);
  return (found as readonly Doc<K>[]).filter(({ id, fields }) => id !== doc.id && fields.unit === doc.fields.unit);
}

const folded = (text: string | null | undefined) => fold(text ?? '', new Map());

function phonesOf({ fields }: Doc<'customer'>): readonly string[] {
  return [fields.phone, fields.mobile].map((phone) => digitsOf(phone ?? '')).filter((digits) => digits !== '');
}

/** Other customers of the unit who are called the same and are reached by the same telephone. */
export function likelySameCustomers(books: Books, customer: Doc<'customer'>): readonly Doc<'customer'>[] {
  const phones = new Set(phonesOf(customer));
  const namesakes = alike(books.customer, ({ fields }) => folded(fields.name), customer);
  return namesakes.filter((other) => phonesOf(other).some((phone) => phones.has(phone)));
}

/** Other products of the unit with the same serial number, whoever owns them. */
export function likelySameProducts(books: Books, asset: Doc<'asset'>): readonly Doc<'asset'>[] {
  return alike(books.asset, ({ fields }) => folded(fields.serial_no), asset);
}

const serials = new WeakMap<object, ReadonlyMap<string, readonly Doc<'asset'>[]>>();

/** The products that have a serial number, by the rule above; one that was merged is found as the one that stays. */
export function productsWithSerial({ asset: shelf }: Books, typed: string): readonly Doc<'asset'>[] {
  const serial = folded(typed);
  if (serial === '') return [];
  const index =
    serials.get(shelf) ?? Map.groupBy([...shelf.all, ...shelf.merged], ({ fields }) => folded(fields.serial_no));
  serials.set(shelf, index);
  const found = (index.get(serial) ?? []).map(({ id }) => shelf.get(id));
  return [...new Set(found)].filter((asset) => asset !== undefined);
}
