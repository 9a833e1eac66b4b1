"""A document's state as it is kept: nothing of it is lost, and no write and no value is kept twice."""

from typing import Any

import msgspec

from sync.document import EMPTY, Document, shown_fields
from sync.state import from_state, to_state
from tests.laws.history import MERGE_RULES_OF, History, histories
from tests.laws.law import law


def shown_in(history: History) -> list[tuple[Document, dict[str, Any]]]:
    return [(document, shown_fields(document, MERGE_RULES_OF[kind])) for (kind, _), document in history.shown().items()]


@law(histories())
def test_a_kept_state_is_read_as_the_document_it_was(history: History) -> None:
    for document, shown in shown_in(history):
        assert from_state(to_state(document, shown), shown) == document


@law(histories())
def test_a_live_write_is_kept_once_however_many_fields_it_holds(history: History) -> None:
    for document, shown in shown_in(history):
        live, *_ = msgspec.json.decode(to_state(document, shown))
        dots = {write.origin.dot for register in document.registers.values() for write in register}
        assert len(live) == len(dots)


@law(histories())
def test_a_value_that_is_shown_and_has_no_rival_is_not_kept_again(history: History) -> None:
    for document, shown in shown_in(history):
        live, *_ = msgspec.json.decode(to_state(document, shown))
        kept = {field for _origin, values, _shown in live for field in values}
        alone = {field for field, register in document.registers.items() if len(register) == 1}
        assert kept == document.registers.keys() - (alone & shown.keys())


def test_nobodys_document_is_kept_and_read_too() -> None:
    assert from_state(to_state(EMPTY, {}), {}) == EMPTY
