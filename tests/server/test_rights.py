"""Who may write what by an operation: the table, said once more by hand."""

import pytest

from schemas.erasure import MARK, PERSONAL
from schemas.registry import SHAPES, Kind
from schemas.rights import WRITERS
from schemas.vocabulary import Role

DESK = {Role.CLERK, Role.SERVICE_MANAGER, Role.BRANCH_MANAGER, Role.SERVICE_DEPARTMENT}
TIMEKEEPERS = {Role.CLERK, Role.TECHNICIAN, Role.SERVICE_MANAGER}
FIELD = {Role.TECHNICIAN, Role.SERVICE_MANAGER}
SETUP = {Role.SERVICE_MANAGER, Role.ADMIN}

BY_COMMAND_ONLY = {
    Kind.CUSTOMER: {"merged_into", "merged_at", "merged_by"},
    Kind.ASSET: {"merged_into", "merged_at", "merged_by"},
    Kind.SERVICE_VOUCHER: {"number", "retired_at", "checked_out_at", "checked_out_to", "filed_at", "deleted"},
    Kind.SERVICE_CALL: {
        "number",
        "due_at",
        "closed_at",
        "closed_by",
        "withdrawn_at",
        "withdrawn_by",
        "withdrawn_reason",
        "duplicate_of",
        "deleted",
    },
    Kind.SERVICE_VISIT: {
        "amended_at",
        "amended_by",
        "amended_reason",
        "confirmed_at",
        "confirmed_by",
        "confirmed_note",
        "confirmed_sha256",
        "deleted",
    },
    Kind.SIGNATURE: {"deleted"},
} | {
    kind: set(SHAPES[kind].__struct_fields__)
    for kind in (
        Kind.UNIT,
        Kind.USER,
        Kind.ROLE_GRANT,
        Kind.DEVICE,
        Kind.DISPATCH,
        Kind.BUSINESS_HOURS,
        Kind.CALENDAR_DAY,
        Kind.DISTRICT,
        Kind.RECONCILIATION,
        Kind.UNIT_SETTINGS,
    )
}
"""Facts that the server's judgement makes: numbers, limits, custody, dispatch, closing, amending, people, calendars."""

AT_THE_DESK = (Kind.MAINTENANCE_CONTRACT, Kind.COVERED_ASSET, Kind.ABSENCE)
SET_UP = (Kind.PRESET, Kind.FEE_ITEM)
ERASED = {kind: {MARK} for kind in PERSONAL}
NOT_BY_EVERYBODY = {
    **{(kind, "deleted"): DESK for kind in (Kind.CUSTOMER, Kind.ASSET)},
    **{(Kind.SERVICE_CALL, f"{why}_reason"): DESK for why in ("zone", "breach")},
    **{(Kind.SERVICE_CALL, field): DESK for field in ("breach_note", "appointment_at")},
    **{(Kind.SERVICE_CALL, f"proposed_{field}"): DESK for field in ("technician", "for", "by")},
    **{(Kind.SERVICE_VISIT, field): FIELD for field in ("technician", "en_route_at", "arrived_clock_offset_ms")},
    **{(Kind.SERVICE_VISIT, f"arrived_{field}"): FIELD for field in ("latitude", "longitude", "accuracy")},
    **{(Kind.SERVICE_VISIT, field): FIELD for field in ("unsigned_reason", "unsigned_note")},
    **{(Kind.SIGNATURE, field): FIELD for field in SHAPES[Kind.SIGNATURE].__struct_fields__ if field != "deleted"},
    **{(Kind.PHOTO, field): FIELD for field in SHAPES[Kind.PHOTO].__struct_fields__},
    **{(Kind.ADMIN_TIME, field): TIMEKEEPERS for field in SHAPES[Kind.ADMIN_TIME].__struct_fields__},
    **{(kind, field): DESK for kind in AT_THE_DESK for field in SHAPES[kind].__struct_fields__},
    **{(kind, field): SETUP for kind in SET_UP for field in SHAPES[kind].__struct_fields__},
}


@pytest.mark.parametrize("kind", Kind)
def test_what_a_command_decides_is_written_by_nobodys_operation(kind: Kind) -> None:
    expected = BY_COMMAND_ONLY.get(kind, set()) | ERASED.get(kind, set())
    assert {field for field, roles in WRITERS[kind].items() if not roles} == expected


@pytest.mark.parametrize("kind", Kind)
def test_the_rest_is_written_by_the_service_signatures_in_the_field_contracts_and_absences_at_the_desk(
    kind: Kind,
) -> None:
    captured = {field: roles for field, roles in WRITERS[kind].items() if roles}
    assert captured == {field: NOT_BY_EVERYBODY.get((kind, field), DESK | FIELD) for field in captured}
