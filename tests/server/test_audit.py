"""Every command leaves its entry in the audit log: generated from the application's own routes."""

import json
from hashlib import sha256

import httpx
import msgspec
import pytest
from msgspec import structs
from sqlalchemy import select

from schemas.audit import AuditEntry, Deed
from schemas.registry import Kind
from schemas.vocabulary import Place, Role, VisitOutcome
from server.accounts.devices import session_statement
from server.audit.tables import AUDIT_ENTRY
from server.exchange.marks import Mark, write_mark
from server.platform.keys import base64url
from server.records.tables import DOCUMENTS
from server.records.work import Setting
from tests.server.leaver import revoked
from tests.server.one_call import RECEIVED_AT, OneCall, at_work
from tests.server.routes import ROUTES
from tests.server.scenes import SCENES, Asked, about, by, scene
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    COMPANY,
    MANAGER,
    PASSWORD,
    TECHNICIAN,
    World,
    problem,
    proven,
)
from tests.support.signing_device import SigningDevice

CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
WHY = "客戶來電更正"
NEW_PASSWORD = base64url(b"another good one")

NOT_NOTED = {
    "POST /sync/v1/hello": "says who writes; an epoch that it begins is noted, below",
    "POST /sync/v1/push": "operations carry author and time in a chain of their own; a signature is noted, below",
    "POST /sync/v1/offer": "as a push",
    "POST /sync/v1/files/gone": "a device's word of itself; the report of what is missing tells it",
    "POST /sync/v1/entrusted": "as a push: what comes back says who wrote it, and the report of the restore tells it",
    "POST /sync/v1/quarantine/hello": "what it opens and closes is noted: tests/server/test_quarantine.py",
    "POST /sync/v1/quarantine/push": "as a push",
    "POST /sync/v1/quarantine/offer": "as a push",
    "PUT /sync/v1/quarantine/blobs/{}": "as a file",
    "POST /api/copies/{}/{}": "a customer reads his own",
    "POST /api/rescue/look": "looks only",
    "POST /api/rescue/take": "its body is a file; its entry is tested in tests/server/test_rescue.py",
    "POST /api/units/{}/imports/check": "looks only",
    "POST /api/units/{}/imports": "its body is a file; its entry is tested in tests/server/test_import.py",
    "POST /api/spreadsheets": "rows come back in another form; nothing is kept",
    "POST /uploads": "as a file, in parts",
    "PATCH /uploads/{}": "as above",
    "DELETE /uploads/{}": "as above",
    "PUT /blobs/{}": "bytes under their own hash; the signature that names them is noted",
    "POST /api/start/demo": "there is no company yet; tests/server/test_founding.py",
    "POST /api/start/company": "there is no company yet; tests/server/test_founding.py",
}
"""Route to why nothing is expected of it here."""

UNHASHED = {
    "POST /api/session": "holds a password",
    "POST /api/session/password": "holds two passwords",
    "POST /api/session/reset": "holds a code and a password",
}
"""Route to why the hash of its request is left out: whoever reads the log could try words against it."""


@scene("POST /api/session")
async def signs_in(unit: OneCall) -> Asked:
    return Asked(
        browser=await unit.world.client(),
        path="/api/session",
        body={"login": CLERK.login, "password": PASSWORD},
        user=CLERK.user,
        deed=Deed.SIGNED_IN,
        objects=about(f"user:{CLERK.user}"),
    )


@scene("DELETE /api/session")
async def signs_out(unit: OneCall) -> Asked:
    objects = about(f"user:{CLERK.user}")
    return Asked(**by(unit.clerk, CLERK), path="/api/session", deed=Deed.SIGNED_OUT, objects=objects)


@scene("POST /api/session/device")
async def speaks_from_a_device(unit: OneCall) -> Asked:
    browser, device = await unit.world.signed_in(TECHNICIAN), unit.technician.device
    challenge = proven(await browser.get("/api/session")).json()["challenge"]
    return Asked(
        browser=browser,
        path="/api/session/device",
        body={"device": device, "signature": unit.technician.chain.sign(session_statement(challenge, device))},
        user=TECHNICIAN.user,
        deed=Deed.SESSION_BOUND,
        objects=about(f"device:{device}", f"user:{TECHNICIAN.user}"),
    )


@scene("POST /api/session/password")
async def changes_a_password(unit: OneCall) -> Asked:
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/session/password",
        body={"old": PASSWORD, "new": NEW_PASSWORD},
        deed=Deed.PASSWORD_CHANGED,
        objects=about(f"user:{CLERK.user}"),
    )


@scene("POST /api/session/reset")
async def sets_a_password_by_a_code(unit: OneCall) -> Asked:
    return Asked(
        browser=await unit.world.client(),
        path="/api/session/reset",
        body={"login": CLERK.login, "code": await handed_out(unit.world), "new": NEW_PASSWORD},
        user=CLERK.user,
        deed=Deed.PASSWORD_CHANGED,
        objects=about(f"user:{CLERK.user}"),
    )


async def handed_out(world: World) -> str:
    """The code that the admin hands the clerk."""
    admin = await world.enrolled(ADMIN)
    code: str = proven(await admin.client.post(f"/api/accounts/{CLERK.user}/reset")).json()["code"]
    return code


@scene("POST /api/devices")
async def enrols_a_device(unit: OneCall) -> Asked:
    chain = SigningDevice(unit.world.clock, COMPANY, CLERK.user, BANQIAO, unit.world.epoch, Place.OFFICE, frozenset())
    return Asked(
        browser=await unit.world.signed_in(CLERK),
        path="/api/devices",
        body={"name": "Chrome", "place": "office", "public_key": base64url(chain.point)},
        user=CLERK.user,
        deed=Deed.DEVICE_ENROLLED,
        objects=lambda told: (f"device:{told['device']}", f"user:{CLERK.user}"),
    )


@scene("POST /api/devices/{}/revoke")
async def revokes_a_device(unit: OneCall) -> Asked:
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/devices/{unit.technician.device}/revoke",
        deed=Deed.DEVICE_REVOKED,
        objects=about(f"device:{unit.technician.device}", f"user:{TECHNICIAN.user}"),
    )


@scene("POST /api/accounts")
async def opens_an_account(unit: OneCall) -> Asked:
    return Asked(
        **by(await unit.world.enrolled(ADMIN), ADMIN),
        path="/api/accounts",
        body={"name": "許雅婷", "login": "xu", "unit": BANQIAO, "roles": [Role.CLERK, Role.ACCOUNTANT]},
        deed=Deed.USER_ADDED,
        objects=lambda told: (f"user:{told['user']}", *(f"role_grant:{grant}" for grant in told["grants"])),
    )


@scene("POST /api/accounts/{}")
async def changes_roles(unit: OneCall) -> Asked:
    return Asked(
        **by(await unit.world.enrolled(ADMIN), ADMIN),
        path=f"/api/accounts/{TECHNICIAN.user}",
        body={"roles": [Role.CLERK, Role.SERVICE_MANAGER]},
        deed=Deed.USER_CHANGED,
        objects=lambda told: (f"user:{TECHNICIAN.user}", *(f"role_grant:{grant}" for grant in told["grants"])),
    )


@scene("POST /api/accounts/{}/reset")
async def hands_out_a_code(unit: OneCall) -> Asked:
    return Asked(
        **by(await unit.world.enrolled(ADMIN), ADMIN),
        path=f"/api/accounts/{CLERK.user}/reset",
        deed=Deed.PASSWORD_RESET,
        objects=about(f"user:{CLERK.user}"),
    )


@scene("POST /api/accounts/{}/login")
async def gives_a_login_to_who_came_back_without(unit: OneCall) -> Asked:
    user = Setting(Kind.USER, "user-back", {"name": "許雅婷", "unit": BANQIAO})
    await unit.world.decide(ADMIN, user)
    return Asked(
        **by(await unit.world.enrolled(ADMIN), ADMIN),
        path="/api/accounts/user-back/login",
        body={"login": "ya-ting"},
        deed=Deed.LOGIN_GIVEN,
        objects=about("user:user-back"),
    )


@scene("POST /api/calls/{}/dispatch")
async def dispatches(unit: OneCall) -> Asked:
    await unit.logged()
    return Asked(
        **by(unit.manager, MANAGER),
        path="/api/calls/call-one/dispatch",
        body={"technician": TECHNICIAN.user, "planned_at": RECEIVED_AT},
        deed=Deed.CALL_DISPATCHED,
        objects=lambda told: (
            f"dispatch:{told['dispatch']}",
            "service_call:call-one",
            f"user:{TECHNICIAN.user}",
        ),
    )


@scene("POST /api/dispatches/{}/cancel")
async def calls_back(unit: OneCall) -> Asked:
    await unit.logged()
    dispatch = await unit.dispatched()
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/dispatches/{dispatch}/cancel",
        body={"reason": WHY},
        deed=Deed.DISPATCH_CANCELLED,
        objects=about(f"dispatch:{dispatch}", "service_call:call-one"),
        purpose=WHY,
    )


@scene("POST /api/dispatches/{}/move")
async def plans_for_another_time(unit: OneCall) -> Asked:
    await unit.logged()
    dispatch = await unit.dispatched()
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/dispatches/{dispatch}/move",
        body={"technician": TECHNICIAN.user, "planned_at": RECEIVED_AT + 1},
        deed=Deed.DISPATCH_MOVED,
        objects=about(f"dispatch:{dispatch}", "service_call:call-one"),
    )


@scene("POST /api/calls/{}/withdraw")
async def withdraws(unit: OneCall) -> Asked:
    await unit.logged()
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/calls/call-one/withdraw",
        body={"reason": WHY},
        deed=Deed.CALL_WITHDRAWN,
        objects=about("service_call:call-one"),
        purpose=WHY,
    )


@scene("POST /api/calls/{}/duplicate")
async def marks_a_duplicate(unit: OneCall) -> Asked:
    await unit.logged()
    await unit.logged("call-two")
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/calls/call-two/duplicate",
        body={"of": "call-one", "reason": WHY},
        deed=Deed.CALL_DUPLICATE,
        objects=about("service_call:call-two", "service_call:call-one"),
        purpose=WHY,
    )


@scene("POST /api/vouchers/{}/file")
async def takes_a_voucher_in(unit: OneCall) -> Asked:
    await unit.logged()
    await unit.worked(await unit.dispatched(), outcome=VisitOutcome.FOLLOW_UP)
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/vouchers/asset-one/file",
        deed=Deed.VOUCHER_FILED,
        objects=about("service_voucher:asset-one"),
    )


@scene("POST /api/calls/{}/receipt")
async def corrects_a_receipt(unit: OneCall) -> Asked:
    await unit.logged()
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/calls/call-one/receipt",
        body={"received_at": unit.world.clock.now() - 60_000, "reason": WHY},
        deed=Deed.RECEIPT_CORRECTED,
        objects=about("service_call:call-one"),
        purpose=WHY,
    )


@scene("POST /api/calls/{}/reinstate")
async def reinstates(unit: OneCall) -> Asked:
    await unit.logged()
    proven(await unit.clerk.client.post("/api/calls/call-one/withdraw", json={"reason": "客戶不修了"}))
    return Asked(
        **by(unit.clerk, CLERK),
        path="/api/calls/call-one/reinstate",
        body={"reason": WHY},
        deed=Deed.CALL_REINSTATED,
        objects=about("service_call:call-one"),
        purpose=WHY,
    )


@scene("POST /api/calls/{}/close")
async def closes(unit: OneCall) -> Asked:
    await unit.logged()
    visit = await unit.done()
    objects = about("service_call:call-one", f"service_visit:{visit}")
    path = "/api/calls/call-one/close"
    return Asked(**by(unit.clerk, CLERK), path=path, deed=Deed.CALL_CLOSED, objects=objects)


@scene("POST /api/customers/{}/personal-data/erase")
async def erases_a_customer(unit: OneCall) -> Asked:
    await unit.wrote(unit.clerk, Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    return Asked(
        **by(await unit.world.enrolled(ADMIN), ADMIN),
        path="/api/customers/customer-one/personal-data/erase",
        body={"name": "陳美惠", "reason": WHY},
        deed=Deed.CUSTOMER_ERASED,
        objects=about("customer:customer-one"),
        purpose=WHY,
    )


@scene("POST /api/visits/{}/amend")
async def amends(unit: OneCall) -> Asked:
    await unit.logged()
    visit = await unit.done()
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/visits/{visit}/amend",
        body={"reason": WHY, "fields": {"fee_total": 150_000}},
        deed=Deed.VISIT_AMENDED,
        objects=about(f"service_visit:{visit}"),
        purpose=WHY,
    )


@scene("POST /api/visits/{}/confirm")
async def confirms_what_nobody_signed(unit: OneCall) -> Asked:
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, unsigned_reason="absent")
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/visits/{visit}/confirm",
        body={"note": "已電話確認", "content_sha256": await unit.seen(visit)},
        deed=Deed.VISIT_CONFIRMED,
        objects=about(f"service_visit:{visit}"),
    )


@scene("POST /api/held/{}/{}/apply")
async def applies_what_is_held(unit: OneCall) -> Asked:
    return await decides(unit, "apply", Deed.HELD_APPLIED)


@scene("POST /api/held/{}/{}/reject")
async def rejects_what_is_held(unit: OneCall) -> Asked:
    return await decides(unit, "reject", Deed.HELD_REJECTED)


@scene("POST /sync/v1/repaired")
async def mends_rows_that_do_not_add_up(unit: OneCall) -> Asked:
    return Asked(
        **by(unit.technician, TECHNICIAN),
        path="/sync/v1/repaired",
        body={"ranges": 2, "rows": 3},
        deed=Deed.ROWS_REPAIRED,
        objects=about(f"device:{unit.technician.device}"),
        purpose="2 ranges, 3 rows",
    )


@scene("POST /api/emptied")
async def tells_that_a_browser_was_emptied(unit: OneCall) -> Asked:
    objects = about(f"device:{unit.technician.device}", f"user:{TECHNICIAN.user}")
    return Asked(**by(unit.technician, TECHNICIAN), path="/api/emptied", deed=Deed.DEVICE_EMPTIED, objects=objects)


@scene("POST /api/losses/{}/settle")
async def writes_off_what_never_came(unit: OneCall) -> Asked:
    chain = unit.technician.chain
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO})
    await unit.technician.hello()
    del chain.sent[0], chain.heads[1]
    await unit.technician.hello()
    return settles(unit, "losses", Deed.LOSS_SETTLED)


@scene("POST /api/partings/{}/settle")
async def closes_the_notice_of_a_copy(unit: OneCall) -> Asked:
    chain = unit.technician.chain
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO})
    await unit.technician.push()
    chain.begin(chain.epoch, chain.record.actor, 0)
    await unit.technician.hello()
    return settles(unit, "partings", Deed.PARTING_SETTLED)


def settles(unit: OneCall, what: str, deed: Deed) -> Asked:
    actor = unit.technician.chain.record.actor
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/{what}/{actor}/settle",
        body={"reason": WHY},
        deed=deed,
        objects=about(f"actor:{actor}", f"device:{unit.technician.device}"),
        purpose=WHY,
    )


@scene("POST /api/held/{}/{}/release")
async def releases_what_is_quarantined(unit: OneCall) -> Asked:
    name = await quarantined(unit)
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/held/{name}/release",
        body={"reason": WHY},
        deed=Deed.HELD_RELEASED,
        objects=about(f"operation:{name}", "customer:customer-one"),
        purpose=WHY,
    )


@scene("POST /api/quarantines/{}/release")
async def releases_a_quarantine(unit: OneCall) -> Asked:
    return await ends_a_quarantine(unit, "release", Deed.HELD_RELEASED)


@scene("POST /api/quarantines/{}/reject")
async def rejects_a_quarantine(unit: OneCall) -> Asked:
    return await ends_a_quarantine(unit, "reject", Deed.HELD_REJECTED)


async def ends_a_quarantine(unit: OneCall, how: str, deed: Deed) -> Asked:
    name = await quarantined(unit)
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/quarantines/{unit.technician.device}/{how}",
        body={"reason": WHY},
        deed=deed,
        objects=about(f"operation:{name}", "customer:customer-one"),
        purpose=WHY,
    )


async def quarantined(unit: OneCall) -> str:
    """The operation that the technician's revoked phone handed in."""
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    leaver = await revoked(unit, unit.technician)
    await leaver.push(pending=1)
    return f"{unit.technician.chain.record.actor}/1"


async def decides(unit: OneCall, how: str, deed: Deed) -> Asked:
    unit.technician.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠", "colour": "red"})
    assert [result[1] for result in (await unit.technician.push()).results] == ["held"]
    name = f"{unit.technician.chain.record.actor}/1"
    return Asked(
        **by(unit.manager, MANAGER),
        path=f"/api/held/{name}/{how}",
        body={"reason": WHY},
        deed=deed,
        objects=about(f"operation:{name}", "customer:customer-one"),
        purpose=WHY,
    )


@pytest.fixture
async def unit(world: World) -> OneCall:
    return await at_work(world)


def hashed(request: httpx.Request) -> str:
    """The hash of a request as the log must have it, made by other means than the server's."""
    said = ["fieldproof-request-1", request.method, request.url.path, sha256(request.content).hexdigest()]
    return sha256(json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


async def grants(world: World, behind: int) -> tuple[int, list[str]]:
    """The end of the log, and the role grants that were written behind a position, oldest first."""
    table = DOCUMENTS[Kind.ROLE_GRANT]
    query = select(table.c.id).where(table.c.company == COMPANY, table.c.position > behind).order_by(table.c.id)
    async with world.journal.reading(COMPANY) as ledger:
        return (await ledger.end()).position, list((await ledger.connection.execute(query)).scalars())


def test_every_route_that_changes_something_is_asked() -> None:
    changing = {route.name for route in ROUTES if route.method in CHANGING}
    assert SCENES.keys() | NOT_NOTED.keys() == changing
    assert SCENES.keys() & NOT_NOTED.keys() == set()
    assert UNHASHED.keys() <= SCENES.keys()


@pytest.mark.parametrize("route", SCENES)
async def test_a_command_leaves_exactly_its_entry(unit: OneCall, route: str) -> None:
    asked = await SCENES[route](unit)
    before, (end, _) = await unit.world.entries(), await grants(unit.world, 0)
    method = route.split(maxsplit=1)[0]
    answer = proven(await asked.browser.request(method, asked.path, json=asked.body))
    _, changed = await grants(unit.world, end)
    told = (answer.json() if answer.content else {}) | {"grants": changed}
    fresh = (await unit.world.entries())[len(before) :]
    expected = AuditEntry(
        seq=len(before) + 1,
        at=fresh[0].at if fresh else 0,
        user=asked.user,
        device=asked.device,
        deed=asked.deed,
        objects=asked.objects(told),
        purpose=asked.purpose,
        request_sha256=None if route in UNHASHED else hashed(answer.request),
    )
    assert [structs.replace(entry, objects=(entry.objects[0], *sorted(entry.objects[1:]))) for entry in fresh] == [
        structs.replace(expected, objects=(expected.objects[0], *sorted(expected.objects[1:])))
    ]


async def test_what_is_refused_or_asked_twice_leaves_none(unit: OneCall) -> None:
    await unit.logged()
    proven(await unit.manager.client.post(f"/api/devices/{unit.technician.device}/revoke"))
    before = await unit.world.entries()
    proven(await unit.manager.client.post(f"/api/devices/{unit.technician.device}/revoke"))
    assert problem(await unit.close()) == (409, "visit.not_finished")
    assert await unit.world.entries() == before


@pytest.mark.parametrize("login", [CLERK.login, "nobody"])
async def test_a_wrong_password_and_a_wrong_code_leave_one_too(unit: OneCall, login: str) -> None:
    browser = await unit.world.client()
    before = len(await unit.world.entries())
    await browser.post("/api/session", json={"login": login, "password": NEW_PASSWORD})
    await browser.post("/api/session/reset", json={"login": login, "code": "AAAA-BBBB", "new": NEW_PASSWORD})
    objects = (f"user:{login}",) if login == CLERK.login else ()
    fresh = [(entry.user, entry.deed, entry.objects) for entry in (await unit.world.entries())[before:]]
    assert fresh == [(None, Deed.SIGN_IN_REFUSED, objects), (None, Deed.RESET_REFUSED, objects)]


async def test_a_wrong_old_password_names_who_typed_it_and_where(unit: OneCall) -> None:
    wrong = {"old": NEW_PASSWORD, "new": NEW_PASSWORD}
    assert problem(await unit.clerk.client.post("/api/session/password", json=wrong))[0] == 401
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.device, entry.deed) == (CLERK.user, unit.clerk.device, Deed.PASSWORD_REFUSED)


async def test_a_key_that_is_enrolled_again_binds_the_session(unit: OneCall) -> None:
    wish = {"name": "Chrome", "place": "field", "public_key": base64url(unit.technician.chain.point)}
    proven(await (await unit.world.signed_in(TECHNICIAN)).post("/api/devices", json=wish))
    entry = (await unit.world.entries())[-1]
    assert (entry.deed, entry.objects[0]) == (Deed.SESSION_BOUND, f"device:{unit.technician.device}")


async def test_a_signature_is_noted_with_the_push_that_brought_it(unit: OneCall) -> None:
    asked: list[httpx.Request] = []

    async def remember(request: httpx.Request) -> None:
        asked.append(request)

    unit.technician.client.event_hooks = {"request": [remember]}
    await unit.logged()
    visit, signature = await unit.done_and_signed()
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.device, entry.deed) == (TECHNICIAN.user, unit.technician.device, Deed.VISIT_SIGNED)
    assert entry.objects == (f"signature:{signature}", f"service_visit:{visit}")
    assert entry.request_sha256 == hashed(asked[-1])


async def test_e3_an_epoch_that_a_hello_begins_is_noted_with_whose_it_was(unit: OneCall) -> None:
    strange = Mark(COMPANY, "incarnation-lost", unit.world.epoch, 10_000, "")
    token = write_mark(unit.world.journal.endpoint.keys, strange)
    said = msgspec.json.encode(unit.technician.chain.hello(marks=(token,)))
    answer = proven(await unit.technician.client.post("/sync/v1/hello", content=said))
    entry = (await unit.world.entries())[-1]
    assert (entry.user, entry.device, entry.deed) == (TECHNICIAN.user, unit.technician.device, Deed.EPOCH_BEGUN)
    assert (entry.objects, entry.purpose) == ((f"epoch:{answer.json()['epoch']}",), "hello")
    assert entry.request_sha256 == hashed(answer.request)


async def test_an_entry_is_hashed_as_it_stands(unit: OneCall) -> None:
    async with unit.world.journal.database.reading() as connection:
        rows = (await connection.execute(select(AUDIT_ENTRY).order_by(AUDIT_ENTRY.c.seq))).all()
    assert [row.seq for row in rows] == [*range(1, len(rows) + 1)]
    assert all(row.leaf_sha256 == sha256(b"\0" + row.leaf).hexdigest() for row in rows)
    repeated = [(entry.seq, entry.at, entry.user, entry.device, entry.deed) for entry in await unit.world.entries()]
    assert [(row.seq, row.at, row.user, row.device, row.deed) for row in rows] == repeated
