import type { Doc } from '../../../store/index.ts';
import type { Books } from '../../books/books.ts';
import { productName } from '../../books/names.ts';
import { digitsOf } from '../../books/telephone.ts';

/** One product that a search found, with its owner. */
export interface Hit {
  readonly asset: string;
  readonly customer: string;
  readonly address: string;
  readonly product: string;
  readonly serial: string;
}

const MOST = 30;
/** Fewer digits than these are in every number. */
const DIGITS_MIN = 3;

/** Products whose owner, his telephone, whose serial number or a call's number contains what was typed; none for nothing. */
export function find(books: Books, typed: string): readonly Hit[] {
  const query = plain(typed);
  if (query === '') return [];
  const digits = digitsOf(typed);
  const says = (...texts: readonly Text[]) => texts.some((text) => plain(text ?? '').includes(query));
  const rings = (...phones: readonly Text[]) =>
    digits.length >= DIGITS_MIN && phones.some((phone) => digitsOf(phone ?? '').includes(digits));
  const owner = ({ fields }: Doc<'customer'>) => says(fields.name) || rings(fields.phone, fields.mobile);
  const called = ({ fields }: Doc<'service_call'>) =>
    says(fields.number, fields.provisional_number) || rings(fields.contact_phone);
  return books.asset.all
    .filter(({ id, fields }) => {
      const customer = books.customer.get(fields.customer);
      return (
        says(fields.serial_no, fields.model_no) ||
        (customer !== undefined && owner(customer)) ||
        books.service_call.where('asset', id).some(called)
      );
    })
    .slice(0, MOST)
    .map((asset) => hitOf(books, asset));
}

type Text = string | null | undefined;

const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();

function hitOf(books: Books, { id, fields }: Doc<'asset'>): Hit {
  const customer = books.customer.get(fields.customer)?.fields;
  return {
    asset: id,
    customer: customer?.name ?? '',
    address: customer?.address ?? '',
    product: productName(fields),
    serial: fields.serial_no ?? '',
  };
}
