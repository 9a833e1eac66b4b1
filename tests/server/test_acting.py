"""Whoever acts for the manager is one for that time, everywhere, and no longer (ADR 41; F015, F031)."""

import httpx
import pytest

from schemas.problems import Code
from schemas.registry import Kind
from server.records.work import Setting
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    DEPARTMENT,
    MANAGER,
    MANAGER_ELSEWHERE,
    TAOYUAN,
    TECHNICIAN,
    TECHNICIAN_TWO,
    Person,
    SyncDevice,
    World,
    problem,
    proven,
)

HOUR_MS = 3_600_000
ORDER = {"technician": TECHNICIAN.user, "planned_at": RECEIVED_AT}


@pytest.fixture
async def unit(world: World) -> OneCall:
    unit = await at_work(world)
    await unit.logged()
    return unit


async def appointed(
    unit: OneCall, user: Person = CLERK, by: SyncDevice | None = None, of: str = BANQIAO, **more: object
) -> httpx.Response:
    now = unit.world.clock.now()
    order = {"user": user.user, "acting_for": MANAGER.user, "starts_at": now, "until_at": now + HOUR_MS} | more
    return await (by or unit.manager).client.post(f"/api/units/{of}/acting", json=order)


async def dispatch(by: SyncDevice, call: str = "call-one") -> httpx.Response:
    return await by.client.post(f"/api/calls/{call}/dispatch", json=ORDER)


async def test_f015_whoever_acts_for_the_manager_dispatches_until_it_ends_by_itself(unit: OneCall) -> None:
    assert problem(await dispatch(unit.clerk)) == (403, "session.role_missing")
    proven(await appointed(unit))
    visit = proven(await dispatch(unit.clerk)).json()["dispatch"]
    unit.world.clock.ahead_ms += HOUR_MS
    cancel = await unit.clerk.client.post(f"/api/dispatches/{visit}/cancel", json={"reason": "改派"})
    assert problem(cancel) == (403, "session.role_missing")


async def test_an_appointment_for_later_lets_nobody_act_before(unit: OneCall) -> None:
    begins = unit.world.clock.now() + HOUR_MS
    proven(await appointed(unit, starts_at=begins, until_at=begins + HOUR_MS))
    told = proven(await unit.clerk.client.get("/api/session")).json()
    assert (told["roles"], [each["starts_at"] for each in told["acting"]]) == (["clerk"], [begins])
    assert problem(await dispatch(unit.clerk)) == (403, "session.role_missing")
    unit.world.clock.ahead_ms += HOUR_MS
    proven(await dispatch(unit.clerk))
    assert proven(await unit.clerk.client.get("/api/session")).json()["roles"] == ["clerk", "service_manager"]


async def test_f031_whoever_acts_confirms_a_visit_that_nobody_signed(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason="absent", unsigned_note="沒有人在家")
    path = f"/api/visits/{visit}/confirm"
    body = {"note": "已電話確認", "content_sha256": await unit.seen(visit)}
    assert problem(await unit.clerk.client.post(path, json=body)) == (403, "session.role_missing")
    proven(await appointed(unit))
    proven(await unit.clerk.client.post(path, json=body))


async def test_f031_nobody_confirms_his_own_visit(unit: OneCall) -> None:
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason="absent", unsigned_note="沒有人在家")
    proven(await appointed(unit, TECHNICIAN))
    path = f"/api/visits/{visit}/confirm"
    body = {"note": "已電話確認", "content_sha256": await unit.seen(visit)}
    assert problem(await unit.technician.client.post(path, json=body)) == (409, "visit.own")
    proven(await unit.manager.client.post(path, json=body))


async def test_an_auditor_acts_for_nobody(unit: OneCall) -> None:
    admin = await unit.world.enrolled(ADMIN)
    proven(await admin.client.post(f"/api/accounts/{CLERK.user}", json={"roles": ["auditor"]}))
    assert problem(await appointed(unit)) == (422, "acting.unfit")


async def test_the_audit_log_tells_in_whose_place_something_was_done(unit: OneCall) -> None:
    proven(await appointed(unit))
    proven(await dispatch(unit.clerk))
    proven(await unit.clerk.client.post(f"/api/units/{BANQIAO}/reconciliation", json={"note": ""}))
    told = [(entry.deed, entry.user, entry.acting_for) for entry in (await unit.world.entries())[-3:]]
    assert told == [
        ("acting.appointed", MANAGER.user, None),
        ("call.dispatched", CLERK.user, MANAGER.user),
        ("call.day_reconciled", CLERK.user, None),
    ]


async def test_the_audit_log_names_whom_he_stands_in_for_now_not_whom_he_will_or_did(unit: OneCall) -> None:
    now = unit.world.clock.now()
    others = {"grant-before": (now - 2 * HOUR_MS, now - HOUR_MS), "grant-next": (now + 5 * HOUR_MS, now + 6 * HOUR_MS)}
    told = {"user": CLERK.user, "unit": BANQIAO, "role": "service_manager", "acting_for": TECHNICIAN.user}
    for grant, (starts, until) in others.items():
        fields = told | {"starts_at": starts, "until_at": until}
        await unit.world.decide(MANAGER, Setting(Kind.ROLE_GRANT, grant, fields))
    proven(await appointed(unit))
    proven(await dispatch(unit.clerk))
    assert (await unit.world.entries())[-1].acting_for == MANAGER.user


@pytest.mark.parametrize("person", [MANAGER, DEPARTMENT, ADMIN])
async def test_managers_the_department_and_the_admin_appoint(unit: OneCall, person: Person) -> None:
    proven(await appointed(unit, by=await unit.world.enrolled(person)))


async def test_nobody_else_appoints(unit: OneCall) -> None:
    assert problem(await appointed(unit, TECHNICIAN, unit.clerk)) == (403, "session.role_missing")
    elsewhere = await unit.world.enrolled(MANAGER_ELSEWHERE)
    assert problem(await appointed(unit, by=elsewhere)) == (404, "record.missing")
    assert problem(await appointed(unit, of="unit-nowhere")) == (404, "record.missing")


async def test_whoever_only_acts_appoints_nobody_and_ends_only_his_own(unit: OneCall) -> None:
    grants = [proven(await appointed(unit, person)).json()["grant"] for person in (CLERK, TECHNICIAN)]
    assert problem(await appointed(unit, TECHNICIAN_TWO, unit.clerk)) == (403, Code.ACTING_ONLY)
    assert problem(await unit.clerk.client.post(f"/api/acting/{grants[1]}/end")) == (403, Code.ACTING_ONLY)
    proven(await unit.clerk.client.post(f"/api/acting/{grants[0]}/end"))
    assert problem(await dispatch(unit.clerk)) == (403, "session.role_missing")


async def test_what_ended_early_is_over_at_once_and_ends_once(unit: OneCall) -> None:
    grant = proven(await appointed(unit)).json()["grant"]
    path = f"/api/acting/{grant}/end"
    proven(await unit.manager.client.post(path))
    assert problem(await dispatch(unit.clerk)) == (403, "session.role_missing")
    assert problem(await unit.manager.client.post(path)) == (409, Code.ACTING_ENDED)
    lasting = f"grant-{CLERK.user}-clerk"
    assert problem(await unit.manager.client.post(f"/api/acting/{lasting}/end")) == (404, "record.missing")


async def test_an_appointment_has_to_make_sense(unit: OneCall) -> None:
    now = unit.world.clock.now()
    assert problem(await appointed(unit, until_at=now - 1)) == (422, Code.ACTING_TIMES)
    assert problem(await appointed(unit, starts_at=now + 2, until_at=now + 2)) == (422, Code.ACTING_TIMES)
    assert problem(await appointed(unit, acting_for=TECHNICIAN.user)) == (422, Code.ACTING_NOT_A_MANAGER)
    for unfit in (MANAGER, MANAGER_ELSEWHERE):
        assert problem(await appointed(unit, unfit)) == (422, Code.ACTING_UNFIT)
    proven(await appointed(unit))
    assert problem(await appointed(unit)) == (422, Code.ACTING_UNFIT)
    proven(await appointed(unit, starts_at=now + 2 * HOUR_MS, until_at=now + 3 * HOUR_MS))


async def test_whoever_acts_is_not_sent_in_the_managers_place(unit: OneCall) -> None:
    proven(await appointed(unit))
    refused = await unit.dispatch(to=CLERK)
    assert problem(refused) == (422, "dispatch.not_a_technician")


async def test_who_acts_is_no_manager_in_the_admins_list_and_stays_so_when_roles_change(unit: OneCall) -> None:
    proven(await appointed(unit))
    admin = await unit.world.enrolled(ADMIN)
    listed = {each["user"]: each["roles"] for each in proven(await admin.client.get("/api/accounts")).json()}
    assert listed[CLERK.user] == ["clerk"]
    proven(await admin.client.post(f"/api/accounts/{CLERK.user}", json={"roles": ["clerk", "accountant"]}))
    proven(await dispatch(unit.clerk))


async def acting_technician(unit: OneCall) -> str:
    """The technician acts as manager; only a manager may write why a call was late. The grant's id."""
    grant: str = proven(await appointed(unit, TECHNICIAN)).json()["grant"]
    await unit.technician.pull()
    return grant


async def late_push(unit: OneCall) -> list[object]:
    reply = await unit.technician.push(len(unit.technician.chain.sent))
    return [result[2] for result in reply.results if result[1] == "held"]


def said(unit: OneCall) -> None:
    unit.technician.write(Kind.SERVICE_CALL, "call-one", {"breach_reason": "traffic"})


async def test_what_was_captured_while_somebody_acted_is_taken_however_late_it_comes(unit: OneCall) -> None:
    await acting_technician(unit)
    said(unit)
    unit.world.clock.ahead_ms += 3 * HOUR_MS
    assert await late_push(unit) == []
    assert (await unit.call())["breach_reason"] == "traffic"


async def test_what_was_captured_before_an_early_end_is_taken_too(unit: OneCall) -> None:
    grant = await acting_technician(unit)
    said(unit)
    unit.world.clock.ahead_ms += 60_000
    proven(await unit.manager.client.post(f"/api/acting/{grant}/end"))
    assert await late_push(unit) == []


async def test_what_was_captured_when_it_was_over_is_held(unit: OneCall) -> None:
    await acting_technician(unit)
    unit.world.clock.ahead_ms += 2 * HOUR_MS
    said(unit)
    assert await late_push(unit) == ["operation.right"]


async def test_what_was_captured_before_somebody_acted_is_taken_once_he_does(unit: OneCall) -> None:
    said(unit)
    unit.world.clock.ahead_ms += HOUR_MS
    await acting_technician(unit)
    assert await late_push(unit) == []


async def test_a_grant_at_another_unit_lets_nobody_act_here(unit: OneCall) -> None:
    now = unit.world.clock.now()
    fields = {"user": CLERK.user, "unit": TAOYUAN, "role": "service_manager", "acting_for": MANAGER_ELSEWHERE.user}
    strange = Setting(Kind.ROLE_GRANT, "grant-strange", {**fields, "starts_at": now, "until_at": now + HOUR_MS})
    await unit.world.decide(ADMIN, strange)
    assert problem(await dispatch(unit.clerk)) == (403, "session.role_missing")


async def test_an_absence_is_written_at_the_desk_and_read_by_the_unit(unit: OneCall) -> None:
    fields = {"unit": BANQIAO, "user": TECHNICIAN.user, "from_at": 1, "until_at": 2, "reason": "sick"}
    await unit.wrote(unit.clerk, Kind.ABSENCE, "absence-one", fields)
    assert (await unit.technician.pull())["absence-one"].fields["reason"] == "sick"
    unit.technician.write(Kind.ABSENCE, "absence-one", {"until_at": 3})
    assert await late_push(unit) == ["operation.right"]
