"""The design's sentence about merging, field by field: which rival is shown, and who is asked.

"Money, working hours, diagnosis and anything a customer signed: ask. Dispatch: office. What was done on site: field.
Signature: first." What the sentence leaves open stands below it. Every field of every kind has exactly one place here.
"""

import pytest

from schemas.merge_rules import MERGE_RULES, MergeRule, Show
from schemas.registry import SHAPES, Kind
from schemas.rules.signed_content import SIGNED_FIELDS

Fields = dict[Kind, set[str]]


def fields_of(kind: Kind) -> set[str]:
    return set(SHAPES[kind].__struct_fields__) - {"unit", "deleted", "erased_at"}


VISIT = Kind.SERVICE_VISIT
MONEY: Fields = {VISIT: {"fee_total"}, Kind.FEE_ITEM: {"amount"}}
WORKING_HOURS: Fields = {VISIT: {"arrived_at", "finished_at"}, Kind.ADMIN_TIME: {"work", "started_at", "ended_at"}}
DIAGNOSIS: Fields = {VISIT: {"fault", "action", "outcome"}}
SIGNED: Fields = {VISIT: set(SIGNED_FIELDS)}
WHY_UNSIGNED: Fields = {VISIT: {"unsigned_reason", "unsigned_note"}}
ASK: tuple[Fields, ...] = (MONEY, WORKING_HOURS, DIAGNOSIS, SIGNED, WHY_UNSIGNED)

CONFIRMED = {"confirmed_at", "confirmed_by", "confirmed_note", "confirmed_sha256"}
AMENDED = {"amended_at", "amended_by", "amended_reason"} | CONFIRMED
ARRIVED_ONCE = {"arrived_stamped_at", "arrived_latitude", "arrived_longitude", "arrived_accuracy"}
WHOSE_TIME = {"user"}
RECORDED_ONCE = {"recorded_by"}
GIVEN_ONCE = {"number", "provisional_number", "logged_at", "logged_by"}
ENDED = {"closed_at", "closed_by", "withdrawn_by"}
COUNTED = {"due_at", "received_at", "received_reason"}
MERGED = {"merged_into", "merged_at", "merged_by"}
PROPOSED = {"proposed_technician", "proposed_for", "proposed_by"}
CALENDARS = (Kind.BUSINESS_HOURS, Kind.CALENDAR_DAY, Kind.DISTRICT)
TOLD_KINDS = (Kind.UNIT, Kind.USER, Kind.ROLE_GRANT, Kind.DEVICE, Kind.SIGNATURE_COPY, Kind.UNIT_SETTINGS, Kind.PRESET)
CONTRACTS = (Kind.MAINTENANCE_CONTRACT, Kind.COVERED_ASSET)

DECIDED_IN_THE_OFFICE: Fields = {
    Kind.DISPATCH: fields_of(Kind.DISPATCH),
    Kind.RECONCILIATION: fields_of(Kind.RECONCILIATION),
    Kind.SERVICE_VOUCHER: fields_of(Kind.SERVICE_VOUCHER) - {"number"},
    Kind.SERVICE_CALL: ENDED | COUNTED,
    Kind.CUSTOMER: MERGED,
    Kind.ASSET: MERGED,
    VISIT: AMENDED,
}
SAID_OF_A_PHOTO = {"caption"}
DONE_ON_SITE: Fields = {VISIT: fields_of(VISIT) - AMENDED - ARRIVED_ONCE, Kind.PHOTO: SAID_OF_A_PHOTO}
KEPT_AS_FIRST_WRITTEN: Fields = {
    **{kind: {"unit"} for kind in Kind if "unit" in SHAPES[kind].__struct_fields__},
    Kind.SIGNATURE: {"unit"} | fields_of(Kind.SIGNATURE),
    Kind.CONTACT_ATTEMPT: {"unit"} | fields_of(Kind.CONTACT_ATTEMPT),
    Kind.PHOTO: {"unit"} | fields_of(Kind.PHOTO) - SAID_OF_A_PHOTO,
    Kind.SERVICE_CALL: {"unit"} | GIVEN_ONCE,
    Kind.SERVICE_VOUCHER: {"unit", "number"},
    Kind.ABSENCE: {"unit"} | RECORDED_ONCE,
    VISIT: {"unit"} | ARRIVED_ONCE,
    Kind.ADMIN_TIME: {"unit"} | WHOSE_TIME,
}
AS_LAST_TOLD: Fields = {
    Kind.CUSTOMER: fields_of(Kind.CUSTOMER) - MERGED,
    Kind.ASSET: fields_of(Kind.ASSET) - MERGED,
    Kind.SERVICE_CALL: fields_of(Kind.SERVICE_CALL) - GIVEN_ONCE - ENDED - COUNTED,
    Kind.ADMIN_TIME: fields_of(Kind.ADMIN_TIME) - WHOSE_TIME,
    Kind.ABSENCE: fields_of(Kind.ABSENCE) - RECORDED_ONCE,
    **{kind: fields_of(kind) for kind in (*TOLD_KINDS, *CALENDARS, *CONTRACTS, Kind.FEE_ITEM)},
}
DELETED: Fields = {kind: {"deleted"} for kind in Kind}
ERASED: Fields = {kind: {"erased_at"} for kind in Kind}

SHOWN: dict[Show, tuple[Fields, ...]] = {
    Show.OFFICE: (DECIDED_IN_THE_OFFICE,),
    Show.FIELD: (DONE_ON_SITE,),
    Show.FIRST: (KEPT_AS_FIRST_WRITTEN,),
    Show.LATEST: (AS_LAST_TOLD, DELETED, ERASED),
}
TOLD_ONLY: Fields = {
    **{kind: fields_of(kind) for kind in TOLD_KINDS},
    Kind.FEE_ITEM: {"kind", "name", "rank"},
    Kind.CUSTOMER: {"note"},
    Kind.ASSET: {"note"},
    Kind.MAINTENANCE_CONTRACT: {"note"},
    Kind.ADMIN_TIME: {"note"},
    Kind.ABSENCE: {"note"},
    Kind.SERVICE_CALL: PROPOSED,
    VISIT: {"category_reason", "en_route_at", "arrived_clock_offset_ms", "arrived_reason", "arrived_corrected_by"},
    Kind.PHOTO: SAID_OF_A_PHOTO,
}
"""What nobody has to decide about, though it may differ."""

EVERY = [(kind, field) for kind in Kind for field in SHAPES[kind].__struct_fields__]


def is_in(groups: tuple[Fields, ...], kind: Kind, field: str) -> bool:
    return any(field in group.get(kind, set()) for group in groups)


def rule(kind: Kind, field: str) -> MergeRule:
    return MERGE_RULES[kind][field]


@pytest.mark.parametrize(("kind", "field"), EVERY)
def test_s1_each_field_shows_the_rival_of_its_own_group(kind: Kind, field: str) -> None:
    assert [show for show, groups in SHOWN.items() if is_in(groups, kind, field)] == [rule(kind, field).show]


@pytest.mark.parametrize(("kind", "field"), [pair for pair in EVERY if is_in(ASK, *pair)])
def test_s5_money_working_hours_diagnosis_and_whatever_is_signed_ask(kind: Kind, field: str) -> None:
    assert rule(kind, field).ask


@pytest.mark.parametrize(("kind", "field"), EVERY)
def test_s5_nobody_is_asked_about_what_one_side_decides_or_nobody_needs(kind: Kind, field: str) -> None:
    decided = (DECIDED_IN_THE_OFFICE, KEPT_AS_FIRST_WRITTEN, TOLD_ONLY, ERASED)
    assert rule(kind, field).ask is not is_in(decided, kind, field)


def test_m1_the_table_has_a_rule_for_every_field_and_for_no_other() -> None:
    assert [(kind, field) for kind, rules in MERGE_RULES.items() for field in rules] == EVERY
