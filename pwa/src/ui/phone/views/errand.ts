import { visitState } from '../../../rules/visit_state.ts';
import type { Doc } from '../../../store/index.ts';
import type { SignatureState, VisitState } from '../../../wire/states.ts';
import type { Books } from '../../books/books.ts';
import { entryOf } from '../../books/entries.ts';

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
  };
}
