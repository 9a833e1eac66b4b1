import { voucherState } from '../../rules/voucher_state.ts';
import type { Doc } from '../../store/index.ts';
import type { CallState, VoucherState } from '../../wire/states.ts';
import type { Books } from '../books/books.ts';
import { told } from '../books/erased.ts';
import type { customerFile } from '../text/merging.ts';
import { caseOf, isOpen } from './cases.ts';
import { momentCell, type Rows } from './list_files.ts';
import { callNumber, productName } from './names.ts';

/** A product as the customer's file lists it. */
export interface OwnedRow {
  readonly id: string;
  readonly product: string;
  readonly serial: string;
  readonly warrantyUntil: number | undefined;
  /** Number of its voucher; `''` without one. */
  readonly number: string;
  readonly state: VoucherState;
}

/** A call as the customer's file lists it. */
export interface CalledRow {
  readonly id: string;
  readonly number: string;
  readonly receivedAt: number;
  readonly product: string;
  readonly symptom: string;
  readonly state: CallState;
}

/** Everything of one customer. */
export interface CustomerFile {
  readonly customer: Doc<'customer'>;
  readonly products: readonly OwnedRow[];
  /** The newest first. */
  readonly calls: readonly CalledRow[];
  readonly contracts: readonly Doc<'maintenance_contract'>[];
}

export function customerFileOf(books: Books, id: string): CustomerFile | undefined {
  const customer = books.customer.get(id);
  if (!customer) return undefined;
  return {
    customer,
    products: books.asset.children('customer', customer).map((asset) => ownedRow(books, asset)),
    calls: books.service_call
      .children('customer', customer)
      .map((call) => calledRow(books, call))
      .toSorted((one, other) => other.receivedAt - one.receivedAt),
    contracts: books.maintenance_contract.children('customer', customer),
  };
}

function ownedRow(books: Books, asset: Doc<'asset'>): OwnedRow {
  const voucher = books.service_voucher.get(asset.id)?.fields;
  const open = books.service_call.children('asset', asset).filter(isOpen).length;
  return {
    id: asset.id,
    product: productName(asset.fields),
    serial: asset.fields.serial_no ?? '',
    warrantyUntil: asset.fields.warranty_until ?? undefined,
    number: voucher?.number ?? '',
    state: voucherState(voucher ?? {}, open),
  };
}

function calledRow(books: Books, call: Doc<'service_call'>): CalledRow {
  return {
    id: call.id,
    number: callNumber({ call }),
    receivedAt: call.fields.received_at ?? 0,
    product: productName(books.asset.get(call.fields.asset)?.fields ?? {}),
    symptom: told(call, 'symptom'),
    state: caseOf(books, call).state,
  };
}

type Words = ReturnType<typeof customerFile.get>;

/** The customer's products with their headings. */
export function ownedList(
  rows: readonly OwnedRow[],
  text: Words,
  states: Readonly<Record<VoucherState, string>>,
): Rows {
  return [
    [text.product, text.serial, text.voucher, text.state, text.warranty],
    ...rows.map(({ product, serial, number, state, warrantyUntil }) => [
      product,
      serial,
      number,
      states[state],
      momentCell(warrantyUntil).slice(0, 'yyyy-mm-dd'.length),
    ]),
  ];
}

/** The customer's calls with their headings: all of them, also those that the page has no room for. */
export function calledList(rows: readonly CalledRow[], text: Words, states: Readonly<Record<CallState, string>>): Rows {
  return [
    [text.received, text.number, text.product, text.symptom, text.callState],
    ...rows.map((row) => [momentCell(row.receivedAt), row.number, row.product, row.symptom, states[row.state]]),
  ];
}
