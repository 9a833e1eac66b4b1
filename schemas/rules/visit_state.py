"""The state of a visit entry, derived from the instants that the technician stamped."""

from enum import StrEnum

from schemas.kinds.visits import ServiceVisit


class VisitState(StrEnum):
    """How far the technician is."""

    PLANNED = "planned"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    FINISHED = "finished"


def visit_state(visit: ServiceVisit) -> VisitState:
    """Return the furthest instant that is set: finished, arrived, en route, or none of them."""
    if visit.finished_at is not None:
        return VisitState.FINISHED
    if visit.arrived_at is not None:
        return VisitState.ON_SITE
    if visit.en_route_at is not None:
        return VisitState.EN_ROUTE
    return VisitState.PLANNED
