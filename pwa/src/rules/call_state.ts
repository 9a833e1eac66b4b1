import type { Dispatch, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { CallState } from '../wire/states.ts';
import { visitState } from './visit_state.ts';

type ById<Document> = ReadonlyMap<string, Document>;

/**
 * The state of a call from the call, its dispatches and its visits by id; a visit has its dispatch's id.
 *
 * A visit that ended with a follow-up leaves the call waiting to be sent again; whoever was called back before he
 * arrived is on his way no longer. A duplicate was withdrawn as well, and says so.
 */
export function callState(call: ServiceCall, dispatches: ById<Dispatch>, visits: ById<ServiceVisit>): CallState {
  if (call.closed_at != null) return 'closed';
  if (call.duplicate_of != null) return 'duplicate';
  if (call.withdrawn_at != null) return 'withdrawn';
  return stateOfWork(dispatches, visits);
}

function stateOfWork(dispatches: ById<Dispatch>, visits: ById<ServiceVisit>): CallState {
  const states = [...visits].map(([id, visit]) => [id, visitState(visit)] as const);
  if (states.some(([, state]) => state === 'on_site')) return 'arrived';
  if (states.some(([id, state]) => state === 'en_route' && dispatches.get(id)?.cancelled_at == null)) return 'en_route';
  const finished = new Map([...visits].filter(([, visit]) => visit.finished_at != null));
  if ([...finished.values()].some(endsTheWork)) return 'completed_on_site';
  const waiting = [...dispatches].some(([id, dispatch]) => isActive(dispatch) && !finished.has(id));
  if (waiting) return 'dispatched';
  return finished.size > 0 ? 'send_again' : 'received';
}

function isActive(dispatch: Dispatch): boolean {
  return dispatch.dispatched_at != null && dispatch.cancelled_at == null;
}

/** Whether nobody is to come again after a visit. */
export function endsTheWork({ outcome }: ServiceVisit): boolean {
  return outcome === 'fixed' || outcome === 'no_fault' || outcome === 'not_repaired';
}
