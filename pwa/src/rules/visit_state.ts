import type { ServiceVisit } from '../wire/kinds.ts';
import type { VisitState } from '../wire/states.ts';

/** The furthest instant of a visit that is set: finished, arrived, en route, or none of them. */
export function visitState(visit: ServiceVisit): VisitState {
  if (visit.finished_at != null) return 'finished';
  if (visit.arrived_at != null) return 'on_site';
  if (visit.en_route_at != null) return 'en_route';
  return 'planned';
}
