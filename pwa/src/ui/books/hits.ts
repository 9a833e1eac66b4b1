import type { Doc } from '../../store/index.ts';
import type { Books } from './books.ts';
import { callerName, told } from './erased.ts';
import { type FoundByKind, type HitKind, type Index, isShort, type Word } from './finding.ts';
import { fold, marked, type Piece } from './folding.ts';
import { productName } from './names.ts';

/** One thing that was found, as a line of a list shows it; what was typed is marked in its texts. */
export interface Hit {
  readonly kind: HitKind;
  readonly id: string;
  readonly title: readonly Piece[];
  readonly details: readonly (readonly Piece[])[];
  /** When the call came in. */
  readonly at: number | undefined;
  /** The product that it is, or is about; of a customer's the one that was served last. */
  readonly asset: string | undefined;
  /** The call that it is, or the customer's newest. */
  readonly call: string | undefined;
}

/** The hits of one kind, and how many more there are. */
export interface HitGroup {
  readonly kind: HitKind;
  readonly hits: readonly Hit[];
  readonly more: number;
}

/** What was found, in groups as the lists show it; a kind of which nothing was found is left out. */
export function hitGroups(index: Index, found: FoundByKind): readonly HitGroup[] {
  const pen = penOf(index, found.words);
  const groups: readonly HitGroup[] = [
    group(
      'customer',
      found.customer.count,
      found.customer.docs.map((doc) => customerHit(index, pen, doc)),
    ),
    group(
      'asset',
      found.asset.count,
      found.asset.docs.map((doc) => assetHit(index, pen, doc)),
    ),
    group(
      'service_call',
      found.service_call.count,
      found.service_call.docs.map((doc) => callHit(index, pen, doc)),
    ),
  ];
  return groups.filter(({ hits }) => hits.length > 0);
}

const group = (kind: HitKind, count: number, hits: readonly Hit[]): HitGroup => ({
  kind,
  hits,
  more: count - hits.length,
});

type Text = string | null | undefined;

/** Marks words, numbers of papers and products, and telephones. */
interface Pen {
  readonly text: (text: Text) => readonly Piece[];
  readonly number: (number: Text) => readonly Piece[];
  readonly phone: (phone: Text) => readonly Piece[];
}

function penOf({ characters }: Index, words: readonly Word[]): Pen {
  const folded = (letter: string) => fold(letter, characters);
  const texts = words.map(({ text }) => text);
  const numbers = texts.filter((text) => !isShort(text));
  const digits = words.map((word) => word.digits).filter((each) => !isShort(each));
  // Abroad a number has no nought before it.
  const abroad = digits.map((each) => each.replace(/^0/, ''));
  return {
    text: (text) => marked(text ?? '', texts, folded),
    number: (number) => marked(number ?? '', numbers, folded),
    phone: (phone) =>
      marked(phone ?? '', phone?.startsWith('+') ? abroad : digits, (letter) => folded(letter).replace(/\D/g, '')),
  };
}

const isMarked = (pieces: readonly Piece[]) => pieces.some(({ found }) => found);

/** What is always told, and of the rest what was looked for. */
const details = (always: readonly (readonly Piece[])[], also: readonly (readonly Piece[])[]) => [
  ...always.filter(({ length }) => length > 0),
  ...also.filter(isMarked),
];

/** The district where the address does not name it: nobody reads the same twice. */
const beyond = (district: Text, address: Text) => (district && address?.includes(district) ? '' : district);

function latest<K extends HitKind>(docs: readonly Doc<K>[], at: (doc: Doc<K>) => number): Doc<K> | undefined {
  return docs.toSorted((one, other) => at(other) - at(one))[0];
}

function customerHit({ books, productPlaces, at }: Index, pen: Pen, doc: Doc<'customer'>): Hit {
  const { id, fields } = doc;
  const { phone, mobile, address, district } = fields;
  const servedAt = (asset: Doc<'asset'>) => at.asset[productPlaces.get(asset.id) ?? -1] ?? 0;
  const last = latest(books.asset.where('customer', id), servedAt);
  const newest = latest(books.service_call.where('customer', id), (call) => call.fields.received_at ?? 0);
  const contracts = books.maintenance_contract.where('customer', id);
  return {
    kind: 'customer',
    id,
    title: pen.text(told(doc, 'name')),
    details: details(
      [pen.phone(mobile ?? phone), pen.text(address)],
      [
        ...(mobile ? [pen.phone(phone)] : []),
        pen.text(beyond(district, address)),
        ...contracts.map((contract) => pen.number(contract.fields.number)),
        ...books.customer.mergedInto(id).flatMap((merged) => ofMergedCustomer(pen, merged)),
      ],
    ),
    at: undefined,
    asset: last?.id,
    call: newest?.id,
  };
}

/** What was merged is still found by what it was called (ADR 42). */
function ofMergedCustomer(pen: Pen, { fields }: Doc<'customer'>): readonly (readonly Piece[])[] {
  return [pen.text(fields.name), pen.phone(fields.mobile), pen.phone(fields.phone), pen.text(fields.address)];
}

function ofMergedProduct(books: Books, pen: Pen, { id, fields }: Doc<'asset'>): readonly (readonly Piece[])[] {
  return [
    pen.text(productName(fields)),
    pen.number(fields.serial_no),
    pen.number(books.service_voucher.get(id)?.fields.number),
  ];
}

function assetHit({ books }: Index, pen: Pen, { id, fields }: Doc<'asset'>): Hit {
  const owned = books.customer.get(fields.customer);
  const owner = owned?.fields;
  const contracts = books.covered_asset.where('asset', id);
  return {
    kind: 'asset',
    id,
    title: pen.text(productName(fields)),
    details: details(
      [pen.number(fields.serial_no), pen.text(told(owned, 'name'))],
      [
        pen.number(books.service_voucher.get(id)?.fields.number),
        ...contracts.map((one) => pen.number(books.maintenance_contract.get(one.fields.contract)?.fields.number)),
        ...books.asset.mergedInto(id).flatMap((merged) => ofMergedProduct(books, pen, merged)),
        pen.phone(owner?.mobile),
        pen.phone(owner?.phone),
        pen.text(owner?.address),
      ],
    ),
    at: undefined,
    asset: id,
    call: undefined,
  };
}

function callHit({ books }: Index, pen: Pen, call: Doc<'service_call'>): Hit {
  const { id, fields } = call;
  const customer = books.customer.get(fields.customer);
  const asset = books.asset.get(fields.asset);
  const number = fields.number ?? fields.provisional_number;
  return {
    kind: 'service_call',
    id,
    title: pen.number(number),
    details: details(
      [pen.text(callerName(customer, call)), pen.text(productName(asset?.fields ?? {}))],
      [
        ...(number === fields.provisional_number ? [] : [pen.number(fields.provisional_number)]),
        ...(customer ? [pen.text(fields.contact_name)] : []),
        pen.phone(fields.contact_phone),
        pen.text(fields.address),
        pen.text(beyond(fields.district, fields.address)),
      ],
    ),
    at: fields.received_at ?? undefined,
    asset: asset?.id,
    call: id,
  };
}
