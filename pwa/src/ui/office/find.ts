import type { Doc } from '../../store/index.ts';
import type { Books } from '../books/books.ts';
import { digitsOf } from '../books/telephone.ts';
import { callNumber, customerName, productName } from './names.ts';

/** One thing that a search found: a call of the register, or the voucher of a product. */
export interface Hit {
  readonly type: 'call' | 'voucher';
  /** Of the call, or of the product. */
  readonly id: string;
  readonly customer: string;
  readonly product: string;
  /** The call's number, or the product's serial number. */
  readonly mark: string;
  readonly at: number;
}

const MOST = 8;
const DIGITS_MIN = 3;

/** Calls and vouchers whose number, customer, telephone or serial number contains what was typed; newest calls first. */
export function find(books: Books, typed: string): readonly Hit[] {
  const query = plain(typed);
  if (query === '') return [];
  const digits = digitsOf(typed);
  const wanted = (texts: readonly Text[], phones: readonly Text[]) =>
    texts.some((text) => plain(text ?? '').includes(query)) ||
    (digits.length >= DIGITS_MIN && phones.some((phone) => digitsOf(phone ?? '').includes(digits)));
  const found = books.customer.all.filter(({ fields }) => wanted([fields.name], [fields.phone, fields.mobile]));
  const customers = new Set(found.map(({ id }) => id));
  const calls = books.service_call.all.filter(
    ({ fields }) =>
      customers.has(fields.customer ?? '') ||
      wanted([fields.number, fields.provisional_number, fields.contact_name], [fields.contact_phone]),
  );
  const assets = books.asset.all.filter(
    ({ fields }) => customers.has(fields.customer ?? '') || wanted([fields.serial_no, fields.model_no], []),
  );
  return [
    ...calls
      .map((call) => callHit(books, call))
      .sort((one, other) => other.at - one.at)
      .slice(0, MOST),
    ...assets.slice(0, MOST).map((asset) => voucherHit(books, asset)),
  ];
}

type Text = string | null | undefined;

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();

function callHit(books: Books, call: Doc<'service_call'>): Hit {
  const customer = books.customer.get(call.fields.customer);
  return {
    type: 'call',
    id: call.id,
    customer: customerName({ call, customer }),
    product: productName(books.asset.get(call.fields.asset)?.fields ?? {}),
    mark: callNumber({ call }),
    at: call.fields.received_at ?? 0,
  };
}

function voucherHit(books: Books, { id, fields }: Doc<'asset'>): Hit {
  const customer = books.customer.get(fields.customer)?.fields.name ?? '';
  return { type: 'voucher', id, customer, product: productName(fields), mark: fields.serial_no ?? '', at: 0 };
}
