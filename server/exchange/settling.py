"""Writing off what was announced and will never come, and closing the notice of a copied device."""

from schemas.audit import Deed
from schemas.problems import Code, Problem
from server.audit.log import Deeds, Doer
from server.exchange.healing import Whose, heal_report, in_units_of, seen_by
from server.exchange.standing import LOSS, PARTED
from server.exchange.tables import NOTICE_SETTLED
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.records.work import Work


async def settle_loss(work: Work, caller: Caller, doer: Doer, actor: str, reason: str) -> None:
    """Write off what is missing of a chain; what its device announces later, or brings yet, is untouched by it.

    Raises ``Problem`` for a chain that is of no device in the caller's units, and for one of which nothing is missing.
    """
    report = await seen_by(work.connection, caller, await heal_report(work.connection, work.company, work.now))
    loss = next((each for each in report.losses if each.actor == actor), None)
    if loss is None or loss.settled is not None:
        raise await _why_not(work, caller, actor)
    await _settle(work, doer, LOSS, actor, loss.last_seq, reason)
    await work.note(doer, Deeds(Deed.LOSS_SETTLED, (f"actor:{actor}", f"device:{loss.device}"), reason))


async def settle_parting(work: Work, caller: Caller, doer: Doer, actor: str, reason: str) -> None:
    """Close the notice of a device that was copied or put back; raises ``Problem`` as :func:`settle_loss` does."""
    report = await seen_by(work.connection, caller, await heal_report(work.connection, work.company, work.now))
    parting = next((each for each in report.partings if each.actor == actor), None)
    if parting is None or parting.settled is not None:
        raise await _why_not(work, caller, actor)
    await _settle(work, doer, PARTED, actor, parting.there, reason)
    await work.note(doer, Deeds(Deed.PARTING_SETTLED, (f"actor:{actor}", f"device:{parting.device}"), reason))


async def _why_not(work: Work, caller: Caller, actor: str) -> Problem:
    known = (await work.ledger.actors([actor])).get(actor)
    owner = Whose(known.record.device, known.record.user) if known else None
    is_ours = owner is not None and owner in await in_units_of(work.connection, caller, [owner])
    return Problem(Code.NOTICE_NOT_OPEN if is_ours else Code.RECORD_MISSING)


async def _settle(work: Work, doer: Doer, what: str, actor: str, seq: int, reason: str) -> None:
    said = {"seq": seq, "by": doer.user, "at": work.now, "reason": reason}
    row = {"company": work.company, "what": what, "actor": actor, **said}
    statement = insert_into(work.connection.dialect, NOTICE_SETTLED).values(row)
    keys = ["company", "what", "actor"]
    await work.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=said))
