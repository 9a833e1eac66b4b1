import { visitInstant } from '../../rules/arrival.ts';
import { bookedCategory } from '../../rules/category.ts';
import { closingObstacle } from '../../rules/closing.ts';
import type { Doc } from '../../store/index.ts';
import type { Code } from '../../wire/problems.ts';
import { CALL_ARROWS, type CallCommand, type CallState } from '../../wire/states.ts';
import type { Category } from '../../wire/vocabulary.ts';
import type { Books } from '../books/books.ts';
import { stateOfCall } from '../books/call_states.ts';
import { coverOf } from '../books/contracts.ts';
import { type Entry, entryOf } from '../books/entries.ts';

/** One row of the call register with everything that belongs to it. */
export interface Case {
  readonly id: string;
  readonly call: Doc<'service_call'>;
  readonly customer: Doc<'customer'> | undefined;
  readonly asset: Doc<'asset'> | undefined;
  readonly dispatches: readonly Doc<'dispatch'>[];
  readonly entries: readonly Entry[];
  readonly state: CallState;
}

export function caseOf(books: Books, call: Doc<'service_call'>): Case {
  const dispatches = books.dispatch.children('call', call);
  const visits = books.service_visit.children('call', call);
  return {
    id: call.id,
    call,
    customer: books.customer.get(call.fields.customer),
    asset: books.asset.get(call.fields.asset),
    dispatches,
    entries: visits.map((visit) => entryOf(books, visit)),
    state: stateOfCall(books, call),
  };
}

/** What a call is served as: its visit's category once there is one, which an amendment changes (F007). */
export function categoryOf(books: Books, call: Doc<'service_call'>): Category | undefined {
  return bookedCategory(
    call.fields,
    books.service_visit.children('call', call).map(({ fields }) => fields),
  );
}

/** Whether the state of a call allows a command. */
export function allows({ state }: Case, command: CallCommand): boolean {
  return (CALL_ARROWS[command] as readonly CallState[]).includes(state);
}

/** Why a call cannot be closed yet, null when it can. */
export function obstacleOf(books: Books, { call, state, entries }: Case): Code | null {
  return closingObstacle(
    call.fields,
    state,
    entries.map(({ visit, state: signature }) => ({
      visit: visit.fields,
      signature,
      cover: coverOf(books, books.asset.get(visit.fields.asset)),
    })),
  );
}

/** Whether nobody is under way to a call, and somebody should be: a new one, and one that was not completed. */
export function waits({ state }: Pick<Case, 'state'>): boolean {
  return state === 'received' || state === 'send_again';
}

/** When something was last done at a call, by the clock that counts; undefined where it never was. */
export function lastInstant({ entries }: Case, of: Parameters<typeof visitInstant>[1]): number | null | undefined {
  return entries.map(({ visit }) => visitInstant(visit.fields, of)).findLast((at) => at !== null);
}

/** Whether a call still needs somebody, or something of the office. */
export function isOpen({ fields }: Doc<'service_call'>): boolean {
  return fields.closed_at == null && fields.withdrawn_at == null && fields.duplicate_of == null;
}

/** The dispatches that stand and whose visit is not finished; a visit has its dispatch's id. */
export function openDispatches({ dispatches, entries }: Case): readonly Doc<'dispatch'>[] {
  const finished = new Set(entries.filter(({ visit }) => visit.fields.finished_at != null).map(({ id }) => id));
  return dispatches.filter((dispatch) => stands(dispatch) && !finished.has(dispatch.id));
}

export function stands({ fields }: Doc<'dispatch'>): boolean {
  return fields.dispatched_at != null && fields.cancelled_at == null;
}

/** Whether a dispatch is work of its day: it was done, or still has to be; that of a call taken back is neither. */
export function isWork(books: Books, dispatch: Doc<'dispatch'>): boolean {
  if (!stands(dispatch)) return false;
  const call = books.service_call.get(dispatch.fields.call);
  return !call || isOpen(call) || books.service_visit.get(dispatch.id)?.fields.finished_at != null;
}
