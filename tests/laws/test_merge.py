"""Registers and documents: a function of a set, and no value lost."""

import json
from collections.abc import Iterable, Sequence
from random import Random

import msgspec
from hypothesis import strategies as st

from sync.document import EMPTY, Document, apply, fold, needs_history, rivals, shown_fields
from sync.history import Standing, fates
from sync.write import StampedOperation
from tests.laws.history import MERGE_RULES_OF, History, histories
from tests.laws.law import law

shuffles = st.randoms(use_true_random=False)


@law(histories())
def test_r1_a_field_holds_exactly_the_writes_that_nobody_replaced(history: History) -> None:
    for operations in history.documents.values():
        document = fold(history.past, operations)
        assert document.registers.keys() == {name for each in operations for name in each.fields}
        for name, register in document.registers.items():
            writers = [each.origin.dot for each in operations if name in each.fields]
            replaced = {
                old for new in writers for old in writers if new != old and history.truths[new].replaces(name, old)
            }
            assert [write.origin.dot for write in register] == sorted(set(writers) - replaced)


@law(histories())
def test_r2_only_different_values_are_rivals(history: History) -> None:
    for document in history.shown().values():
        different = {
            name: len({json.dumps(write.value) for write in register}) for name, register in document.registers.items()
        }
        assert rivals(document).keys() == {name for name, count in different.items() if count > 1}


@law(histories(), shuffles)
def test_m1_repetition_does_not_matter(history: History, chance: Random) -> None:
    for operations in history.documents.values():
        repeated = [*operations, *chance.choices(operations, k=len(operations))]
        assert fold(history.past, repeated) == fold(history.past, operations)


@law(histories(), shuffles)
def test_m2_order_of_delivery_does_not_matter(history: History, chance: Random) -> None:
    for operations in history.documents.values():
        shuffled = chance.sample(operations, k=len(operations))
        assert fold(history.past, shuffled) == fold(history.past, operations)


@law(histories(one_step_back=False), examples=150)
def test_m3_applying_the_newest_operation_is_folding_the_whole_set(history: History) -> None:
    for operations in history.documents.values():
        document = EMPTY
        for count, newest in enumerate(operations, start=1):
            document = _received(history, document, operations[: count - 1], newest)
            assert document == fold(history.past, operations[:count])


@law(histories(), shuffles)
def test_m4_grouping_of_deliveries_does_not_matter(history: History, chance: Random) -> None:
    for operations in history.documents.values():
        known: list[StampedOperation] = []
        document = EMPTY
        for batch in _batches(operations, chance):
            if len(batch) == 1 and _is_newest(operations, known, batch[0]):
                document = _received(history, document, known, batch[0])
            else:
                document = fold(history.past, [*known, *batch])
            known += batch
        assert document == fold(history.past, operations)


@law(histories(one_step_back=False), examples=150)
def test_m5_every_value_stands_or_was_replaced_by_somebody_who_had_seen_it(history: History) -> None:
    for operations in history.documents.values():
        document = fold(history.past, operations)
        for each in operations:
            for name, value in each.fields.items():
                standing = {write.origin.dot: write.value for write in document.registers[name]}
                knowing = any(
                    history.truths[other.origin.dot].replaces(name, each.origin.dot)
                    for other in operations
                    if name in other.fields and other is not each
                )
                assert standing.get(each.origin.dot) == value or knowing


@law(histories())
def test_m5_what_is_shown_is_one_of_the_values_that_stand(history: History) -> None:
    for (kind, _), document in history.shown().items():
        values = shown_fields(document, MERGE_RULES_OF[kind])
        for name, register in document.registers.items():
            assert values.get(name) in [write.value for write in register]


@law(histories())
def test_m5_a_stored_document_is_read_back_as_it_was(history: History) -> None:
    for document in history.shown().values():
        assert msgspec.json.decode(msgspec.json.encode(document), type=Document) == document


@law(histories())
def test_m5_every_value_has_a_fate_and_whoever_replaced_it_knew_it(history: History) -> None:
    for key, operations in history.documents.items():
        registers = fold(history.past, operations).registers
        for dot, by_field in fates(history.past, operations, MERGE_RULES_OF[key[0]]).items():
            for name, fate in by_field.items():
                stands = dot in {write.origin.dot for write in registers[name]}
                assert stands == (fate.standing is not Standing.SUPERSEDED)
                assert stands or (fate.by is not None and history.truths[fate.by].replaces(name, dot))


def _received(
    history: History, document: Document, known: Sequence[StampedOperation], newest: StampedOperation
) -> Document:
    """Take one operation in as a server does: what came back behind its place, or deletes, is folded."""
    if history.server.log[newest.origin.dot].again or needs_history(document, newest):
        return fold(history.past, [*known, newest])
    return apply(history.past, document, newest)


def _is_newest(order: Sequence[StampedOperation], known: Iterable[StampedOperation], one: StampedOperation) -> bool:
    return all(order.index(other) < order.index(one) for other in known)


def _batches(operations: Sequence[StampedOperation], chance: Random) -> Iterable[Sequence[StampedOperation]]:
    """Cut the operations into deliveries; half of the time they arrive in order."""
    order = list(operations) if chance.random() < 0.5 else chance.sample(operations, k=len(operations))
    while order:
        size = chance.choice((1, 1, 2, 5))
        yield order[:size]
        order = order[size:]
