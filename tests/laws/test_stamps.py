"""Stamps are fixed once; state depends on them and on nothing else."""

from hypothesis import assume
from hypothesis import strategies as st

from sync.document import Document, fold
from sync.lineage import Position
from sync.stamping import effective_at
from tests.laws.history import STEP_MS, History, histories
from tests.laws.law import law
from tests.laws.reference import Key

instants = st.integers(0, 1_000)


@law(histories(), examples=120)
def test_t2_a_server_that_was_put_back_and_healed_shows_what_it_showed(history: History) -> None:
    assume(history.backup is not None)
    assert history.backup is not None
    healed = history.backup.restored("healed")
    for number, device in enumerate(history.devices):
        device.copy().push(healed, history.now + STEP_MS * number, f"healed-{number}")
    before = {
        key: fold(history.past, [each for each in operations if each.origin.dot in healed.log])
        for key, operations in history.documents.items()
    }
    after = {key: row.document for key, row in healed.pull().items()}
    assert _essence(after) == _essence(before)


def _essence(documents: dict[Key, Document]) -> dict[Key, object]:
    """Return everything about documents except where their writes stand in the log."""
    return {
        key: (
            document.contested,
            {
                name: [(write.origin.dot, write.origin.effective_at, write.value) for write in register]
                for name, register in document.registers.items()
            },
        )
        for key, document in documents.items()
        if document.registers
    }


@law(instants, st.integers(-2_000, 2_000), instants, instants, examples=200)
def test_t3_an_estimate_lies_between_what_was_seen_and_the_receipt(at: int, offset: int, floor: int, end: int) -> None:
    estimate = effective_at(at, offset, floor, end)
    assert min(floor, end) <= estimate <= end
    if floor <= at + offset <= end:
        assert estimate == at + offset


@law(histories())
def test_t3_no_clock_makes_a_write_earlier_than_what_its_author_had_seen(history: History) -> None:
    effective = {each.dot: each.stamp.effective_at for each in history.server.log.values()}
    for each in history.server.log.values():
        if each.operation is None:
            continue
        base = Position(each.operation.base.position, each.operation.base.epoch)
        if base in history.server.received and each.dot in history.truths:
            assert each.stamp.effective_at >= history.server.received[base]
            seen = history.truths[each.dot].sight.seen & effective.keys()
            assert all(effective[earlier] <= each.stamp.effective_at for earlier in seen)
