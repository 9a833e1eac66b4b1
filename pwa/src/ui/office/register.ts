import { isBillingOpen } from '../../rules/billing.ts';
import type { Doc } from '../../store/index.ts';
import type { CallState } from '../../wire/states.ts';
import type { Category, Zone } from '../../wire/vocabulary.ts';
import { wishOf } from '../books/attempts.ts';
import type { Books } from '../books/books.ts';
import { type Breach, breachOf } from '../books/entries.ts';
import { type Arrival, arrivalOf, isCarriedOver } from '../books/limits.ts';
import { type Undone, undoneOf } from '../books/undone.ts';
import { unitLimits } from '../books/unit_limits.ts';
import { sameDay } from '../text/when.ts';
import { askedFields } from './asked.ts';
import { type Case, caseOf, categoryOf, isOpen, lastInstant, openDispatches, waits } from './cases.ts';
import { callNumber, customerName, personName, productName } from './names.ts';
import { type Proposal, proposalOf } from './proposals.ts';

/** The parts of the register, in the order in which the office looks at them. */
export const SECTIONS = [
  'carried_over',
  'send_again',
  'received',
  'arrived',
  'en_route',
  'dispatched',
  'completed_on_site',
  'over',
] as const;
export type Section = (typeof SECTIONS)[number];

/** What the chips above the register let through. */
export const FILTERS = {
  waiting: ['carried_over', 'send_again', 'received'],
  under_way: ['dispatched', 'en_route', 'arrived'],
  to_close: ['completed_on_site'],
  over: ['over'],
  billing: ['over'],
  all: SECTIONS,
} as const satisfies Record<string, readonly Section[]>;
export type Filter = keyof typeof FILTERS;
export const FILTER = Object.keys(FILTERS) as readonly Filter[];

/** One call as its row shows it; instants in epoch milliseconds. */
export interface RegisterRow {
  readonly id: string;
  readonly section: Section;
  readonly state: CallState;
  readonly number: string;
  readonly customer: string;
  /** How and where whoever called is reached, and what he said (F010). */
  readonly phone: string;
  readonly address: string;
  readonly symptom: string;
  readonly district: string;
  readonly zone: Zone | undefined;
  readonly product: string;
  readonly category: Category | undefined;
  readonly receivedAt: number;
  /** Whole minutes from the call to its being logged (F011). */
  readonly lag: number;
  /** Longer than its unit allows. */
  readonly lagging: boolean;
  /** Who was sent, while somebody is. */
  readonly technician: string;
  /** Why the last visit did not complete it, while it waits to be sent again. */
  readonly undone: Undone | undefined;
  /** When the customer would have somebody come, as long as the office has not acted on it. */
  readonly wishAt: number | undefined;
  /** Whom the desk proposes, while nobody is sent (F015). */
  readonly proposal: Proposal | undefined;
  /** When he is expected, was last heard of, or when the call was over: what its section is ordered by. */
  readonly at: number;
  /** Fields of the call or of its visits that wait for a decision. */
  readonly undecided: boolean;
  /** An entry says something else than its customer signed. */
  readonly breach: Breach | undefined;
  /** It is closed, and nothing says that its customer's money came (F033). */
  readonly billingOpen: boolean;
  readonly unsent: boolean;
  /** Until when somebody has to arrive (1-14), of what is open. */
  readonly arrival: Arrival | undefined;
}

/** Whole minutes between a call and its being logged; nothing where somebody wrote down a call of the future. */
export function lagOf({ received_at, logged_at }: Case['call']['fields']): number {
  if (received_at == null || logged_at == null) return 0;
  return Math.max(0, Math.floor((logged_at - received_at) / MINUTE_MS));
}

/** Whether a call was not logged at once, as it must be (1-3): by its unit's limit (F011). */
export function isLagging(books: Books, fields: Case['call']['fields']): boolean {
  const { received_at, logged_at } = fields;
  if (received_at == null || logged_at == null) return false;
  return logged_at - received_at > unitLimits(books, fields.unit).lag_minutes * MINUTE_MS;
}

const MINUTE_MS = 60_000;

/** Every call that is open, or was over today, as rows in the order of the register. */
export function registerRows(books: Books, now: number): readonly RegisterRow[] {
  const shown = books.service_call.all.filter((call) => isOpen(call) || sameDay(overAt(call.fields), now));
  return rowsOf(books, shown, now);
}

/** The calls of an earlier day as they stand now: those that came in on it, and those that were over on it. */
export function dayRows(books: Books, day: number, now: number): readonly RegisterRow[] {
  const isOf = (call: Doc<'service_call'>) =>
    sameDay(receivedAt(call.fields), day) || (!isOpen(call) && sameDay(overAt(call.fields), day));
  return rowsOf(books, books.service_call.all.filter(isOf), now);
}

/** Calls as rows in the order of the register. */
export function rowsOf(books: Books, calls: readonly Doc<'service_call'>[], now: number): readonly RegisterRow[] {
  return calls.map((call) => rowOf(books, caseOf(books, call), now)).sort(bySection);
}

/** The closed calls whose money is open, whenever they were closed, the newest first (F033). */
export function unsettledCalls(books: Books): readonly Doc<'service_call'>[] {
  return books.service_call.all
    .filter(({ fields }) => fields.closed_at != null)
    .filter((call) => isBillingOpen(call.fields, visitsOf(books.service_visit.children('call', call))))
    .toSorted((one, other) => (other.fields.closed_at ?? 0) - (one.fields.closed_at ?? 0));
}

/** The closed calls of a customer whose money is open; of what was erased nobody is billed. */
export function owedBy(books: Books, customer: Doc<'customer'>): readonly Doc<'service_call'>[] {
  const calls = new Set(books.service_call.where('customer', customer.id));
  return unsettledCalls(books).filter((call) => calls.has(call) && call.fields.erased_at == null);
}

/** Whether a call is closed and its money open (F033). */
export function isUnsettled({ call, entries }: Case): boolean {
  return isBillingOpen(call.fields, visitsOf(entries.map(({ visit }) => visit)));
}

const visitsOf = (visits: readonly Doc<'service_visit'>[]) => visits.map(({ fields }) => fields);

function overAt(call: Case['call']['fields']): number {
  return call.closed_at ?? call.withdrawn_at ?? call.logged_at ?? 0;
}

function receivedAt({ received_at, logged_at }: Case['call']['fields']): number {
  return received_at ?? logged_at ?? 0;
}

function rowOf(books: Books, one: Case, now: number): RegisterRow {
  const { call, asset, entries, state } = one;
  const cameIn = receivedAt(call.fields);
  const sent = openDispatches(one).at(-1) ?? one.dispatches.at(-1);
  const arrival = isOpen(call) ? arrivalOf(books, call, now) : undefined;
  return {
    id: call.id,
    section: sectionOf(state, isCarriedOver(books, call, now)),
    state,
    number: callNumber(one),
    customer: customerName(one),
    ...saidIn(call),
    product: asset ? productName(asset.fields) : '',
    category: categoryOf(books, call),
    receivedAt: cameIn,
    lag: lagOf(call.fields),
    lagging: isLagging(books, call.fields),
    technician: waits(one) ? '' : personName(books, sent?.fields.technician),
    ...leftOpen(books, one),
    proposal: proposalOf(books, one),
    at: (state === 'received' ? arrival?.dueAt : ORDERED_BY[state](one)) ?? cameIn,
    undecided: [call, ...entries.map(({ visit }) => visit)].some((doc) => askedFields(doc).length > 0),
    breach: breachOf(...entries.map(({ state }) => state)),
    billingOpen: isUnsettled(one),
    unsent: call.unsent > 0,
    arrival,
  };
}

/** What whoever is sent next should know. */
function leftOpen(books: Books, { call, state }: Case): Pick<RegisterRow, 'undone' | 'wishAt'> {
  const undone = state === 'send_again' ? undoneOf(books, call).at(-1) : undefined;
  return { undone, wishAt: isOpen(call) ? wishOf(books, call)?.at : undefined };
}

type SaidIn = Pick<RegisterRow, 'phone' | 'address' | 'symptom' | 'district' | 'zone'>;

function saidIn({ fields }: Case['call']): SaidIn {
  const { contact_phone: phone, address, symptom, district, zone } = fields;
  return {
    phone: phone ?? '',
    address: address ?? '',
    symptom: symptom ?? '',
    district: district ?? '',
    zone: zone ?? undefined,
  };
}

function sectionOf(state: CallState, carriedOver: boolean): Section {
  if (state === 'received') return carriedOver ? 'carried_over' : 'received';
  return state === 'closed' || state === 'withdrawn' || state === 'duplicate' ? 'over' : state;
}

type Instant = number | null | undefined;

/** Of calls that nobody was sent to the limit counts, which the desk knows before the server says it. */
const ORDERED_BY: Readonly<Record<Exclude<CallState, 'received'>, (one: Case) => Instant>> = {
  send_again: (one) => lastInstant(one, 'finished_at'),
  dispatched: (one) => openDispatches(one).at(-1)?.fields.planned_at,
  en_route: (one) => lastInstant(one, 'en_route_at'),
  arrived: (one) => lastInstant(one, 'arrived_at'),
  completed_on_site: (one) => lastInstant(one, 'finished_at'),
  closed: ({ call }) => call.fields.closed_at,
  withdrawn: ({ call }) => call.fields.withdrawn_at,
  duplicate: ({ call }) => call.fields.withdrawn_at ?? call.fields.logged_at,
};

/** Within a section the oldest is first, of calls that nobody was sent to whoever has the least time left (1-14). */
function bySection(one: RegisterRow, other: RegisterRow): number {
  const sections = SECTIONS.indexOf(one.section) - SECTIONS.indexOf(other.section);
  const age = one.at - other.at || one.receivedAt - other.receivedAt || (one.id < other.id ? -1 : 1);
  return sections || (one.section === 'over' ? -age : age);
}

/** The rows that a filter lets through, section by section; empty sections are left out. */
export function sectionsOf(rows: readonly RegisterRow[], filter: Filter): ReadonlyMap<Section, readonly RegisterRow[]> {
  return Map.groupBy(
    rows.filter((row) => letsThrough(filter, row)),
    ({ section }) => section,
  );
}

function letsThrough(filter: Filter, { section, billingOpen }: RegisterRow): boolean {
  const wanted: readonly Section[] = FILTERS[filter];
  return wanted.includes(section) && (filter !== 'billing' || billingOpen);
}

/** How many rows each filter lets through. */
export function filterCounts(rows: readonly RegisterRow[]): Readonly<Record<Filter, number>> {
  const count = (filter: Filter) => rows.filter((row) => letsThrough(filter, row)).length;
  return Object.fromEntries(FILTER.map((filter) => [filter, count(filter)])) as Record<Filter, number>;
}
