import type { Kind } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { callerName } from '../books/erased.ts';
import { callNumber, personName, productName } from './names.ts';

/** What a document is about, as people look for it: whose product or time, which call. Ids where there is a page for them. */
export interface Subject {
  readonly customer: string;
  readonly district: string;
  readonly product: string;
  readonly number: string;
  readonly call: string | undefined;
  readonly asset: string | undefined;
  readonly visit: string | undefined;
}

interface Ids {
  readonly call?: string | null | undefined;
  readonly asset?: string | null | undefined;
  readonly customer?: string | null | undefined;
  readonly visit?: string | undefined;
  /** Whose leave or general work it is: both are about no customer (F006). */
  readonly person?: string | null | undefined;
}

type Said = Readonly<Record<string, unknown>>;

/** Where each kind names what it is about; the other kinds are about nobody's product. */
const IDS: Partial<Readonly<Record<Kind, (books: Books, id: string, said: Said) => Ids>>> = {
  admin_time: (books, id, said) => ({ person: books.admin_time.get(id)?.fields.user ?? textOf(said.user) }),
  absence: (books, id, said) => ({ person: books.absence.get(id)?.fields.user ?? textOf(said.user) }),
  customer: (_books, id) => ({ customer: id }),
  asset: (_books, id) => ({ asset: id }),
  maintenance_contract: (books, id, said) => ({
    customer: books.maintenance_contract.get(id)?.fields.customer ?? textOf(said.customer),
  }),
  covered_asset: (books, id, said) => ({ asset: books.covered_asset.get(id)?.fields.asset ?? textOf(said.asset) }),
  service_voucher: (_books, id) => ({ asset: id }),
  service_call: (_books, id) => ({ call: id }),
  dispatch: (books, id) => ({ call: books.dispatch.get(id)?.fields.call }),
  service_visit: ofVisit,
  signature: (books, id, said) => ofVisit(books, books.signature.get(id)?.fields.visit ?? textOf(said.visit)),
  signature_copy: (books, id, said) =>
    ofVisit(
      books,
      books.signature.get(books.signature_copy.get(id)?.fields.signature ?? textOf(said.signature))?.fields.visit ?? '',
    ),
  contact_attempt: (books, id, said) => ({ call: books.contact_attempt.get(id)?.fields.call ?? textOf(said.call) }),
  photo: (books, id, said) => ofVisit(books, books.photo.get(id)?.fields.visit ?? textOf(said.visit)),
};

/** A held operation may say anything. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A visit has the id of its dispatch (ADR 7), which is there before anything of the visit is. */
function ofVisit(books: Books, id: string): Ids {
  const visit = books.service_visit.get(id)?.fields;
  return { visit: id, call: visit?.call ?? books.dispatch.get(id)?.fields.call, asset: visit?.asset };
}

/**
 * What a document is about; what is not among the rows is left empty. One that is not there itself is about what the
 * operation `said` that would have made it.
 */
export function subjectOf(books: Books, kind: Kind, id: string, said: Said = {}): Subject {
  const ids = IDS[kind]?.(books, id, said) ?? {};
  const call = books.service_call.get(ids.call);
  const asset = books.asset.get(ids.asset ?? call?.fields.asset);
  const customer = books.customer.get(ids.customer ?? call?.fields.customer ?? asset?.fields.customer);
  return {
    customer: callerName(customer, call) || personName(books, ids.person),
    district: call?.fields.district ?? customer?.fields.district ?? '',
    product: productName(asset?.fields ?? {}),
    number: call ? callNumber({ call }) : '',
    call: call?.id,
    asset: asset?.id,
    visit: ids.visit,
  };
}
