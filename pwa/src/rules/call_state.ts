import type { Dispatch, ServiceCall, ServiceVisit } from '../wire/kinds.ts';
import type { CallState } from '../wire/states.ts';
import { visitState } from './visit_state.ts';

/**
 * The state of a call from the call, its dispatches and its visits; the visits' ids play no part.
 *
 * A visit that ended with a follow-up leaves the call waiting for the next dispatch.
 */
export function callState(
  call: ServiceCall,
  dispatches: readonly Dispatch[],
  visits: readonly ServiceVisit[],
): CallState {
  if (call.closed_at != null) return 'closed';
  if (call.withdrawn_at != null) return 'withdrawn';
  if (call.duplicate_of != null) return 'duplicate';
  return stateOfWork(dispatches, visits);
}

function stateOfWork(dispatches: readonly Dispatch[], visits: readonly ServiceVisit[]): CallState {
  const states = visits.map(visitState);
  if (states.includes('on_site')) return 'arrived';
  if (states.includes('en_route')) return 'en_route';
  const finished = visits.filter((visit) => visit.finished_at != null);
  if (finished.some(isDone)) return 'completed_on_site';
  const active = dispatches.filter((each) => each.dispatched_at != null && each.cancelled_at == null);
  return active.length > finished.length ? 'dispatched' : 'received';
}

function isDone(visit: ServiceVisit): boolean {
  return visit.outcome === 'fixed' || visit.outcome === 'no_fault';
}
