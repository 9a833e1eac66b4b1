"""An auditor reads everything that admins and managers read, and no more; he changes nothing."""

import json
from collections.abc import Mapping

from sqlalchemy import select

from schemas.registry import Kind
from schemas.rights import WRITERS
from schemas.vocabulary import Role
from server.accounts.tables import ACCOUNT
from tests.server.everything import everything
from tests.server.leaver import revoked
from tests.server.one_call import at_work
from tests.server.routes import GUARDED
from tests.server.world import ADMIN, AUDITOR, TAOYUAN, World, proven

NOT_READ: Mapping[str, str] = {
    "GET /api/held": "waits for a decision, which is not his",
    "GET /api/calls/{}/missing-files": "is asked by whoever closes a call; the report of losses tells him",
    "GET /api/customers/{}/personal-data": "leaves the company with whoever asks for it",
}
READING = {"GET", "HEAD"}


def test_an_auditor_asks_for_whatever_an_admin_or_a_manager_asks_for_and_commands_nothing() -> None:
    theirs = {Role.ADMIN, Role.SERVICE_MANAGER}
    read = {each.name: each.roles for each in GUARDED if each.roles & theirs and each.method == "GET"}
    assert {name for name, roles in read.items() if Role.AUDITOR not in roles} == NOT_READ.keys()
    commanded = [each.name for each in GUARDED if Role.AUDITOR in each.roles and each.method not in READING]
    assert commanded == []


def test_an_auditor_writes_no_field() -> None:
    assert [
        (kind, field) for kind, fields in WRITERS.items() for field, may in fields.items() if Role.AUDITOR in may
    ] == []


async def test_an_auditor_receives_every_kind_of_document_of_every_unit(world: World) -> None:
    unit = await at_work(world)
    await everything(unit)
    auditor, admin = await world.enrolled(AUDITOR), await world.enrolled(ADMIN)
    await auditor.pull()
    await admin.pull()
    assert {row.kind for row in auditor.rows.values()} >= {
        *("user", "role_grant", "device", "absence", "preset", "fee_item", "calendar_day", "district"),
    }
    assert {name for name, row in admin.rows.items() if row.kind != Kind.DEVICE} <= auditor.rows.keys()


async def test_an_auditor_is_told_the_accounts_without_what_opens_them(world: World) -> None:
    unit = await at_work(world)
    await revoked(unit, unit.technician)
    auditor, admin = await world.enrolled(AUDITOR), await world.enrolled(ADMIN)
    accounts = proven(await auditor.client.get("/api/accounts")).json()
    assert accounts == proven(await admin.client.get("/api/accounts")).json()
    assert {each.lower() for account in accounts for each in account} == {
        *("user", "login", "name", "unit", "roles", "deactivated"),
    }
    assert TAOYUAN in {account["unit"] for account in accounts}
    assert proven(await auditor.client.get("/api/quarantines")).json() == []


async def test_nothing_that_an_auditor_receives_holds_what_a_password_is_checked_by(world: World) -> None:
    unit = await at_work(world)
    await everything(unit)
    auditor = await world.enrolled(AUDITOR)
    told = json.dumps([row.fields for row in (await auditor.pull()).values()])
    told += (await auditor.client.get("/api/accounts")).text + (await auditor.client.get("/api/audit")).text
    async with world.journal.database.reading() as connection:
        checks = (await connection.execute(select(ACCOUNT.c.password))).scalars().all()
    assert len(checks) > 5
    assert [each for each in checks if str(each) in told] == []
