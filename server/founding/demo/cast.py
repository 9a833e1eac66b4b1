"""The demonstration's company, accounts and devices: everybody who will play."""

from collections.abc import Mapping

from msgspec import structs

from schemas.accounts import Enrolment, NewAccount
from schemas.registry import Kind
from schemas.rights import SEES_EVERY_UNIT
from server.accounts.devices import add_device
from server.audit.log import Doer
from server.founding.beginning import begin_company, open_account
from server.founding.demo.days import TIME_ZONE
from server.founding.demo.player import Player
from server.founding.demo.tables import PEOPLE, UNITS, PersonRow, UnitRow
from server.platform.caller import Caller
from server.platform.keys import DeviceKey, base64url
from server.records.audiences import audiences_for
from server.records.ledger import Actor
from server.records.work import Setting, Work
from sync.chain import genesis

COMPANY = "demo"
NAME = "青松電器"


async def found(work: Work, epoch: str, phcs: Mapping[str, str]) -> Mapping[str, Player]:
    """Found the company with its units, accounts and devices; return everybody by his user id.

    ``phcs`` has the password of each user as a PHC string. The devices' keys are made here and end with the play.
    """
    await begin_company(work, NAME, epoch, [_unit(row) for row in UNITS])
    for person in PEOPLE:
        wish = NewAccount(person.name, person.login, person.unit, frozenset({person.role}))
        ids = iter((person.user, f"grant-{person.user}"))
        await open_account(work, wish, phcs[person.user], ids.__next__)
    return {person.user: await _enrolled(work, epoch, person) for person in PEOPLE}


async def _enrolled(work: Work, epoch: str, person: PersonRow) -> Player:
    key, caller = DeviceKey(), _caller(person)
    wish = Enrolment(person.device, person.place, base64url(key.point))
    device = await add_device(work, caller, Doer(caller.user, None), wish, f"device-{person.user}")
    player = Player(person.name, structs.replace(caller, device=device, device_key=key.point), key, epoch)
    await work.ledger.save_actors([Actor(player.record, 0, genesis(player.record))])
    return player


def _unit(row: UnitRow) -> Setting:
    fields = {
        "kind": row.kind,
        "code": row.code,
        "name": row.name,
        "time_zone": TIME_ZONE,
        "address": row.address,
        "phone": row.phone,
    }
    return Setting(Kind.UNIT, row.unit, fields)


def _caller(person: PersonRow) -> Caller:
    """Return who a person is before he has a device."""
    roles = frozenset({person.role})
    units = frozenset(row.unit for row in UNITS) if roles & SEES_EVERY_UNIT else frozenset({person.unit})
    return Caller(
        company=COMPANY,
        user=person.user,
        device="",
        place=person.place,
        unit=person.unit,
        roles=roles,
        units=units,
        audiences=audiences_for(roles, person.unit, units),
        device_key=b"",
    )
