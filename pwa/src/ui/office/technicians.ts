import { lasts } from '../../rules/grants.ts';
import { visitState } from '../../rules/visit_state.ts';
import type { Doc } from '../../store/index.ts';
import type { VisitState } from '../../wire/states.ts';
import type { AdminWork } from '../../wire/vocabulary.ts';
import { type Absence, absenceAt } from '../books/absences.ts';
import type { Books } from '../books/books.ts';
import { presentWork } from '../books/working_time.ts';
import { sameDay } from '../text/when.ts';
import { isWork, stands } from './cases.ts';
import { type Contact, type Contacts, contactOf, isNever } from './contacts.ts';
import { customerName, personName } from './names.ts';

/** Somebody who can be sent, with his day as far as the office knows it. */
export interface Technician {
  readonly id: string;
  readonly name: string;
  /** Jobs planned for today, and how many of them are finished. */
  readonly jobs: number;
  readonly finished: number;
  /** Where he is now: the customer, and how far he is. */
  readonly now: { readonly customer: string; readonly state: VisitState } | undefined;
  /** The general work that he is at. */
  readonly working: AdminWork | undefined;
  /** When his other jobs of today are planned, in order. */
  readonly planned: readonly number[];
  /** When his phones were last in touch; undefined where they never were, or nobody knows yet. */
  readonly contact: Contact | undefined;
  /** His phones were never in touch, as the office says: nobody knows whether he would hear of it. */
  readonly unheard: boolean;
  /** Why he is not there when the job is planned for. */
  readonly away: Absence | undefined;
  /** Is already on his way to this call. */
  readonly sent: boolean;
}

/**
 * The people of a unit who can be sent to a call at a time, whoever has least to do first.
 *
 * Whoever has never been in touch may not hear of it, and stands after those who have; who is away then stands last.
 */
export function techniciansFor(
  books: Books,
  contacts: Contacts,
  call: Doc<'service_call'>,
  now: number,
  plannedAt = now,
): readonly Technician[] {
  const sent = new Set(
    books.dispatch
      .children('call', call)
      .filter((dispatch) => stands(dispatch) && books.service_visit.get(dispatch.id)?.fields.finished_at == null)
      .map(({ fields }) => fields.technician),
  );
  return ableIn(books, call.fields.unit)
    .map((user) => ({
      ...dayOf(books, user, now),
      contact: contactOf(books, contacts, user),
      unheard: isNever(books, contacts, user),
      away: absenceAt(books, user, plannedAt),
      sent: sent.has(user),
    }))
    .sort(
      (one, other) =>
        isAway(one) - isAway(other) ||
        isUnheard(one) - isUnheard(other) ||
        leftOf(one) - leftOf(other) ||
        (one.id < other.id ? -1 : 1),
    );
}

const isAway = ({ away }: Technician) => Number(away !== undefined);
const isUnheard = ({ unheard }: Technician) => Number(unheard);
const leftOf = ({ jobs, finished }: Technician) => jobs - finished;

/** Who of a unit can be sent, as its grants say today; whoever acts for a manager is not sent in his place (ADR 41). */
export function ableIn(books: Books, unit: string | null | undefined): readonly string[] {
  const able = books.role_grant
    .where('unit', unit)
    .filter(({ fields }) => lasts(fields) && fields.role === 'technician')
    .map(({ fields }) => fields.user ?? '');
  return [...new Set(able)].filter((user) => books.user.get(user)?.fields.deactivated_at == null);
}

function dayOf(books: Books, user: string, now: number): Omit<Technician, 'contact' | 'unheard' | 'sent' | 'away'> {
  const dispatches = books.dispatch
    .where('technician', user)
    .filter((dispatch) => isWork(books, dispatch) && sameDay(dispatch.fields.planned_at ?? 0, now))
    .toSorted((one, other) => (one.fields.planned_at ?? 0) - (other.fields.planned_at ?? 0));
  const jobs = dispatches.map((dispatch) => ({ dispatch, visit: books.service_visit.get(dispatch.id) }));
  const stateOf = ({ visit }: (typeof jobs)[number]) => (visit ? visitState(visit.fields) : 'planned');
  const current = jobs.findLast((job) => stateOf(job) === 'on_site' || stateOf(job) === 'en_route');
  return {
    id: user,
    name: personName(books, user),
    jobs: jobs.length,
    finished: jobs.filter((job) => stateOf(job) === 'finished').length,
    now: current && { customer: whoIs(books, current.dispatch), state: stateOf(current) },
    working: presentWork(books, user),
    planned: jobs.filter((job) => stateOf(job) === 'planned').map(({ dispatch }) => dispatch.fields.planned_at ?? 0),
  };
}

function whoIs(books: Books, { fields }: Doc<'dispatch'>): string {
  const call = books.service_call.get(fields.call);
  return call ? customerName({ call, customer: books.customer.get(call.fields.customer) }) : '';
}

const HALF_HOUR_MS = 1_800_000;

/** When to plan a job for that nobody gave a time: what the customer wishes or the appointment if it is still to come, else the next half hour. */
export function plannedFor({ fields }: Doc<'service_call'>, now: number, wishAt?: number): number {
  const appointment = wishAt ?? fields.appointment_at ?? 0;
  return appointment > now ? appointment : Math.ceil((now + 1) / HALF_HOUR_MS) * HALF_HOUR_MS;
}
