import { arrivalInstant, visitInstant } from '../../rules/arrival.ts';
import { voucherState } from '../../rules/voucher_state.ts';
import type { Doc } from '../../store/index.ts';
import type { VoucherState } from '../../wire/states.ts';
import type { Books } from '../books/books.ts';
import { type Breach, breachOf, type Entry, entryOf } from '../books/entries.ts';
import { told } from '../books/erased.ts';
import { isOpen } from './cases.ts';
import { personName, productName } from './names.ts';

/** The card of one product, for life: whose it is, where it is, and every visit. */
export interface Card {
  readonly asset: Doc<'asset'>;
  readonly customer: Doc<'customer'> | undefined;
  readonly voucher: Doc<'service_voucher'> | undefined;
  readonly state: VoucherState;
  /** Name of the technician who is out with it. */
  readonly holder: string;
  /** Newest first. */
  readonly entries: readonly Entry[];
  readonly openCalls: readonly Doc<'service_call'>[];
  /** Money of all visits, in minor units. */
  readonly fees: number;
}

export function cardOf(books: Books, id: string): Card | undefined {
  const asset = books.asset.get(id);
  if (!asset) return undefined;
  const voucher = books.service_voucher.get(asset.id);
  const openCalls = books.service_call.children('asset', asset).filter(isOpen);
  const visits = books.service_visit.children('asset', asset);
  const state = voucherState(voucher?.fields ?? {}, openCalls.length);
  return {
    asset,
    customer: books.customer.get(asset.fields.customer),
    voucher,
    state,
    holder: state === 'checked_out' ? personName(books, voucher?.fields.checked_out_to) : '',
    entries: visits.toSorted((one, other) => visitedAt(other) - visitedAt(one)).map((visit) => entryOf(books, visit)),
    openCalls,
    fees: visits.reduce((sum, { fields }) => sum + (fields.fee_total ?? 0), 0),
  };
}

/** When a visit was: arrival, else departure; one that has not begun is the newest. */
export function visitedAt({ fields }: Doc<'service_visit'>): number {
  return arrivalInstant(fields) ?? visitInstant(fields, 'en_route_at') ?? Infinity;
}

/** One voucher as the list shows it. */
export interface VoucherRow {
  readonly id: string;
  readonly number: string;
  readonly customer: string;
  readonly product: string;
  readonly serial: string;
  /** By what else it is found: the numbers of what was merged into it. */
  readonly also: readonly string[];
  readonly state: VoucherState;
  readonly holder: string;
  readonly visits: number;
  readonly lastVisitAt: number | undefined;
  /** An entry says something else than its customer signed. */
  readonly breach: Breach | undefined;
}

/** Every voucher but those of merged products (ADR 42); those that are out first, then by number. */
export function voucherRows(books: Books): readonly VoucherRow[] {
  const merged = new Set(books.asset.merged.map(({ id }) => id));
  const own = books.service_voucher.all.filter(({ id }) => !merged.has(id));
  return own.map((voucher) => voucherRow(books, voucher)).sort(byState);
}

const ORDER: readonly VoucherState[] = ['checked_out', 'awaiting_dispatch', 'in_file', 'retired'];

function byState(one: VoucherRow, other: VoucherRow): number {
  const states = ORDER.indexOf(one.state) - ORDER.indexOf(other.state);
  return states || (one.number < other.number ? -1 : 1);
}

function voucherRow(books: Books, voucher: Doc<'service_voucher'>): VoucherRow {
  const asset = books.asset.get(voucher.id)?.fields ?? {};
  const visits = books.service_visit.children('asset', voucher);
  const arrivals = visits.map(({ fields }) => arrivalInstant(fields) ?? 0);
  const open = books.service_call.children('asset', voucher).filter(isOpen).length;
  const state = voucherState(voucher.fields, open);
  return {
    id: voucher.id,
    number: voucher.fields.number ?? '',
    customer: told(books.customer.get(asset.customer), 'name'),
    product: productName(asset),
    serial: asset.serial_no ?? '',
    also: books.asset
      .mergedInto(voucher.id)
      .flatMap(({ id, fields }) => [books.service_voucher.get(id)?.fields.number, fields.serial_no])
      .filter((said) => said != null),
    state,
    holder: state === 'checked_out' ? personName(books, voucher.fields.checked_out_to) : '',
    visits: visits.length,
    lastVisitAt: Math.max(0, ...arrivals) || undefined,
    breach: breachOf(...visits.map((visit) => entryOf(books, visit).state)),
  };
}

/** The way of a voucher, from file to file (F014). */
export const STATIONS = ['in_file', 'awaiting_dispatch', 'checked_out', 'filed'] as const;
export type Station = (typeof STATIONS)[number];

export interface Stop {
  readonly station: Station;
  readonly reached: 'before' | 'now' | 'later';
  readonly at: number | undefined;
  readonly who: string;
}

const NOW_AT: Readonly<Record<VoucherState, Station>> = {
  in_file: 'in_file',
  awaiting_dispatch: 'awaiting_dispatch',
  checked_out: 'checked_out',
  retired: 'filed',
};

/** Where the voucher is on its way, with who brought it there and when. */
export function trailOf(books: Books, { voucher, state, openCalls }: Card): readonly Stop[] {
  const fields = voucher?.fields ?? {};
  const call = openCalls.at(-1)?.fields;
  const facts: Readonly<Record<Station, Pick<Stop, 'who'> & { readonly at: number | null | undefined }>> = {
    in_file: { at: fields.filed_at ?? fields.opened_at, who: '' },
    // Taken in while a call still waits, it waits since then.
    awaiting_dispatch: {
      at: call && Math.max(call.logged_at ?? 0, fields.filed_at ?? 0),
      who: personName(books, call?.logged_by),
    },
    checked_out: { at: fields.checked_out_at, who: personName(books, fields.checked_out_to) },
    filed: { at: undefined, who: '' },
  };
  const now = STATIONS.indexOf(NOW_AT[state]);
  return STATIONS.map((station, i) => {
    const reached = i < now ? 'before' : i === now ? 'now' : 'later';
    const { at, who } = facts[station];
    return reached === 'later'
      ? { station, reached, at: undefined, who: '' }
      : { station, reached, at: at ?? undefined, who };
  });
}
