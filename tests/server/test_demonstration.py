"""The demonstration keeps the product's own rules, whenever it is founded."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta, timezone
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from schemas.audit import AuditEntry
from schemas.kinds.calendars import CalendarDay
from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.people import Unit
from schemas.kinds.settings import Preset
from schemas.kinds.visits import ServiceVisit, Signature
from schemas.protocol import ActorRecord, Operation
from schemas.registry import SHAPES, Kind
from schemas.rules.arrival import USUAL_HOURS, calendar_of, call_due_at
from schemas.rules.call_state import CallState, call_state
from schemas.rules.category import is_in_vain
from schemas.rules.holidays import missing_years
from schemas.rules.signed_content import SignatureState
from schemas.units import SHIPPED_PHRASES
from schemas.vocabulary import Category, DayKind, Zone
from server.accounts.tables import DEVICE_KEY
from server.attachments.files import Files
from server.audit.tables import AUDIT_ENTRY
from server.calendars.holidays_of_taiwan import days_of
from server.exchange.tables import DEVICE_CONTACT
from server.founding.demo.case import Case, cases
from server.founding.demo.cast import COMPANY
from server.founding.demo.days import DAY_MS, MINUTE_MS, TIME_ZONE, Calendar
from server.founding.demo.handwriting import encoded, written
from server.founding.demo.play import BEGAN_DAYS_AGO
from server.founding.demo.plots import PLOTS
from server.founding.demo.register import CUSTOMER_OF
from server.founding.demo.tables import ASSETS, CALLS, CUSTOMERS
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.keys import from_base64url, verify_device_signature
from server.records.covers import covers_of
from server.records.documents import Documents, Found
from server.records.signed_visits import signature_states
from server.records.tables import ACTOR, DOCUMENTS, OPERATION
from sync.chain import extend, genesis, link, signature_statement
from tests.server import demo_company
from tests.server.contents import contents
from tests.server.demo_company import Demo

NOT_PLAYED = [Kind.BUSINESS_HOURS, Kind.SIGNATURE_COPY, Kind.UNIT_SETTINGS]
"""A unit that sets nothing has what was shipped; a copy belongs to who asked for it."""

TAIWAN = timezone(timedelta(hours=8))
A_MONDAY = datetime(2026, 11, 23, tzinfo=TAIWAN)
EVERY_FIFTH_DAY = [int((A_MONDAY + timedelta(days=day, hours=8)).timestamp()) * 1_000 for day in range(0, 730, 5)]
HOURS_OF_A_WEEK = [int((A_MONDAY + timedelta(hours=hour)).timestamp()) * 1_000 for hour in range(7 * 24)]


@pytest.fixture
async def database(demo_url: str) -> AsyncIterator[Database]:
    database = Database(demo_url)
    yield database
    await database.close()


async def every(database: Database, shape: type[Any]) -> dict[str, Found[Any]]:
    """All documents of a kind by their ids."""
    kind = next(kind for kind, each in SHAPES.items() if each is shape)
    async with database.reading() as connection:
        ids = (await connection.execute(select(DOCUMENTS[kind].c.id))).scalars().all()
        return {each.id: each for each in await Documents(connection, COMPANY).where(shape, "id", ids)}


async def test_it_has_two_units_with_people_customers_products_and_vouchers(database: Database) -> None:
    held = await contents(database)
    assert [row["code"] for row in held["unit"]] == ["BAN", "TYN"]
    assert Counter(row["role"] for row in held["role_grant"])["technician"] == 4
    assert (len(held["customer"]), len(held["asset"]), len(held["service_voucher"])) == (30, 50, 50)
    assert {row["id"] for row in held["service_voucher"]} == {row["id"] for row in held["asset"]}
    numbers = Counter(row["number"][:6] for row in held["service_voucher"])
    assert numbers.keys() == {"V-BAN-", "V-TYN-"}


async def test_its_last_twenty_calls_are_in_every_state(database: Database) -> None:
    calls, dispatches, visits = (
        await every(database, ServiceCall),
        await every(database, Dispatch),
        await every(database, ServiceVisit),
    )
    states = Counter(
        call_state(
            call.shown,
            {key: each.shown for key, each in dispatches.items() if each.shown.call == call.id},
            {key: each.shown for key, each in visits.items() if each.shown.call == call.id},
        )
        for call in sorted(calls.values(), key=lambda call: call.id)[-20:]
    )
    assert set(states) == set(CallState)
    assert states.total() == 20


async def test_no_page_of_the_office_is_empty(database: Database) -> None:
    held = await contents(database)
    assert [kind for kind in Kind if kind is not Kind.PHOTO and not held[kind.value]] == NOT_PLAYED
    assert [row["acting_for"] for row in held["role_grant"] if row["acting_for"]] == ["user-chen"]
    assert {row["result"] for row in held["contact_attempt"]} == {"reached", "no_answer"}
    assert len(held["reconciliation"]) >= 2 * 7


async def test_f019_every_call_says_until_when_somebody_had_to_arrive(database: Database) -> None:
    calls = (await every(database, ServiceCall)).values()
    assert all(call.shown.due_at is not None for call in calls)
    for call in calls:
        hours = timedelta(milliseconds=call.shown.due_at - call.shown.received_at)
        assert hours >= timedelta(hours=6 if call.shown.zone is Zone.URBAN else 7)


async def test_f023_who_was_late_has_a_reason_and_nobody_else(database: Database) -> None:
    calls, visits = await every(database, ServiceCall), (await every(database, ServiceVisit)).values()
    late = {
        visit.shown.call
        for visit in visits
        if visit.shown.arrived_at is not None and visit.shown.arrived_at > calls[visit.shown.call].shown.due_at
    }
    assert len(late) == 5
    assert late == {call.id for call in calls.values() if call.shown.breach_reason is not None}
    assert all(calls[call].shown.breach_note for call in late)


async def test_f002_what_was_done_by_contract_was_covered_by_one(database: Database) -> None:
    visits = [
        each for each in (await every(database, ServiceVisit)).values() if each.shown.category is Category.CONTRACT
    ]
    calls = await every(database, ServiceCall)
    async with database.reading() as connection:
        covers = await covers_of(Documents(connection, COMPANY), visits)
    assert len(visits) == 2
    for visit in visits:
        call = calls[visit.shown.call or ""].shown
        assert not is_in_vain(visit.shown.category, covers[visit.id], call.received_at)


async def test_f021_each_unit_has_the_holidays_of_every_year_that_it_worked_in(database: Database) -> None:
    days, calls = await contents(database), (await every(database, ServiceCall)).values()
    years = {datetime.fromtimestamp(call.shown.received_at / 1_000, TAIWAN).year for call in calls}
    for unit in ("unit-ban", "unit-tyn"):
        known = {row["date"]: row["name"] for row in days["calendar_day"] if row["unit"] == unit}
        for year in years:
            assert {date: day.name for date, day in days_of(year).items()}.items() <= known.items()


@pytest.mark.parametrize("today", ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-31", "2027-01-01"])
def test_f021_the_demonstration_knows_next_years_holidays_before_november(today: str) -> None:
    calendar = Calendar(int(datetime.fromisoformat(f"{today}T00:00+08:00").timestamp()) * 1_000)
    opening = calendar.now - (BEGAN_DAYS_AGO - 1) * DAY_MS
    founded = datetime.fromtimestamp(opening / 1_000, TAIWAN).year
    loaded = [datetime.fromtimestamp(each / 1_000, TAIWAN).year + 1 for each in calendar.octobers(opening)]
    assert missing_years(date.fromisoformat(today), [f"{year}-01-01" for year in (founded, founded + 1, *loaded)]) == ()


async def test_f020_each_unit_has_the_districts_of_its_customers(database: Database) -> None:
    held = (await contents(database))["district"]
    assert {(row["unit"], row["name"], row["zone"]) for row in held} == {
        (row.unit, row.district, row.zone) for row in CUSTOMERS
    }
    assert len({(row["unit"], row["name"]) for row in held}) == len(held)


async def test_each_unit_has_each_phrase_once_and_its_own_behind_those_of_every_unit(database: Database) -> None:
    phrases = [each.shown for each in (await every(database, Preset)).values()]
    for unit in await every(database, Unit):
        for listed, shipped in SHIPPED_PHRASES.items():
            own = sorted(
                (each for each in phrases if (each.unit, each.list) == (unit, listed)), key=lambda each: each.rank
            )
            texts = [each.text for each in own]
            assert (texts[: len(shipped)], len(set(texts))) == ([*shipped], len(texts))
            assert len({each.rank for each in own}) == len(own)
    assert len({(each.unit, each.list, each.text) for each in phrases}) == len(phrases)
    assert any(each.product for each in phrases)


async def test_one_entry_has_rivals_one_was_changed_after_signing_and_the_others_stand_as_signed(
    database: Database,
) -> None:
    visits = [each for each in (await every(database, ServiceVisit)).values() if each.shown.finished_at is not None]
    async with database.reading() as connection:
        states = await signature_states(Documents(connection, COMPANY), visits)
    assert Counter(states.values()) == {
        SignatureState.EQUAL: len(visits) - 4,
        SignatureState.UNSIGNED: 2,
        SignatureState.RIVAL: 1,
        SignatureState.AMENDED: 1,
    }
    assert [visit.rivals for visit in visits if visit.rivals] == [frozenset({"arrived_at"})]


async def test_every_chain_verifies_and_nothing_is_held(database: Database) -> None:
    async with database.reading() as connection:
        actors = (await connection.execute(select(ACTOR))).mappings().all()
        log = (await connection.execute(select(OPERATION).order_by(OPERATION.c.actor, OPERATION.c.seq))).all()
    assert {row.verdict for row in log} == {"applied"}
    for actor in actors:
        named = {name: actor[name] for name in ActorRecord.__struct_fields__}
        record = msgspec.convert(named, ActorRecord)
        head = genesis(record)
        for row in log:
            if row.actor == record.actor:
                head = extend(head, link(row.payload))
        assert head == actor["head"]


async def test_every_signature_is_its_devices_and_its_strokes_and_image_are_there(
    database: Database, demo: Demo
) -> None:
    signatures = await every(database, Signature)
    async with database.reading() as connection:
        points = {row.device: row.point for row in await connection.execute(select(DEVICE_KEY))}
    files = Files(demo.blobs, COMPANY)
    for name, signature in signatures.items():
        shown = signature.shown
        statement = signature_statement(name, msgspec.to_builtins(shown))
        assert verify_device_signature(points[shown.device], from_base64url(shown.device_signature), statement)
        assert sha256(shown.content.encode()).hexdigest() == shown.content_sha256
        for named in (shown.strokes_sha256, shown.image_sha256):
            assert sha256(files.path(named).read_bytes()).hexdigest() == named


async def test_what_was_done_on_site_was_written_by_the_technician_in_the_field(database: Database) -> None:
    visits = await every(database, ServiceVisit)
    async with database.reading() as connection:
        signed = select(OPERATION).where(OPERATION.c.kind == Kind.SIGNATURE.value)
        for row in await connection.execute(signed):
            visit = visits[msgspec.json.decode(row.payload, type=Operation).fields["visit"]].shown
            assert (row.author, row.place) == (visit.technician, "field")
        dispatched = select(OPERATION.c.author).where(OPERATION.c.kind == Kind.DISPATCH.value).distinct()
        assert set((await connection.execute(dispatched)).scalars()) == {"user-chen", "user-tseng"}


async def test_whoever_did_something_last_was_in_touch_when_he_did(database: Database) -> None:
    async with database.reading() as connection:
        contacts = {row.device: row.at for row in await connection.execute(select(DEVICE_CONTACT))}
        newest = select(ACTOR.c.device, func.max(OPERATION.c.received_at).label("at")).join(
            OPERATION, (OPERATION.c.company == ACTOR.c.company) & (OPERATION.c.actor == ACTOR.c.actor)
        )
        handed_in = {row.device: row.at for row in await connection.execute(newest.group_by(ACTOR.c.device))}
        leaves = (await connection.execute(select(AUDIT_ENTRY.c.leaf))).scalars().all()
    del handed_in["server"]
    deeds = [entry for leaf in leaves if (entry := msgspec.json.decode(leaf, type=AuditEntry)).device]
    acted = {entry.device: entry.at for entry in sorted(deeds, key=lambda entry: entry.at)}
    assert contacts == {device: max(handed_in.get(device, 0), acted.get(device, 0)) for device in handed_in | acted}


async def test_its_past_runs_in_order_and_ends_now(database: Database) -> None:
    async with database.reading() as connection:
        log = (await connection.execute(select(OPERATION).order_by(OPERATION.c.position))).all()
    assert all(earlier.received_at <= later.received_at for earlier, later in pairwise(log))
    now = RealAmbient().now()
    assert now - 901 * DAY_MS < log[0].received_at < now - 899 * DAY_MS
    assert now - DAY_MS < log[-1].received_at <= now


async def test_the_same_story_is_told_on_another_day(database: Database, tmp_path: Path) -> None:
    class NewYear(RealAmbient):
        def now(self) -> int:
            return int(datetime(2028, 1, 1, 0, 10, tzinfo=TAIWAN).timestamp()) * 1_000

    url = f"sqlite+aiosqlite:///{tmp_path / 'new_year.db'}"
    await demo_company.found(url, tmp_path, NewYear())
    other = Database(url)
    try:
        told, again = await contents(database), await contents(other)
    finally:
        await other.close()
    for kind in (Kind.UNIT, Kind.USER, Kind.CUSTOMER, Kind.ASSET, Kind.SERVICE_VOUCHER, Kind.SERVICE_VISIT):
        assert [timeless(row) for row in told[kind]] == [timeless(row) for row in again[kind]]


def timeless(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of any kind
    gone = {"position", "state", "confirmed_sha256"}  # a hash of instants among the rest
    return {name: value for name, value in row.items() if name not in gone and not name.endswith(("_at", "_until"))}


@pytest.mark.parametrize("now", [*HOURS_OF_A_WEEK[::5], *EVERY_FIFTH_DAY])
def test_whenever_it_is_founded_nobody_is_in_two_places_and_nothing_lies_ahead(now: int) -> None:
    busy: dict[str, list[tuple[int, int]]] = {}
    for case in cases(CALLS, Calendar(now)):
        instants = [scene.at(case) for scene in PLOTS[case.row.plot]]
        assert instants == sorted(instants)
        assert instants[-1] <= now
        if any(scene.deed.__name__ == "travel" for scene in PLOTS[case.row.plot]):
            busy.setdefault(case.row.technician or "", []).append((case.arrived_at - 25 * MINUTE_MS, case.left_at))
    for times in busy.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(times)))


@pytest.mark.parametrize("now", EVERY_FIFTH_DAY)
def test_f023_whenever_it_is_founded_the_same_calls_are_reached_late(now: int) -> None:
    years = range(A_MONDAY.year - 3, A_MONDAY.year + 3)
    days = [
        CalendarDay(date=date, hours=USUAL_HOURS if day.kind is DayKind.MAKE_UP else "")
        for year in years
        for date, day in days_of(year).items()
    ]
    calendar = calendar_of(TIME_ZONE, None, days)
    for case in cases(CALLS, Calendar(now)):
        due = call_due_at(calendar, ServiceCall(received_at=case.received_at, zone=case.customer.zone))
        assert due is not None
        if case.row.plot in {"closed", "absent", "refused"}:
            assert (case.arrived_at > due) is (case.row.breach_reason is not None), case.call


@pytest.mark.parametrize("case", cases(CALLS, Calendar(HOURS_OF_A_WEEK[10])), ids=lambda case: case.call)
def test_what_is_free_is_under_warranty_and_what_is_under_warranty_is_free(case: Case) -> None:
    asset = next(row for row in ASSETS if row.asset == case.row.asset)
    sold = HOURS_OF_A_WEEK[10] - asset.sold_days * DAY_MS
    under_warranty = case.received_at < sold + asset.warranty_years * 365 * DAY_MS
    assert sold < case.received_at
    assert (case.row.category is Category.WARRANTY) == (under_warranty and case.row.category is not Category.CONTRACT)
    assert case.row.category is Category.PAID or case.row.fee == 0


def test_business_numbers_are_valid() -> None:
    weights = (1, 2, 1, 2, 1, 2, 4, 1)
    numbers = [row.tax_id for row in CUSTOMERS if row.tax_id]
    assert len(numbers) == 3
    for number in numbers:
        products = (int(digit) * weight for digit, weight in zip(number, weights, strict=True))
        assert sum(sum(divmod(product, 10)) for product in products) % 5 == 0


def test_every_customer_has_a_product_and_a_telephone() -> None:
    assert {row.customer for row in CUSTOMER_OF.values()} == {row.customer for row in CUSTOMERS}
    assert all(row.phone or row.mobile for row in CUSTOMERS)


def test_strokes_are_written_as_the_app_writes_them() -> None:
    strokes = [[(700, 460, 0), (690, 700, 16), (660, 1020, 33)], [(710, 490, 320)]]
    assert encoded(3620, 2100, strokes) == "s1.pBy0EAID-AqYBwAT4AMgO4AFIgFkowi-BA"


def test_the_same_name_is_signed_a_little_differently_every_time() -> None:
    first, again, second = written("陳美惠", "one"), written("陳美惠", "one"), written("陳美惠", "two")
    assert first == again
    assert first.strokes != second.strokes
    assert first.image.startswith(b"\x89PNG")
