"""Columns hold the rows that they were made of, each of them once, with all that is shown (SPEC L7)."""

import pytest
from hypothesis import strategies as st

from schemas.protocol import PullColumns, PullPut
from sync.columns import columns_of, rows_of
from tests.laws.law import law

VALUES = st.one_of(st.booleans(), st.integers(0, 9), st.text(max_size=3))
ROWS = st.lists(
    st.builds(
        PullPut,
        st.sampled_from(["customer", "asset"]),
        st.sampled_from(["document-1", "document-2", "document-3", "document-4"]),
        st.integers(1, 20),
        st.dictionaries(st.sampled_from(["name", "phone", "note"]), VALUES),
    ),
    unique_by=lambda row: (row.kind, row.id),
)


@law(ROWS)
def test_l7_columns_hold_every_row_whole(rows: list[PullPut]) -> None:
    held = [row for columns in columns_of(rows) for row in rows_of(columns)]
    assert sorted(held, key=_key) == sorted(rows, key=_key)


@law(ROWS)
def test_l7_the_same_rows_make_the_same_columns_in_any_order(rows: list[PullPut]) -> None:
    assert sorted(columns_of(rows), key=lambda each: each.kind) == sorted(
        columns_of(sorted(rows, key=_key, reverse=True)), key=lambda each: each.kind
    )


def test_l7_columns_whose_ids_and_steps_are_not_as_many_hold_nothing() -> None:
    for ids, steps in ((("customer-1", "customer-2"), (1,)), (("customer-1",), (1, 1))):
        with pytest.raises(ValueError, match="zip"):
            list(rows_of(PullColumns("customer", ids, steps, {})))


def _key(row: PullPut) -> tuple[str, str]:
    return row.kind, row.id
