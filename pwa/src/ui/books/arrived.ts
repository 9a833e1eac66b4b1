import { arrivalInstant, isCorrected } from '../../rules/arrival.ts';
import type { Doc } from '../../store/index.ts';
import type { ServiceVisit } from '../../wire/kinds.ts';
import type { Books } from './books.ts';

const MINUTE_MS = 60_000;

/** When somebody arrived, and how that came to be known (F024). */
export interface Arrived {
  /** What counts. */
  readonly at: number;
  /** By the phone's own clock, where that was off; undefined where it was right or a person corrected it. */
  readonly byPhone: number | undefined;
  /** What the phone had said, where a person corrected it. */
  readonly was: number | undefined;
  readonly reason: string;
  /** Who said otherwise than the phone; empty where nobody did. */
  readonly by: string;
}

/** Undefined while nobody has arrived. */
export function arrivedOf(books: Books, { fields }: Doc<'service_visit'>): Arrived | undefined {
  const { arrived_at } = fields;
  const at = arrivalInstant(fields);
  if (at === null || arrived_at == null) return undefined;
  return { at, byPhone: at === arrived_at ? undefined : arrived_at, ...correctionOf(books, fields) };
}

const BY_THE_PHONE = { was: undefined, reason: '', by: '' };

/** What a person said otherwise than the phone, or in its place; nothing of a time that was put back. */
function correctionOf(books: Books, fields: ServiceVisit): Omit<Arrived, 'at' | 'byPhone'> {
  const was = fields.arrived_stamped_at ?? undefined;
  if (was !== undefined && !isCorrected(fields)) return BY_THE_PHONE;
  const by = books.user.get(fields.arrived_corrected_by)?.fields.name ?? '';
  return { was, reason: fields.arrived_reason ?? '', by };
}

/** What is written beside an arrival that a person corrects: what the phone said is kept, once. */
export function correctionBeside({ arrived_at, arrived_stamped_at }: ServiceVisit, by: string): ServiceVisit {
  const first = arrived_stamped_at == null && arrived_at != null;
  return { ...(first ? { arrived_stamped_at: arrived_at } : {}), arrived_corrected_by: by };
}

/** Between which instants somebody can have arrived. */
export interface Span {
  /** When the call came in. */
  readonly since: number | undefined;
  readonly now: number;
}

export type ArrivalFault = 'unreadable' | 'future' | 'early';

/** Why nobody can have arrived then; undefined for a time that can be. Times are typed by the minute. */
export function arrivalFault(at: number | undefined, { since, now }: Span): ArrivalFault | undefined {
  if (at === undefined) return 'unreadable';
  if (at > now) return 'future';
  return since !== undefined && at + MINUTE_MS <= since ? 'early' : undefined;
}
