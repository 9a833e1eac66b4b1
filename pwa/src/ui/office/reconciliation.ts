import { astray, listOf } from '../../rules/reconciliation.ts';
import type { Doc } from '../../store/index.ts';
import type { Unsettled } from '../../wire/states.ts';
import type { Books } from '../books/books.ts';
import { told } from '../books/erased.ts';
import { calendarIn } from '../books/limits.ts';
import { inputMoment } from '../text/when.ts';
import { type Case, caseOf, isOpen, openDispatches } from './cases.ts';
import { callNumber, customerName, productName } from './names.ts';
import { routes } from './routes.ts';

const DAY_MS = 86_400_000;
const DATE_LENGTH = 'yyyy-mm-dd'.length;

/** How many days back a missing reconciliation is told. */
const DAYS_TOLD = 14;

/** The date of an instant by the clock of the unit's town. */
export const dateOf = (at: number) => inputMoment(at).slice(0, DATE_LENGTH);

/** A call that is not settled, or a voucher that is out for no call. */
export interface Left {
  readonly id: string;
  readonly href: string;
  /** Whether it is a voucher, with its number, since when it is out, and who took it. */
  readonly astray: boolean;
  readonly number: string;
  readonly customer: string;
  readonly product: string;
  readonly since: number;
  /** Ids of who is out. */
  readonly technicians: readonly string[];
}

/** What of a unit's calls and vouchers is not settled, list by list, the oldest first (1-13, F017). */
export function unsettledOf(books: Books, unit: string): Readonly<Record<Unsettled, readonly Left[]>> {
  const cases = books.service_call
    .where('unit', unit)
    .filter(isOpen)
    .map((call) => caseOf(books, call))
    .sort((one, other) => receivedAt(one) - receivedAt(other) || (one.id < other.id ? -1 : 1));
  const on = (list: Unsettled) => cases.filter(({ state }) => listOf(state) === list).map(leftCall);
  const out = [...on('out'), ...vouchersAstray(books, unit, cases)];
  return { undispatched: on('undispatched'), out, unclosed: on('unclosed') };
}

function leftCall(one: Case): Left {
  return {
    id: one.id,
    href: routes.href('call', { id: one.id }),
    astray: false,
    number: callNumber(one),
    customer: customerName(one),
    product: one.asset ? productName(one.asset.fields) : '',
    since: receivedAt(one),
    technicians: openDispatches(one).map(({ fields }) => fields.technician ?? ''),
  };
}

/** The vouchers of a unit that are out for none of its open calls, the longest out first. */
function vouchersAstray(books: Books, unit: string, cases: readonly Case[]): readonly Left[] {
  const states = Map.groupBy(cases, ({ asset, call }) => asset?.id ?? call.fields.asset ?? '');
  const vouchers = books.service_voucher.where('unit', unit);
  const out = astray(
    new Map(vouchers.map(({ id, fields }) => [id, fields])),
    new Map([...states].map(([product, of]) => [product, of.map(({ state }) => state)])),
  );
  return out
    .map((id) => leftVoucher(books, id))
    .sort((one, other) => one.since - other.since || (one.id < other.id ? -1 : 1));
}

function leftVoucher(books: Books, id: string): Left {
  const fields = books.service_voucher.get(id)?.fields ?? {};
  const asset = books.asset.get(id)?.fields ?? {};
  return {
    id,
    href: routes.href('voucher', { id }),
    astray: true,
    number: fields.number ?? '',
    customer: told(books.customer.get(asset.customer), 'name'),
    product: productName(asset),
    since: fields.checked_out_at ?? 0,
    technicians: fields.checked_out_to ? [fields.checked_out_to] : [],
  };
}

const receivedAt = ({ call }: Pick<Case, 'call'>) => call.fields.received_at ?? 0;

/** One day with what was signed of it; undefined where nobody has. */
export interface SignedDay {
  readonly date: string;
  readonly signed: Doc<'reconciliation'> | undefined;
}

/** The working days of the last two weeks, the newest first, since the unit's first call: who signed, or that nobody did. */
export function signedDays(books: Books, unit: string, now: number): readonly SignedDay[] {
  const { week, days } = calendarIn(books, unit);
  const signed = new Map(books.reconciliation.where('unit', unit).map((each) => [each.fields.date ?? '', each]));
  const first = dateOf(Math.min(now, ...books.service_call.where('unit', unit).map((call) => receivedAt({ call }))));
  const today = Date.parse(dateOf(now));
  const dates = Array.from({ length: DAYS_TOLD }, (_, back) => new Date(today - back * DAY_MS).toISOString());
  return dates
    .map((day) => day.slice(0, DATE_LENGTH))
    .flatMap((date) => {
      const hours = days[date] ?? week[(new Date(date).getUTCDay() + 6) % 7] ?? [];
      const one = signed.get(date);
      return one || (hours.length > 0 && date >= first) ? [{ date, signed: one }] : [];
    });
}

/** Whether what was signed today still holds: the same counts as now. */
export function stillHolds(
  signed: Doc<'reconciliation'>,
  lists: Readonly<Record<Unsettled, readonly Left[]>>,
): boolean {
  const { undispatched, out, unclosed } = signed.fields;
  return undispatched === lists.undispatched.length && out === lists.out.length && unclosed === lists.unclosed.length;
}
