import type { OutboxView } from '../../../store/index.ts';
import type { SignatureState, VisitState } from '../../../wire/states.ts';
import type { Category, Zone } from '../../../wire/vocabulary.ts';
import type { Books } from '../../books/books.ts';
import { callerName } from '../../books/erased.ts';
import type { Arrival } from '../../books/limits.ts';
import { productName } from '../../books/names.ts';
import { type TakenBack, takenBack } from '../../books/taken_back.ts';
import { isUndone } from '../../books/undone.ts';
import type { Errand } from './errand.ts';

/** One job as its card shows it; instants in epoch milliseconds throughout. */
export interface JobGlance {
  readonly id: string;
  readonly customer: string;
  readonly address: string;
  readonly district: string;
  readonly zone: Zone | undefined;
  /** Product and model, as one says it: 冰箱 KR-528WN. */
  readonly product: string;
  readonly category: Category | undefined;
  readonly carriedOver: boolean;
  readonly plannedAt: number | undefined;
  /** He is away when it is planned for, and it is still his. */
  readonly away: boolean;
  readonly receivedAt: number | undefined;
  readonly state: VisitState;
  /** It ended, but could not be completed. */
  readonly incomplete: boolean;
  readonly signature: SignatureState;
  /** Records of this job that are only on this phone. */
  readonly unsent: number;
  /** Taken away while the phone was offline; stays until it was seen. */
  readonly gone: Gone | undefined;
  /** Until when somebody has to arrive (1-14); undefined where that is not reckoned. */
  readonly arrival: Arrival | undefined;
}

/** What became of a job that is not this technician's any more. */
export interface Gone extends Omit<TakenBack, 'why'> {
  readonly why: TakenBack['why'] | 'closed';
  /** Whether he was there all the same: what he did is kept, and the office decides about it. */
  readonly worked: boolean;
}

/** How many captured items of each job are only on this phone. */
export function unsentByJob(outbox: OutboxView | undefined): ReadonlyMap<string, number> {
  const open = (outbox?.items ?? []).filter(({ state }) => state === 'pending' || state === 'sending');
  const byJob = Map.groupBy(open, ({ about }) => about);
  return new Map([...byJob].map(([about, items]) => [about, items.length]));
}

export function glanceOf(
  errand: Errand,
  unsent: number,
  gone: Gone | undefined,
  arrival?: Arrival,
  away = false,
): JobGlance {
  const { id, dispatch, call, customer, asset, visit, state, signature, booked } = errand;
  const { address, district, zone, received_at } = call.fields;
  return {
    id,
    customer: callerName(customer, call),
    address: address ?? '',
    district: district ?? '',
    zone: zone ?? undefined,
    product: productName(asset?.fields ?? {}),
    category: visit?.fields.category ?? booked.category ?? undefined,
    carriedOver: dispatch.fields.priority === 'carried_over',
    away,
    plannedAt: dispatch.fields.planned_at ?? undefined,
    receivedAt: received_at ?? undefined,
    state,
    incomplete: isUndone(visit?.fields),
    signature,
    unsent,
    gone,
    arrival,
  };
}

/** Undefined for a job that is still his, and for one that was closed when he had done it. */
export function goneOf(books: Books, { call, dispatch, visit, state }: Errand): Gone | undefined {
  const worked = visit?.fields.arrived_at != null;
  const taken = takenBack(books, dispatch, call);
  if (taken) return { ...taken, worked };
  const { closed_at, closed_by } = call.fields;
  if (closed_at == null || state === 'finished') return undefined;
  return { why: 'closed', by: books.user.get(closed_by)?.fields.name ?? '', to: '', at: closed_at, reason: '', worked };
}
