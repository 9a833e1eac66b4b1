"""Hello, push, offer and pull over both databases, without HTTP."""

from collections.abc import AsyncIterator, Sequence

import pytest
import sqlalchemy as sa

from schemas.merge_rules import MERGE_RULES
from schemas.problems import Code, Problem
from schemas.protocol import PullEnd, PullForget, PullHeader, PullLine, PullPut
from schemas.registry import Kind
from server.exchange.greeting import greet
from server.platform.database import Database
from server.platform.keys import from_base64url, verify_receipt
from server.records.recorder import Recorder
from server.records.sql_ledger import SqlLedger
from server.records.tables import ACTOR, HEAD, OPERATION
from server.records.work import Setting, Work
from sync.chain import receipt_statement, stamp_link, stamps_digest
from sync.document import asks, is_deleted
from tests.server.exchange_company import COMPANY, UNIT, Company, found, running
from tests.support.signing_device import SigningDevice

CUSTOMER = {"unit": UNIT, "name": "陳美惠", "phone": "0912-345-678"}


@pytest.fixture
async def company(empty_database_url: str) -> AsyncIterator[Company]:
    await found(empty_database_url)
    async with running(empty_database_url) as company:
        yield company


async def greeted(company: Company, user: str, *, office: bool = False, unit: str = UNIT) -> SigningDevice:
    device = company.device(user, office=office, unit=unit)
    await company.hello(device)
    return device


def rows(lines: Sequence[PullLine]) -> dict[str, PullPut]:
    return {line.id: line for line in lines if isinstance(line, PullPut)}


async def test_p1_a_new_actor_is_registered_and_begins_at_nought(company: Company) -> None:
    reply = await company.hello(company.device("technician-one"))
    assert (reply.acked_seq, reply.actor_state, reply.epoch) == (0, "open", company.epoch)


async def test_p2_a_push_reaches_another_device_as_it_was_written(company: Company) -> None:
    technician, clerk = await greeted(company, "technician-one"), await greeted(company, "clerk-one", office=True)
    technician.write("customer", "customer-one", CUSTOMER)
    await company.push(technician, technician.push())
    assert rows(await company.pull(clerk))["customer-one"].fields == CUSTOMER


async def test_p3_a_push_whose_answer_was_lost_gets_the_stored_verdict_and_changes_nothing(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    device.write("customer", "customer-two", {"name": "without a unit"})
    first = await company.push(device, device.push())
    again = await company.push(device, device.push())
    assert (again.stamps, again.results, again.acked_seq) == (first.stamps, first.results, first.acked_seq)
    async with company.journal.reading(COMPANY) as ledger:
        assert (await ledger.end()).position == 2


async def test_p3_a_push_that_repeats_a_part_is_taken_from_where_it_is_new(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    await company.push(device, device.push())
    device.write("customer", "customer-two", CUSTOMER)
    reply = await company.push(device, device.push())
    assert (reply.acked_seq, len(reply.stamps)) == (2, 2)


async def test_p3_a_gap_names_the_operation_that_is_needed(company: Company) -> None:
    device = await greeted(company, "technician-one")
    for number in range(3):
        device.write("customer", f"customer-{number}", CUSTOMER)
    with pytest.raises(Problem) as raised:
        await company.push(device, device.push(first=3))
    assert (raised.value.code, raised.value.facts) == (Code.SYNC_GAP, {"need_from": 1})


async def test_p3_another_history_under_the_same_numbers_is_a_fork(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    await company.push(device, device.push())
    device.sent, device.heads = [], device.heads[:1]
    device.write("customer", "customer-one", CUSTOMER | {"name": "another"})
    with pytest.raises(Problem) as raised:
        await company.push(device, device.push())
    assert raised.value.code is Code.SYNC_FORK


async def test_p1_a_hello_tells_the_last_common_operation_of_a_fork(company: Company) -> None:
    device = await greeted(company, "technician-one")
    for number in range(3):
        device.write("customer", f"customer-{number}", CUSTOMER)
    await company.push(device, device.push())
    common = device.heads[:3]
    device.sent, device.heads = device.sent[:2], list(common)
    device.write("customer", "customer-x", CUSTOMER)
    heads = tuple(enumerate(device.heads))
    said = device.hello(heads=heads)

    reply = await company.journal.write(
        COMPANY, lambda work: greet(work, company.journal.endpoint, device.caller, said, "unused-epoch")
    )
    assert (reply.actor_state, reply.common_seq, reply.acked_seq) == ("forked", 2, 3)


async def test_a4_a_push_signed_by_another_key_is_refused(company: Company) -> None:
    device, other = await greeted(company, "technician-one"), company.device("technician-two")
    device.write("customer", "customer-one", CUSTOMER)
    device.key = other.key
    head, payloads = device.push()
    device.key = company.device("technician-one").key
    with pytest.raises(Problem) as raised:
        await company.push(device, (head, payloads))
    assert raised.value.code is Code.DEVICE_SIGNATURE


async def test_p6_the_receipt_verifies_and_names_the_head_of_the_chain(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    receipt = (await company.push(device, device.push())).receipt
    public = from_base64url((await company.hello(device)).receipt_key)
    assert verify_receipt(public, from_base64url(receipt.signature), receipt_statement(receipt))
    assert (receipt.first, receipt.seq, receipt.head) == (1, 1, device.heads[1])


async def test_p6_the_receipt_of_a_replayed_push_covers_that_push(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    device.write("customer", "customer-two", CUSTOMER)
    sent = await company.push(device, device.push())
    replayed = await company.push(device, device.push(last=1))
    assert (replayed.acked_seq, replayed.receipt.seq, replayed.receipt.head) == (2, 1, device.heads[1])
    assert replayed.receipt.stamps == stamps_digest([stamp_link(sent.stamps[0])])


async def test_o2_a_broken_operation_is_held_and_its_neighbours_are_applied(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    device.append(device.write("customer", "customer-two", CUSTOMER)[:-20])
    device.write("customer", "customer-three", CUSTOMER)
    reply = await company.push(device, device.push())
    assert reply.results == ((2, "held", "operation.malformed"),)
    assert {"customer-one", "customer-two", "customer-three"} <= set(rows(await company.pull(device)))


async def test_g1_a_group_of_which_one_is_faulty_is_held_whole(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER, following=1)
    device.write("customer", "customer-two", CUSTOMER | {"colour": "red"})
    reply = await company.push(device, device.push())
    assert [result[1:] for result in reply.results] == [("held", "operation.field"), ("held", "operation.field")]
    assert rows(await company.pull(device)) == {}


async def test_g1_a_cut_group_refuses_the_push(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER, following=1)
    with pytest.raises(Problem) as raised:
        await company.push(device, device.push())
    assert raised.value.code is Code.SYNC_GROUP_CUT


async def test_g1_a_group_has_one_position(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER, following=1)
    device.write("asset", "asset-one", {"unit": UNIT, "customer": "customer-one"})
    reply = await company.push(device, device.push())
    assert [stamp.position for stamp in reply.stamps] == [1, 1]


@pytest.mark.parametrize(
    ("kind", "doc", "fields", "code"),
    [
        ("service_call", "call-one", {"unit": UNIT, "number": "TPE-2026-000001"}, "operation.right"),
        ("customer", "customer-one", {"unit": "unit-taoyuan", "name": "別的單位"}, "operation.scope"),
        ("customer", "customer-one", {"name": "no unit at all"}, "operation.scope"),
        ("spaceship", "spaceship-one", {"unit": UNIT}, "operation.kind"),
        ("customer", "customer-one", {"unit": UNIT, "name": 5}, "operation.value"),
        (
            "signature",
            "signature-one",
            {"unit": UNIT, "content": "{}", "content_sha256": "0" * 64},
            "operation.signature",
        ),
    ],
)
async def test_p5_what_may_not_be_is_held_by_its_own_code(
    company: Company, kind: str, doc: str, fields: dict[str, object], code: str
) -> None:
    device = await greeted(company, "technician-one")
    device.write(kind, doc, fields)
    device.write("customer", "customer-next", CUSTOMER)
    reply = await company.push(device, device.push())
    assert reply.results == ((0, "held", code),)
    assert set(rows(await company.pull(device))) == {"customer-next"}


async def test_f3_an_edit_of_another_units_document_is_held_and_shows_nothing(company: Company) -> None:
    own, other = await greeted(company, "clerk-one"), await greeted(company, "clerk-two", unit="unit-taoyuan")
    other.write("customer", "customer-one", {"unit": "unit-taoyuan", "name": "桃園的客戶"})
    await company.push(other, other.push())
    own.write("customer", "customer-one", {"unit": UNIT, "name": "mine now"}, base=1)
    reply = await company.push(own, own.push())
    assert reply.results == ((0, "held", "operation.scope"),)
    assert rows(await company.pull(own)) == {}


async def test_f3_a_document_cannot_be_taken_out_of_its_unit_for_others_to_claim(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    device.write("customer", "customer-one", {"unit": None}, base=1)
    reply = await company.push(device, device.push())
    assert reply.results == ((1, "held", "operation.scope"),)
    assert rows(await company.pull(device))["customer-one"].fields == CUSTOMER


async def test_m5_two_who_did_not_know_of_each_other_leave_rivals_and_both_values(company: Company) -> None:
    technician, clerk = await greeted(company, "technician-one"), await greeted(company, "clerk-one", office=True)
    technician.write("service_visit", "visit-one", {"unit": UNIT, "arrived_at": 1_000})
    base = (await company.push(technician, technician.push())).stamps[0].position
    technician.write("service_visit", "visit-one", {"fault": "不冷"}, base=base)
    clerk.write("service_visit", "visit-one", {"fault": "漏水", "fee_total": 500}, base=base)
    await company.push(clerk, clerk.push())
    reply = await company.push(technician, technician.push(first=2))
    assert reply.results == ((0, "rivals", None),)
    visit = rows(await company.pull(clerk))["visit-one"]
    assert (visit.fields["fault"], visit.fields["fee_total"]) == ("不冷", 500)
    assert isinstance(visit.rivals, dict)
    assert {write.value for write in visit.rivals["fault"]} == {"不冷", "漏水"}


async def test_w4_a_resolution_ends_the_rivalry(company: Company) -> None:
    technician, clerk = await greeted(company, "technician-one"), await greeted(company, "clerk-one", office=True)
    technician.write("service_visit", "visit-one", {"unit": UNIT, "fault": "不冷"})
    clerk.write("service_visit", "visit-one", {"unit": UNIT, "fault": "漏水"})
    await company.push(technician, technician.push())
    seen = (await company.push(clerk, clerk.push())).stamps[0].position
    clerk.write("service_visit", "visit-one", {"fault": "漏水"}, base=seen, resolve=True)
    await company.push(clerk, clerk.push(first=2))
    visit = rows(await company.pull(technician))["visit-one"]
    assert (visit.fields["fault"], visit.rivals) == ("漏水", {})


async def test_d1_an_edit_that_had_not_seen_the_delete_shows_the_document_again(company: Company) -> None:
    technician, clerk = await greeted(company, "technician-one"), await greeted(company, "clerk-one", office=True)
    technician.write("customer", "customer-one", CUSTOMER)
    base = (await company.push(technician, technician.push())).stamps[0].position
    technician.write("customer", "customer-one", {"mobile": "0933-000-111"}, base=base)
    await company.push(technician, technician.push(first=2))
    clerk.write("customer", "customer-one", {"deleted": True}, base=base)
    await company.push(clerk, clerk.push())
    async with company.journal.reading(COMPANY) as ledger:
        document = (await ledger.documents([(Kind.CUSTOMER, "customer-one")]))[(Kind.CUSTOMER, "customer-one")].document
    assert not is_deleted(document)
    assert asks(document, MERGE_RULES[Kind.CUSTOMER]) == ("deleted",)


async def test_l1_a_pull_goes_on_behind_its_cursor(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    await company.push(device, device.push())
    first = await company.pull(device)
    device.write("customer", "customer-two", CUSTOMER)
    await company.push(device, device.push(first=2))
    assert isinstance(first[-1], PullEnd)
    second = await company.pull(device, first[-1].cursor)
    assert isinstance(second[0], PullHeader)
    assert (second[0].replace, set(rows(second))) == (False, {"customer-two"})


async def test_l1_pages_cover_everything_once(company: Company) -> None:
    device = await greeted(company, "technician-one")
    for number in range(25):
        device.write("customer", f"customer-{number}", CUSTOMER)
    await company.push(device, device.push())
    seen: list[str] = []
    cursor = None
    for _ in range(10):
        lines = await company.pull(device, cursor, limit=10)
        seen += list(rows(lines))
        end = lines[-1]
        assert isinstance(end, PullEnd)
        cursor = end.cursor
        if not end.more:
            break
    assert sorted(seen) == sorted(f"customer-{number}" for number in range(25))


async def test_l1_a_forged_cursor_is_refused(company: Company) -> None:
    device = await greeted(company, "technician-one")
    lines = await company.pull(device)
    assert isinstance(lines[-1], PullEnd)
    with pytest.raises(Problem) as raised:
        await company.pull(device, "A" + lines[-1].cursor[1:])
    assert raised.value.code is Code.SYNC_CURSOR


async def test_f2_a_document_that_leaves_the_unit_is_forgotten_there(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    await company.push(device, device.push())
    cursor = (await company.pull(device))[-1]
    assert isinstance(cursor, PullEnd)

    async def move(work: Work) -> None:
        await work.decide("service-manager", [Setting(Kind.CUSTOMER, "customer-one", {"unit": "unit-taoyuan"})])

    await company.journal.write(COMPANY, move)
    lines = await company.pull(device, cursor.cursor)
    assert PullForget("customer", ("customer-one",)) in lines


async def test_l3_a_change_of_scope_begins_again_at_nought(company: Company) -> None:
    device = await greeted(company, "technician-one")
    device.write("customer", "customer-one", CUSTOMER)
    await company.push(device, device.push())
    end = (await company.pull(device))[-1]
    assert isinstance(end, PullEnd)
    device.unit = "unit-taoyuan"
    lines = await company.pull(device, end.cursor)
    assert isinstance(lines[0], PullHeader)
    assert (lines[0].replace, rows(lines)) == (True, {})


async def test_e3_h1_a_restored_copy_is_noticed_and_healed_by_its_devices(empty_database_url: str) -> None:
    await found(empty_database_url)
    async with running(empty_database_url) as company:
        device = await greeted(company, "technician-one")
        device.write("customer", "customer-one", CUSTOMER)
        kept = await company.push(device, device.push())
        device.write("customer", "customer-one", {"mobile": "0933-000-111"}, base=kept.stamps[0].position)
        lost = await company.push(device, device.push(first=2))
        await _forget_behind(empty_database_url, kept.stamps[0].position, device.record.actor, device.heads[1])
    async with running(empty_database_url) as company:
        reply = await company.hello(device, marks=(lost.mark,))
        assert (reply.actor_state, reply.acked_seq) == ("closed", 1)
        assert reply.epoch != company.epoch
        offered = device.re_offer(2, lost.stamps, lost.receipt)
        back, again = await company.offer(device, offered), await company.offer(device, offered)
        assert (back.acked_seq, back.stamps) == (2, lost.stamps)
        assert (again.stamps, again.receipt.stamps) == (lost.stamps, lost.receipt.stamps)
        row = rows(await company.pull(device))["customer-one"]
        assert row.fields == CUSTOMER | {"mobile": "0933-000-111"}
        assert row.rivals == {}


async def _forget_behind(url: str, position: int, actor: str, head: str) -> None:
    """Put the log back to where it stood at a position, as restoring an older backup does."""

    database = Database(url)
    async with database.writing() as connection:
        await connection.execute(sa.delete(OPERATION).where(OPERATION.c.position > position))
        await connection.execute(sa.update(HEAD).values(position=position))
        await connection.execute(sa.update(ACTOR).where(ACTOR.c.actor == actor).values(acked_seq=1, head=head))
        ledger = SqlLedger(connection, COMPANY, 1)

        await Recorder(ledger).refold([(Kind.CUSTOMER, "customer-one")])
    await database.close()
