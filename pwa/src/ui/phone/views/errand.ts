import { type Booked, bookedAs } from '../../../rules/category.ts';
import { visitState } from '../../../rules/visit_state.ts';
import type { Doc } from '../../../store/index.ts';
import type { SignatureState, VisitState } from '../../../wire/states.ts';
import type { Books } from '../../books/books.ts';
import { entryOf } from '../../books/entries.ts';
import { sameDay } from '../../text/when.ts';

/** One dispatch with everything that belongs to it; a visit has its dispatch's id. */
export interface Errand {
  readonly id: string;
  readonly dispatch: Doc<'dispatch'>;
  readonly call: Doc<'service_call'>;
  readonly customer: Doc<'customer'> | undefined;
  readonly asset: Doc<'asset'> | undefined;
  readonly visit: Doc<'service_visit'> | undefined;
  readonly state: VisitState;
  readonly signature: SignatureState;
  /** What the call is served as, by the visits before this one, and why it is paid for (F004, F007). */
  readonly booked: Booked;
}

/** Undefined for a dispatch that is not there, or whose call is not. */
export function errandOf(books: Books, id: string): Errand | undefined {
  const dispatch = books.dispatch.get(id);
  const call = books.service_call.get(dispatch?.fields.call);
  if (!dispatch || !call) return undefined;
  const visit = books.service_visit.get(id);
  return {
    id,
    dispatch,
    call,
    customer: books.customer.get(call.fields.customer),
    asset: books.asset.get(call.fields.asset),
    visit,
    state: visitState(visit?.fields ?? {}),
    signature: visit ? entryOf(books, visit).state : 'unsigned',
    booked: bookedAs(
      call.fields,
      books.service_visit.children('call', call).flatMap(({ id: other, fields }) => (other === id ? [] : [fields])),
    ),
  };
}

/**
 * Whether what was signed may be put right on the spot, to be signed again at once (F032): on its day, while the office
 * has not closed the call. Later it is the office that changes it, and says why.
 */
export function isCorrectable({ state, signature, call, dispatch, visit }: Errand, now: number): boolean {
  const signed = state === 'finished' && (signature === 'equal' || signature === 'amended');
  const open = call.fields.closed_at == null && dispatch.fields.cancelled_at == null;
  return signed && open && sameDay(visit?.fields.finished_at ?? 0, now);
}
