"""Looking into a rescue file, and taking in what of it is not here yet."""

from collections.abc import Sequence
from hashlib import sha256

from msgspec import Struct, structs
from sqlalchemy import select

from schemas.audit import Deed
from schemas.kinds.people import Device, User
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rescue import RescueFound, RescueState
from server.accounts.leavers import device_caller
from server.attachments.keeping import note_file, stored
from server.attachments.storing import FileStore
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.records.erased_files import is_erased, note_named_again
from server.records.kept_files import BLOB, MISSING_FILE
from server.records.naming import device_names
from server.records.quarantines import announce, keep
from server.records.scope import in_scope
from server.records.work import Work
from server.rescue.entering import Place, place_of, take_in
from server.rescue.opening import Rescue
from sync.reading import read


class Sight(Struct, frozen=True):
    """A rescue file before this log: whose it is, and where each of its stretches stands."""

    caller: Caller
    places: Sequence[Place]
    found: RescueFound


async def look(work: Work, asker: Caller | None, rescue: Rescue) -> Sight:
    """Return what taking a rescue file in would bring, without writing anything (SPEC X2, X3).

    ``asker`` is whoever asks, None for the operator. Raises ``Problem`` for a device that is not there or in
    none of his units, and as :func:`place_of` does.
    """
    contents = rescue.contents
    caller = await device_caller(work.connection, work.company, contents.device, work.now)
    device = await work.documents.get(Device, contents.device)
    if caller is None or device is None or (asker is not None and not in_scope(asker.units, device.shown.unit)):
        raise Problem(Code.RESCUE_FOREIGN)
    await work.ledger.head()
    places = [await place_of(work, caller, each.batch, each.payloads) for each in rescue.stretches]
    user = await work.documents.get(User, caller.user)
    return Sight(
        caller,
        places,
        await _found(work, rescue, places, (user.shown.name or "") if user else "", device.shown.name or ""),
    )


async def take(work: Work, asker: Caller | None, doer: Doer, rescue: Rescue) -> RescueFound:
    """Take in what of a rescue file is not here yet; a second time changes nothing (SPEC X3, X4).

    A stopped device's work is held as in its quarantine. Raises ``Problem`` as :func:`look` does; nothing is written
    then.
    """
    sight = await look(work, asker, rescue)
    caller, contents, held = sight.caller, rescue.contents, 0
    for stretch in rescue.stretches:
        # Placed anew: what the stretch before brought, this one may begin behind.
        place = await place_of(work, caller, stretch.batch, stretch.payloads)
        logged = await take_in(work, caller, place, contents.offset_ms)
        held += sum(each.verdict == "held" for each in logged)
        await _count(work, caller, len(logged))
    if sight.found.fresh or sight.found.fresh_blobs:
        about = (f"{Kind.DEVICE}:{caller.device}", f"{Kind.USER}:{caller.user}")
        chains = dict.fromkeys(f"actor:{each.batch.actor.actor}" for each in rescue.stretches)
        await work.note(doer, Deeds(Deed.RESCUE_IMPORTED, (*about, *chains)))
    return structs.replace(sight.found, held=held)


async def rescued(
    work: Work, asker: Caller | None, doer: Doer, rescue: Rescue, files: FileStore, unique: str
) -> RescueFound:
    """Take in a rescue file with its files (see :func:`take`); ``unique`` is a name that nothing else has."""
    found = await take(work, asker, doer, rescue)
    refused = 0
    for name, content in (await _named(work, rescue)).items():
        if await is_erased(work.connection, work.company, name):
            continue
        await note_named_again(work.connection, work.company, {name})
        try:
            kept = await stored(files, name, content, unique)
        except Problem:
            refused += 1
        else:
            await note_file(work, rescue.contents.user, name, kept)
    return structs.replace(found, refused=refused)


async def _count(work: Work, caller: Caller, fresh: int) -> None:
    if caller.leaving is None or not fresh:
        return
    known = await announce(work, caller, 0)
    arrived = known.arrived + fresh
    await keep(work, structs.replace(known, arrived=arrived, announced=max(known.announced, arrived)))


async def _found(work: Work, rescue: Rescue, places: Sequence[Place], user: str, device: str) -> RescueFound:
    readings = [read(payload) for each in rescue.stretches for payload in each.payloads]
    captured = [each.operation.at for each in readings if each.operation is not None]
    fresh = sum(len(each.fresh) for each in places)
    named = await _named(work, rescue)
    lost = select(MISSING_FILE.c.sha256).where(MISSING_FILE.c.company == work.company)
    kept = select(BLOB.c.sha256).where(BLOB.c.company == work.company, BLOB.c.sha256.in_(named))
    here = len((await work.connection.execute(kept.where(BLOB.c.sha256.not_in(lost)))).all())
    return RescueFound(
        state=_state(fresh + len(named) - here, len(readings) + len(named)),
        user=rescue.contents.user,
        user_name=user,
        device_name=device,
        at=rescue.contents.at,
        since=min(captured, default=None),
        entries=sum(each.following in (0, None) for each in readings),
        operations=len(readings),
        fresh=fresh,
        blobs=len(named),
        fresh_blobs=len(named) - here,
    )


def _state(fresh: int, every: int) -> RescueState:
    if fresh == 0:
        return "here"
    return "new" if fresh == every else "partly"


async def _named(work: Work, rescue: Rescue) -> dict[str, bytes]:
    """Return the files that operations of the device name, in this file or in the log: who signed these vouches for it.

    One that nothing names is left out: whoever has the public key could have put it there.
    """
    payloads = b"\n".join(payload for each in rescue.stretches for payload in each.payloads)
    return {
        name: content
        for name, content in rescue.blobs.items()
        if sha256(content).hexdigest() == name
        and (
            name.encode() in payloads or await device_names(work.connection, work.company, rescue.contents.device, name)
        )
    }
