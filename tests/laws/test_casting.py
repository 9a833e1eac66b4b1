"""What an older client is told of a row, and which kinds it is told nothing of (SPEC L6)."""

import pytest

from schemas.protocol import OLDEST_SCHEMA, SCHEMA, Dot, PullPut, Write
from schemas.registry import SHAPES, Kind
from schemas.since import ADDED
from schemas.vocabulary import Place
from sync.casting import downcast, known, unknown_kinds

SPOKEN = range(OLDEST_SCHEMA, SCHEMA + 1)


def fields_in(schema: int, kind: Kind) -> set[str]:
    """Every field of a kind that did not begin later, told one by one."""
    began = {name: since for since, kinds in ADDED.items() for name in kinds.get(kind, ())}
    return {name for name in SHAPES[kind].__struct_fields__ if began.get(name, OLDEST_SCHEMA) <= schema}


@pytest.mark.parametrize("schema", SPOKEN)
def test_l6_a_schema_has_what_began_with_it_or_before(schema: int) -> None:
    expected = {kind.value: fields_in(schema, kind) for kind in SHAPES}
    assert {kind: set(names) for kind, names in known(schema).items()} == {
        kind: names for kind, names in expected.items() if names
    }
    assert unknown_kinds(schema) == {kind for kind, names in expected.items() if not names}


def test_l6_what_begins_with_the_second_schema() -> None:
    contracts = {"maintenance_contract", "covered_asset"}
    calendars = {"business_hours", "calendar_day", "district", "reconciliation", "absence"}
    visits = {"photo", "signature_copy", "contact_attempt", "admin_time"}
    set_up = {"unit_settings", "preset", "fee_item"}
    assert unknown_kinds(1) == {*visits, *calendars, *contracts, *set_up}
    assert unknown_kinds(2) == frozenset()


@pytest.mark.parametrize("schema", SPOKEN)
def test_l6_an_older_client_is_told_nothing_that_its_schema_has_not(schema: int) -> None:
    write = Write(Dot("actor-1", 1), "Lin", "user-1", Place.FIELD, 1, 1)
    whole = PullPut("customer", "customer-1", 3, {"name": "Lin", "later": 1}, {"name": (write,), "later": (write,)})
    told = downcast(schema, whole)
    if schema == SCHEMA:
        assert told == whole
    else:
        assert told == PullPut("customer", "customer-1", 3, {"name": "Lin"}, {"name": (write,)})
