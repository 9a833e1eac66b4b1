"""Who is the service manager of a unit for a time, in another one's place (ADR 41)."""

from schemas.accounts import ActingOrder
from schemas.audit import Deed
from schemas.kinds.people import RoleGrant, User
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.grants import lasts
from schemas.vocabulary import Role
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.records.scope import in_scope
from server.records.work import Setting, Work

APPOINTERS = frozenset({Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT, Role.ADMIN})
"""Who lets somebody act as the manager of a unit that he sees; whoever only acts himself does not."""


async def appoint(work: Work, caller: Caller, doer: Doer, unit: str, order: ActingOrder, grant: str) -> None:
    """Let somebody of a unit be its service manager for a time, under the id ``grant``.

    Raises ``Problem`` for a caller who only acts himself, a unit out of scope, times that cannot be, a person to act
    for who is no manager of the unit, and a person to act who is not of it, is a manager, or acts then already.
    """
    await work.ledger.head()
    if not in_scope(caller.units, unit):
        raise Problem(Code.RECORD_MISSING)
    if caller.acting_for is not None:
        raise Problem(Code.ACTING_ONLY)
    if not max(order.starts_at, work.now) < order.until_at:
        raise Problem(Code.ACTING_TIMES)
    grants = [each.shown for each in await work.documents.where(RoleGrant, "unit", [unit])]
    managers = {each.user for each in grants if each.role is Role.SERVICE_MANAGER and lasts(each)}
    auditors = {each.user for each in grants if each.role is Role.AUDITOR and lasts(each)}
    if order.acting_for not in managers:
        raise Problem(Code.ACTING_NOT_A_MANAGER)
    user = await work.documents.get(User, order.user)
    is_of_the_unit = user is not None and user.shown.unit == unit and user.shown.deactivated_at is None
    if not is_of_the_unit or order.user in managers | auditors or any(_overlaps(each, order) for each in grants):
        raise Problem(Code.ACTING_UNFIT)
    fields = {
        "user": order.user,
        "unit": unit,
        "role": Role.SERVICE_MANAGER,
        "starts_at": order.starts_at,
        "until_at": order.until_at,
        "acting_for": order.acting_for,
    }
    await work.decide(caller.user, [Setting(Kind.ROLE_GRANT, grant, fields)])
    await _note(work, doer, Deed.ACTING_APPOINTED, grant, fields["user"], fields["acting_for"])


async def end_acting(work: Work, caller: Caller, doer: Doer, grant: str) -> None:
    """Let somebody act no longer; he may say so himself. What he did until now stands.

    Raises ``Problem`` for a grant that is not for a time or not of the caller's units, for a caller who acts himself by
    another one, and for one that is over.
    """
    await work.ledger.head()
    found = await work.documents.get(RoleGrant, grant)
    if found is None or found.shown.until_at is None or not in_scope(caller.units, found.shown.unit):
        raise Problem(Code.RECORD_MISSING)
    if caller.acting_for is not None and found.shown.user != caller.user:
        raise Problem(Code.ACTING_ONLY)
    if found.shown.ended_at is not None or found.shown.until_at <= work.now:
        raise Problem(Code.ACTING_ENDED)
    await work.decide(caller.user, [Setting(Kind.ROLE_GRANT, grant, {"ended_at": work.now})])
    await _note(work, doer, Deed.ACTING_ENDED, grant, found.shown.user, found.shown.acting_for)


def _overlaps(grant: RoleGrant, order: ActingOrder) -> bool:
    """Tell whether somebody acts already in a part of the time for which he shall."""
    if grant.user != order.user or grant.until_at is None or grant.ended_at is not None:
        return False
    return (grant.starts_at or 0) < order.until_at and order.starts_at < grant.until_at


async def _note(work: Work, doer: Doer, deed: Deed, grant: str, user: object, acting_for: object) -> None:
    """Name who acts first, then in whose place."""
    objects = (f"{Kind.USER}:{user}", f"{Kind.USER}:{acting_for}", f"{Kind.ROLE_GRANT}:{grant}")
    await work.note(doer, Deeds(deed, objects))
