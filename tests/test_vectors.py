"""Python's half of the vectors; the other half is pwa/tests/core/vectors.test.ts (see tests/vectors/README.md)."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from schemas.kinds.calendars import BusinessHours, CalendarDay
from schemas.kinds.calls import Dispatch, ServiceCall
from schemas.kinds.contracts import MaintenanceContract
from schemas.kinds.customers import Asset, Customer, ServiceVoucher
from schemas.kinds.visits import ServiceVisit
from schemas.kinds.working_time import AdminTime
from schemas.protocol import ActorRecord, Base, Dot, EpochLink, Operation, PullColumns, PullPut, Receipt, Stamp
from schemas.registry import SHAPES, Kind
from schemas.rules.arrival import arrival_instant, calendar_of, call_due_at, intervals_of, is_carried_over
from schemas.rules.call_state import CallState, call_state
from schemas.rules.category import Cover, booked_category, proposed_category, takes_included_visit
from schemas.rules.closing import Entry, closing_obstacle
from schemas.rules.findings import CallFacts, VisitFacts, call_findings, contract_findings, visit_findings
from schemas.rules.holidays import missing_years
from schemas.rules.merging import filled_in, head_of
from schemas.rules.parts import PartUsage, part_lines, parts_of
from schemas.rules.places import place_key
from schemas.rules.purposes import import_purpose, repair_purpose
from schemas.rules.receipt import is_sensible_receipt
from schemas.rules.reconciliation import astray
from schemas.rules.service_hours import MINUTE_MS, Interval, ServiceCalendar, due_at, end_of_next_day, worked_ms
from schemas.rules.signed_content import (
    SignatureState,
    SignedParties,
    Signer,
    erased_signature_state,
    signature_state,
    signed_content,
)
from schemas.rules.tax_id import is_tax_id
from schemas.rules.telephone import digits_of, is_number
from schemas.rules.unsigned import confirmed_hash
from schemas.rules.visible import has_visible, is_login
from schemas.rules.visit_state import visit_state
from schemas.rules.voucher_state import voucher_state
from schemas.rules.working_time import (
    TimeSpan,
    admin_span,
    lacks_note,
    minutes_of,
    overlap_minutes,
    overlapped_minutes,
    visit_span,
)
from schemas.vocabulary import Place
from server.records.covers import covered_asset_id
from sync.ancestry import is_own_earlier
from sync.canonical import canonical_text
from sync.chain import (
    extend,
    genesis,
    link,
    push_statement,
    receipt_statement,
    signature_id,
    signature_statement,
    stamp_link,
    stamps_digest,
)
from sync.columns import columns_of, rows_of
from sync.digest import combine, row_digest
from sync.document import EMPTY, apply, fold, needs_history
from sync.erasing import reduced
from sync.groups import is_consistent, split
from sync.lineage import Lineage, Position
from sync.overlay import overlaid, stands_on_top
from sync.reading import read
from sync.stamping import effective_at
from sync.wellformed import is_wellformed
from sync.write import Origin, Past, StampedOperation
from tests.laws.meaning import seen

Vector = dict[str, Any]
FOLDER = Path(__file__).parent / "vectors"
ALL = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}


def of(*topics: str, having: str = "id") -> Callable[[Callable[[Vector], None]], Callable[[Vector], None]]:
    """Run a test once for each vector of some topics that has a member of the given name."""
    vectors = [pytest.param(each, id=each["id"]) for topic in topics for each in ALL[topic] if having in each]
    return pytest.mark.parametrize("vector", vectors)


MERGES = of("merge", "showing", "deletes")


def past_of(vector: Vector) -> Past:
    links = [EpochLink(*each) for each in vector.get("lineage", [["epoch1", None, 0]])]
    return Past(Lineage(links), {actor: (parent, seq) for actor, (parent, seq) in vector.get("ancestry", {}).items()})


def operations_of(vector: Vector) -> list[StampedOperation]:
    return [
        StampedOperation(
            Origin(
                Dot(*each["dot"]),
                tuple(Position(*position) for position in each["positions"]),
                Position(*each["base"]),
                each["dot"][0],
                Place(each["place"]),
                each["effective_at"],
            ),
            each["fields"],
            each.get("resolve", False),
            {field: tuple(Dot(*dot) for dot in dots) for field, dots in each.get("over", {}).items()},
        )
        for each in vector["operations"]
    ]


def is_newest(operations: list[StampedOperation], vector: Vector) -> bool:
    """Tell whether the last operation came when everything before it was older: what ``apply`` is for."""
    *earlier, newest = [operation.origin for operation in operations]
    return "ancestry" not in vector and all(
        len(origin.positions) == 1 and origin.positions[0] <= newest.positions[-1] and origin.dot != newest.dot
        for origin in earlier
    )


@MERGES
def test_m1_a_set_of_operations_means_the_expected_document(vector: Vector) -> None:
    assert seen(fold(past_of(vector), operations_of(vector)), vector["kind"]) == vector["expect"]


@MERGES
def test_m2_order_and_repetition_do_not_matter(vector: Vector) -> None:
    operations = operations_of(vector)
    for delivered in (operations[::-1], operations[1:] + operations[:1], operations + operations[::-1]):
        assert seen(fold(past_of(vector), delivered), vector["kind"]) == vector["expect"]


@MERGES
def test_m3_applying_one_by_one_gives_what_folding_gives(vector: Vector) -> None:
    past, operations = past_of(vector), operations_of(vector)
    document = EMPTY
    for count, newest in enumerate(operations, start=1):
        folded = fold(past, operations[:count])
        if is_newest(operations[:count], vector) and not needs_history(document, newest):
            assert apply(past, document, newest) == folded
        document = folded


@of("lineage")
def test_e2_a_base_contains_a_position(vector: Vector) -> None:
    lineage = Lineage(EpochLink(*each) for each in vector["links"])
    assert lineage.contains(Position(*vector["base"]), Position(*vector["position"])) is vector["expect"]


@of("ancestry")
def test_w2_an_operation_is_in_the_past_of_another(vector: Vector) -> None:
    ancestry = {actor: (parent, seq) for actor, (parent, seq) in vector["ancestry"].items()}
    assert is_own_earlier(ancestry, Dot(*vector["later"]), Dot(*vector["earlier"])) is vector["expect"]


@of("canonical", having="expect")
def test_a1_canonical_text(vector: Vector) -> None:
    assert canonical_text(vector["value"]) == vector["expect"]


@of("canonical", having="refused")
def test_a1_canonical_text_is_refused(vector: Vector) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical_text(vector["value"])


@of("chain", having="genesis")
def test_a1_a_chain_begins_with_who_writes_it(vector: Vector) -> None:
    assert genesis(msgspec.convert(vector["genesis"], ActorRecord)) == vector["expect"]


@of("chain", having="payloads")
def test_a2_a_chain_is_over_the_bytes_as_sent(vector: Vector) -> None:
    links = [link(payload.encode()) for payload in vector["payloads"]]
    head = vector["head"]
    for each in links:
        head = extend(head, each)
    assert (links, head) == (vector["links"], vector["expect"])


@of("chain", having="push")
def test_a4_what_a_device_signs_for_a_push(vector: Vector) -> None:
    push = vector["push"]
    assert push_statement(push["actor"], push["last_seq"], push["head"]).decode() == vector["expect"]


@of("chain", having="named")
def test_n4_what_a_signature_says_names_it(vector: Vector) -> None:
    assert signature_id(vector["named"]) == vector["expect"]


@of("chain", having="signature")
def test_n3_what_a_device_signs_for_a_signature(vector: Vector) -> None:
    assert signature_statement(vector["signature"]["doc"], vector["signature"]["fields"]).decode() == vector["expect"]


@of("chain", having="stamps")
def test_p6_what_a_receipt_says_of_its_stamps(vector: Vector) -> None:
    links = [stamp_link(stamp) for stamp in msgspec.convert(vector["stamps"], tuple[Stamp, ...])]
    assert links == vector["links"]
    assert stamps_digest(links) == vector["expect"]


@of("chain", having="receipt")
def test_p6_what_the_server_signs_for_a_stretch(vector: Vector) -> None:
    assert receipt_statement(msgspec.convert(vector["receipt"], Receipt)).decode() == vector["expect"]


@of("columns")
def test_l7_columns_hold_these_rows(vector: Vector) -> None:
    columns, rows = msgspec.convert(vector["columns"], PullColumns), msgspec.convert(vector["expect"], list[PullPut])
    assert list(rows_of(columns)) == rows
    (made,) = columns_of(rows)
    assert {**made.columns} == {**columns.columns}
    assert (made.ids, made.steps, made.rivals) == (columns.ids, columns.steps, columns.rivals)


@of("digest")
def test_f4_the_digest_of_rows(vector: Vector) -> None:
    assert combine(row_digest(*row) for row in vector["rows"]) == vector["expect"]


@of("groups")
def test_g1_the_groups_of_a_push(vector: Vector) -> None:
    groups = split(vector["following"])
    ranges = None if groups is None else [[group.start, group.stop] for group in groups]
    counts = [[vector["following"][i] for i in group] for group in groups or ()]
    assert ranges == vector["expect"]
    assert [is_consistent(group) for group in counts] == vector.get("consistent", [])


@of("stamping")
def test_t3_effective_at(vector: Vector) -> None:
    told = effective_at(vector["at"], vector["offset_ms"], vector["floor"], vector["received_at"])
    assert told == vector["expect"]


@of("wellformed")
def test_o3_text_is_well_formed(vector: Vector) -> None:
    assert is_wellformed(vector["text"]) is vector["expect"]
    assert is_wellformed(vector["normalised"])


@of("erasing")
def test_y1_an_operation_is_reduced_to_its_frame(vector: Vector) -> None:
    frame = reduced(vector["payload"].encode())
    assert frame.decode() == vector["expect"]
    assert reduced(frame) == frame


@of("overlay", having="pending")
def test_v1_pending_work_lies_on_the_row(vector: Vector) -> None:
    pending = [
        Operation(1, "service_visit", "visit-1", Base(0, "epoch1"), 1, 0, fields) for fields in vector["pending"]
    ]
    assert overlaid(vector["fields"], pending) == vector["expect"]


@of("overlay", having="row_position")
def test_v2_an_operation_leaves_the_overlay(vector: Vector) -> None:
    held, settled = vector["held"], vector["settled"]
    stands = stands_on_top(vector["position"], vector["row_position"], held=held, settled=settled)
    assert stands is vector["expect"]


def payload_of(vector: Vector) -> bytes:
    if "hex" in vector:
        return bytes.fromhex(vector["hex"])
    payload = vector["payload"]
    return (payload if isinstance(payload, str) else "".join(text * times for text, times in payload)).encode()


@of("reading")
def test_o2_an_operation_is_read_by_itself(vector: Vector) -> None:
    reading, expect = read(payload_of(vector)), vector["expect"]
    assert (reading.following, reading.fault) == (expect["following"], expect["fault"])
    if "fields" in expect:
        assert reading.operation is not None
        assert reading.operation.fields == expect["fields"]


@of("signed_content")
def test_n1_what_a_customer_signs(vector: Vector) -> None:
    content = signed_content(
        msgspec.convert(vector["parties"], SignedParties),
        msgspec.convert(vector["customer"], Customer),
        msgspec.convert(vector["asset"], Asset),
        msgspec.convert(vector["call"], ServiceCall),
        msgspec.convert(vector["visit"], ServiceVisit),
        msgspec.convert(vector["signer"], Signer),
    )
    assert canonical_text(content) == vector["expect"]


@of("signature_state", having="visit")
def test_n2_how_an_entry_stands_to_what_was_signed(vector: Vector) -> None:
    assert signature_state(vector["content"], vector["visit"], vector["rivals"]) == vector["expect"]


@of("signature_state", having="signed_at")
def test_y1_how_an_entry_stands_of_which_what_was_signed_was_erased(vector: Vector) -> None:
    assert erased_signature_state(vector["signed_at"], vector["amended_at"]) == vector["expect"]


@of("visit_state")
def test_the_state_of_a_visit(vector: Vector) -> None:
    assert visit_state(msgspec.convert(vector["visit"], ServiceVisit)) == vector["expect"]


@of("voucher_state")
def test_the_state_of_a_voucher(vector: Vector) -> None:
    assert voucher_state(msgspec.convert(vector["voucher"], ServiceVoucher), vector["open_calls"]) == vector["expect"]


@of("reconciliation")
def test_which_vouchers_are_out_for_no_call(vector: Vector) -> None:
    vouchers = msgspec.convert(vector["vouchers"], dict[str, ServiceVoucher])
    states = msgspec.convert(vector["states"], dict[str, list[CallState]])
    assert list(astray(vouchers, states)) == vector["expect"]


@of("call_state")
def test_the_state_of_a_call(vector: Vector) -> None:
    call = msgspec.convert(vector["call"], ServiceCall)
    dispatches = msgspec.convert(vector["dispatches"], dict[str, Dispatch])
    visits = msgspec.convert(vector["visits"], dict[str, ServiceVisit])
    assert call_state(call, dispatches, visits) == vector["expect"]


CALENDARS = {each["id"]: msgspec.convert(each, ServiceCalendar) for each in ALL["service_calendars"]}


def instant(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1_000)


@of("service_hours", having="minutes")
def test_when_working_minutes_are_over(vector: Vector) -> None:
    due = due_at(CALENDARS[vector["calendar"]], instant(vector["since"]), vector["minutes"])
    assert due == (vector["expect"] and instant(vector["expect"]))


@of("service_hours", having="until")
def test_how_much_working_time_lies_between(vector: Vector) -> None:
    worked = worked_ms(CALENDARS[vector["calendar"]], instant(vector["since"]), instant(vector["until"]))
    assert worked == vector["expect"] * MINUTE_MS


@of("service_hours", having="after")
def test_when_the_next_working_day_ends(vector: Vector) -> None:
    assert end_of_next_day(CALENDARS[vector["calendar"]], instant(vector["after"])) == instant(vector["expect"])


@of("arrival", having="hours")
def test_what_a_text_of_hours_tells(vector: Vector) -> None:
    assert intervals_of(vector["hours"]) == msgspec.convert(vector["expect"], tuple[Interval, ...] | None)


@of("arrival", having="days")
def test_the_calendar_of_a_unit_from_its_documents(vector: Vector) -> None:
    week = msgspec.convert(vector["week"], BusinessHours | None)
    days = msgspec.convert(vector["days"], list[CalendarDay])
    assert calendar_of(vector["time_zone"], week, days) == msgspec.convert(vector["expect"], ServiceCalendar)


@of("holidays")
def test_f021_which_years_of_holidays_are_missing(vector: Vector) -> None:
    assert list(missing_years(date.fromisoformat(vector["today"]), vector["holidays"])) == vector["expect"]


@of("parts")
def test_f030_what_a_visit_keeps_of_the_parts_that_were_used(vector: Vector) -> None:
    lines = part_lines(PartUsage(*each) for each in vector["parts"])
    assert lines == vector["expect"]
    assert part_lines(parts_of(lines)) == lines
    assert msgspec.convert({"parts": lines}, ServiceVisit).parts == lines


@of("places")
def test_f020_how_places_are_compared(vector: Vector) -> None:
    assert place_key(vector["name"]) == vector["expect"]


@of("arrival", having="left")
def test_whether_a_call_is_carried_over(vector: Vector) -> None:
    calendar = CALENDARS[vector["calendar"]]
    assert is_carried_over(calendar, instant(vector["left"]), instant(vector["now"])) is vector["carried"]


@of("arrival", having="call")
def test_until_when_somebody_has_to_arrive(vector: Vector) -> None:
    told = {"received_at": vector["received"], "appointment_at": vector.get("appointment")}
    instants = {field: instant(text) for field, text in told.items() if text is not None}
    due = call_due_at(CALENDARS[vector["calendar"]], msgspec.convert(vector["call"] | instants, ServiceCall))
    assert due == (vector["expect"] and instant(vector["expect"]))


@of("arrival", having="visit")
def test_when_somebody_arrived(vector: Vector) -> None:
    assert arrival_instant(msgspec.convert(vector["visit"], ServiceVisit)) == vector["expect"]


@of("confirmation")
def test_what_a_managers_word_names(vector: Vector) -> None:
    assert confirmed_hash(msgspec.convert(vector["visit"], ServiceVisit)) == vector["expect"]


@of("purposes", having="counts")
def test_what_the_log_is_told_of_an_import_is_what_the_page_reads(vector: Vector) -> None:
    assert import_purpose(vector["file"], vector["counts"]) == vector["purpose"]


@of("purposes", having="ranges")
def test_what_the_log_is_told_of_mended_rows_is_what_the_page_reads(vector: Vector) -> None:
    assert repair_purpose(vector["ranges"], vector["rows"]) == vector["purpose"]


@of("telephone")
def test_what_a_telephone_could_have_as_its_number(vector: Vector) -> None:
    assert (digits_of(vector["typed"]), is_number(vector["typed"])) == (vector["digits"], vector["expect"])


@of("visible")
def test_what_people_see_of_a_text_and_type_when_they_sign_in(vector: Vector) -> None:
    assert (has_visible(vector["text"]), is_login(vector["text"])) == (vector["visible"], vector["login"])


@of("tax_id")
def test_which_digits_are_a_tax_id(vector: Vector) -> None:
    assert is_tax_id(vector["digits"]) is vector["expect"]


@of("receipt")
def test_when_a_call_can_have_come_in(vector: Vector) -> None:
    told = is_sensible_receipt(vector["received"], vector["logged"], vector["arrivals"], vector["now"])
    assert told is vector["expect"]


@of("closing")
def test_what_stands_against_closing_a_call(vector: Vector) -> None:
    entries = msgspec.convert(vector["entries"], list[Entry])
    call = msgspec.convert(vector.get("call", {}), ServiceCall)
    assert closing_obstacle(call, CallState(vector["state"]), entries) == vector["expect"]


@of("findings", having="visit")
def test_the_findings_of_a_visit(vector: Vector) -> None:
    facts = VisitFacts(
        visit=msgspec.convert(vector["visit"], ServiceVisit),
        call=msgspec.convert(vector["call"], ServiceCall),
        dispatch=msgspec.convert(vector.get("dispatch", {}), Dispatch),
        cover=msgspec.convert(vector.get("cover", {}), Cover),
        signature=SignatureState(vector["signature"]),
    )
    assert list(visit_findings(facts)) == vector["expect"]


@of("findings", having="called")
def test_the_findings_of_a_call(vector: Vector) -> None:
    call, cover = msgspec.convert(vector["called"], ServiceCall), msgspec.convert(vector.get("cover", {}), Cover)
    facts = CallFacts(call=call, cover=cover, is_booked=vector.get("is_booked", False))
    assert list(call_findings(facts)) == vector["expect"]


@of("findings", having="contract")
def test_the_findings_of_a_contract(vector: Vector) -> None:
    assert list(contract_findings(msgspec.convert(vector["contract"], MaintenanceContract))) == vector["expect"]


def test_every_vector_has_an_id_of_its_own_and_a_reason() -> None:
    vectors = [(topic, each) for topic, listed in ALL.items() for each in listed]
    assert len({(topic, each["id"]) for topic, each in vectors}) == len(vectors) >= 60
    assert [each["id"] for _, each in vectors if not each["reason"].endswith(".")] == []


def test_a_tag_in_an_id_is_a_rule_of_the_spec() -> None:
    spec = (FOLDER.parents[1] / "sync" / "SPEC.md").read_text("utf-8")
    rules = set(re.findall(r"^- \*\*([A-Z]+\d+)\*\*", spec, re.MULTILINE))
    tags = {each["id"].split("-")[0].upper() for listed in ALL.values() for each in listed}
    assert {tag for tag in tags if re.fullmatch(r"[A-Z]\d", tag)} <= rules


@of("category", having="booked")
def test_what_a_call_is_served_as(vector: Vector) -> None:
    visits = msgspec.convert(vector["visits"], list[ServiceVisit])
    assert booked_category(msgspec.convert(vector["call"], ServiceCall), visits) == vector["booked"]


@of("category", having="cover")
def test_which_category_is_proposed(vector: Vector) -> None:
    assert proposed_category(msgspec.convert(vector["cover"], Cover), vector["at"]) == vector["expect"]


@of("category", having="takes")
def test_f005_which_visit_a_contract_spends(vector: Vector) -> None:
    assert takes_included_visit(msgspec.convert(vector["visit"], ServiceVisit)) is vector["takes"]


@of("merging", having="head")
def test_whom_a_duplicate_stands_for(vector: Vector) -> None:
    assert head_of(vector["merged_into"], vector["doc"]) == vector["head"]


@of("merging", having="filled")
def test_what_is_filled_in_from_a_duplicate(vector: Vector) -> None:
    kind = Kind(vector["kind"])
    stays, merged = (msgspec.convert(vector[each], SHAPES[kind]) for each in ("stays", "merged"))
    assert filled_in(kind, stays, merged) == vector["filled"]


@of("covered_asset")
def test_the_id_of_a_product_in_a_contract(vector: Vector) -> None:
    assert covered_asset_id(vector["contract"], vector["asset"]) == vector["expect"]


def clocked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with each clock of the day as an instant."""
    return {field: clock(value) if field.endswith("_at") else value for field, value in fields.items()}


def clock(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1_000


def stretch(told: dict[str, Any], now: int) -> TimeSpan | None:
    if "visit" in told:
        return visit_span(msgspec.convert(clocked(told["visit"]), ServiceVisit), now)
    return admin_span(msgspec.convert(clocked(told["line"]), AdminTime), now)


@of("working_time")
def test_f006_how_long_a_line_of_time_is_and_what_of_it_is_told_twice(vector: Vector) -> None:
    now = clock(vector.get("now", "24:00:00"))
    span, others = stretch(vector, now), [stretch(each, now) for each in vector.get("others", ())]
    if span is None:
        assert vector["minutes"] is None
        return
    assert minutes_of(span) == vector["minutes"]
    assert [other and overlap_minutes(span, other) for other in others] == vector["each"]
    assert overlapped_minutes(span, [other for other in others if other]) == vector["overlapped"]
    if "lacks_note" in vector:
        assert lacks_note(msgspec.convert(clocked(vector["line"]), AdminTime)) is vector["lacks_note"]
