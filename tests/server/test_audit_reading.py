"""The audit log as an auditor reads it."""

import msgspec
import pytest
from sqlalchemy import update

from schemas.audit import AuditPage, Deed
from schemas.registry import Kind
from server.audit.reading import MOST, PAGE
from server.audit.tables import AUDIT_ENTRY
from tests.server.one_call import OneCall, at_work
from tests.server.world import ADMIN, AUDITOR, CLERK, MANAGER, SyncDevice, World, problem, proven


async def read(device: SyncDevice, **wish: str | int) -> AuditPage:
    answer = proven(await device.client.get("/api/audit", params=wish))
    return msgspec.json.decode(answer.content, type=AuditPage)


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


async def test_an_auditor_reads_who_did_what_the_newest_first(unit: OneCall) -> None:
    await unit.logged()
    visit = await unit.done()
    proven(await unit.close())
    auditor = await unit.world.enrolled(AUDITOR)
    page = await read(auditor)
    seqs = [entry.seq for entry in page.entries]
    assert seqs == sorted(seqs, reverse=True)
    closed = next(entry for entry in page.entries if entry.deed is Deed.CALL_CLOSED)
    assert (closed.user, closed.objects) == (CLERK.user, ("service_call:call-one", f"service_visit:{visit}"))
    assert (page.more, page.broken) == (False, ())


async def test_the_log_is_read_by_person_by_deed_and_by_day(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    admin = await unit.world.enrolled(ADMIN)
    assert {entry.user for entry in (await read(admin, user=MANAGER.user)).entries} == {MANAGER.user}
    assert [entry.deed for entry in (await read(admin, deed=Deed.CALL_DISPATCHED)).entries] == [Deed.CALL_DISPATCHED]
    everything = (await read(admin)).entries
    first = everything[-1]
    assert (await read(admin, until=first.at)).entries == ()
    assert (await read(admin, before=everything[0].seq)).entries == everything[1:]


async def test_more_than_a_page_is_read_page_by_page(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    for _ in range(PAGE):
        browser = await unit.world.client()
        await browser.post("/api/session", json={"login": "nobody", "password": "wrong"})
        unit.world.clock.ahead_ms += 16 * 60_000
    page = await read(admin)
    assert (len(page.entries), page.more) == (PAGE, True)
    rest = await read(admin, before=page.entries[-1].seq)
    assert (rest.entries[0].seq, rest.more) == (page.entries[-1].seq - 1, False)


async def test_whoever_wants_the_whole_log_reads_it_in_larger_pages(unit: OneCall) -> None:
    await unit.logged()
    await unit.dispatched()
    admin = await unit.world.enrolled(ADMIN)
    everything = (await read(admin, most=MOST)).entries
    assert len(everything) > 2
    page = await read(admin, most=2)
    assert (page.entries, page.more) == (everything[:2], True)
    rest = await read(admin, most=MOST, before=page.entries[-1].seq)
    assert (rest.entries, rest.more) == (everything[2:], False)
    for most in (0, MOST + 1):
        refused = await admin.client.get("/api/audit", params={"most": most})
        assert refused.status_code == 400


async def test_an_entry_that_was_changed_in_the_database_is_told(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    seq = (await read(admin)).entries[0].seq
    async with unit.world.journal.database.writing() as connection:
        await connection.execute(update(AUDIT_ENTRY).where(AUDIT_ENTRY.c.seq == seq).values(leaf=b"{}"))
    page = await read(admin)
    assert page.broken == (seq,)
    assert seq not in {entry.seq for entry in page.entries}


async def test_only_admins_and_auditors_read_the_log(unit: OneCall) -> None:
    for device in (unit.clerk, unit.manager, unit.technician):
        assert problem(await device.client.get("/api/audit")) == (403, "session.role_missing")


async def test_an_auditor_sees_every_unit_and_changes_nothing(unit: OneCall) -> None:
    await unit.logged()
    auditor = await unit.world.enrolled(AUDITOR)
    await auditor.pull()
    assert "call-one" in auditor.rows
    auditor.write(Kind.SERVICE_CALL, "call-one", {"symptom": "改過"})
    reply = await auditor.push(len(auditor.chain.sent))
    assert [result[1:] for result in reply.results] == [("held", "operation.right")]
    assert (await unit.call())["symptom"] == "不冷"
    proven(await auditor.client.get("/api/healing"))
