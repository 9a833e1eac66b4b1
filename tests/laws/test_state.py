"""A document's state as it is kept: nothing of it is lost, and no write is kept twice."""

import msgspec

from sync.state import from_state, to_state
from tests.laws.history import History, histories
from tests.laws.law import law


@law(histories())
def test_a_kept_state_is_read_as_the_document_it_was(history: History) -> None:
    for document in history.shown().values():
        assert from_state(to_state(document)) == document


@law(histories())
def test_a_live_write_is_kept_once_however_many_fields_it_holds(history: History) -> None:
    for document in history.shown().values():
        live, _contested = msgspec.json.decode(to_state(document))
        dots = {write.origin.dot for register in document.registers.values() for write in register}
        assert len(live) == len(dots)
