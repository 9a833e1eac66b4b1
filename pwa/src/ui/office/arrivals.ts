import { arrivalInstant, isByAppointment } from '../../rules/arrival.ts';
import type { Doc } from '../../store/index.ts';
import type { ServiceCall } from '../../wire/kinds.ts';
import type { BreachReason, Zone } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { arrivalOf, calendarIn, firstArrival } from '../books/limits.ts';
import { plainDate } from '../text/when.ts';
import { isOpen } from './cases.ts';
import { callNumber, customerName } from './names.ts';

/** One call of a month whose limit was kept or not (1-14, F023). */
export interface ArrivalRow {
  readonly id: string;
  readonly number: string;
  readonly customer: string;
  readonly district: string;
  readonly unit: string;
  readonly zone: Zone;
  /** Who came first; of a call that nobody has come to yet, who was sent last. */
  readonly technician: string;
  readonly receivedAt: number;
  readonly dueAt: number;
  /** Undefined while nobody has come. */
  readonly arrivedAt: number | undefined;
  readonly late: boolean;
  /** An agreed time stood for the rule: it is counted by itself. */
  readonly agreed: boolean;
  /** Working minutes, negative where it is late. */
  readonly minutes: number;
  readonly reason: BreachReason | undefined;
  readonly note: string;
}

/** How many of a part of the calls kept their limit. */
export interface Rate {
  readonly id: string;
  readonly total: number;
  readonly late: number;
}

/** `2026-11` of an instant, by the clock of the unit's town. */
export const monthOf = (at: number) => plainDate(at).slice(0, 'yyyy/mm'.length).replace('/', '-');

/** The month so many months away. */
export function monthAfter(month: string, step: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const count = year * 12 + number - 1 + step;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/**
 * The calls that were received in a month and of which it is known whether the limit was kept, late ones first.
 *
 * What was withdrawn or is a duplicate counts for nobody, unless somebody had come; what is neither reached nor due yet
 * counts once it is.
 */
export function arrivalRows(books: Books, month: string, now: number): readonly ArrivalRow[] {
  return books.service_call.all
    .filter(({ fields }) => fields.received_at != null && monthOf(fields.received_at) === month)
    .flatMap((call) => rowOf(books, call, now) ?? [])
    .sort((one, other) => Number(other.late) - Number(one.late) || one.dueAt - other.dueAt);
}

function rowOf(books: Books, call: Doc<'service_call'>, now: number): ArrivalRow | undefined {
  const arrival = arrivalOf(books, call, now);
  const arrivedAt = firstArrival(books, call);
  const late = arrival?.limit.tone === 'late';
  if (!arrival || (arrivedAt === undefined && !(late && isOpen(call)))) return undefined;
  const { fields } = call;
  return {
    id: call.id,
    number: callNumber({ call }),
    customer: customerName({ call, customer: books.customer.get(fields.customer) }),
    ...placeOf(fields),
    technician: technicianOf(books, call, arrivedAt),
    receivedAt: fields.received_at ?? 0,
    dueAt: arrival.dueAt,
    arrivedAt,
    late,
    agreed: isByAppointment(calendarIn(books, fields.unit ?? ''), fields),
    minutes: arrival.limit.minutes,
    reason: fields.breach_reason ?? undefined,
    note: fields.breach_note ?? '',
  };
}

function placeOf({ district, unit, zone }: ServiceCall): Pick<ArrivalRow, 'district' | 'unit' | 'zone'> {
  return { district: district ?? '', unit: unit ?? '', zone: zone ?? 'urban' };
}

function technicianOf(books: Books, call: Doc<'service_call'>, arrivedAt: number | undefined): string {
  const first = books.service_visit.children('call', call).find(({ fields }) => arrivalInstant(fields) === arrivedAt);
  const sent = books.dispatch.children('call', call).at(-1);
  return (arrivedAt !== undefined && first?.fields.technician) || sent?.fields.technician || '';
}

/** The calls that the rule counts for, and those of which a time was agreed on, which it does not (A14). */
export function byRule(rows: readonly ArrivalRow[]): Readonly<Record<'ruled' | 'agreed', readonly ArrivalRow[]>> {
  return { ruled: rows.filter(({ agreed }) => !agreed), agreed: rows.filter(({ agreed }) => agreed) };
}

/** The rates of each part that the rows fall into, worst first; `part` names it, the empty text for none. */
export function ratesBy(rows: readonly ArrivalRow[], part: (row: ArrivalRow) => string): readonly Rate[] {
  return [...Map.groupBy(rows, part)]
    .map(([id, own]) => rateOf(id, own))
    .sort((one, other) => other.late / other.total - one.late / one.total || (one.id < other.id ? -1 : 1));
}

export function rateOf(id: string, rows: readonly ArrivalRow[]): Rate {
  return { id, total: rows.length, late: rows.filter(({ late }) => late).length };
}

/** `12.5 %`, one place, nothing for no calls. */
export function percent({ total, late }: Rate): string {
  return total === 0 ? '' : `${((late / total) * 100).toFixed(1)}%`;
}

/** Whether nobody has said yet why it was late. */
export const wantsReason = ({ late, reason }: ArrivalRow) => late && reason === undefined;
