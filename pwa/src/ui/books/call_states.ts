import { callState } from '../../rules/call_state.ts';
import type { Doc } from '../../store/index.ts';
import type { Kinds } from '../../wire/kinds.ts';
import type { CallState } from '../../wire/states.ts';
import type { Kind } from '../../wire/vocabulary.ts';
import type { Books } from './books.ts';

/** The state of a call with everything that is known of its dispatches and visits. */
export function stateOfCall(books: Books, call: Doc<'service_call'>): CallState {
  const [dispatches, visits] = [books.dispatch.children('call', call), books.service_visit.children('call', call)];
  return callState(call.fields, fieldsById(dispatches), fieldsById(visits));
}

function fieldsById<K extends Kind>(documents: readonly Doc<K>[]): ReadonlyMap<string, Kinds[K]> {
  return new Map(documents.map(({ id, fields }) => [id, fields]));
}
