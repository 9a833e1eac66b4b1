"""A delete against work that it had not seen."""

import pytest

from schemas.protocol import Dot
from sync.document import EMPTY, Document, apply, fold, is_deleted, needs_history
from sync.write import StampedOperation
from tests.laws.history import History, histories
from tests.laws.law import law


def _tombstones(document: Document) -> set[Dot]:
    return {write.origin.dot for write in document.registers.get("deleted", ()) if write.value is True}


def _is_contested(history: History, tombstone: Dot, operations: list[StampedOperation]) -> bool:
    others = {each.origin.dot for each in operations if each.fields.get("deleted") is not True}
    return any(
        not history.truths[tombstone].knew(other) and not history.truths[other].knew(tombstone) for other in others
    )


@law(histories(), examples=120)
def test_d1_whoever_wrote_without_knowing_of_a_delete_contests_it(history: History) -> None:
    for operations in history.documents.values():
        document = fold(history.past, operations)
        expected = {dot for dot in _tombstones(document) if _is_contested(history, dot, operations)}
        assert set(document.contested) == expected
        assert is_deleted(document) == bool(_tombstones(document) - expected)


@law(histories())
def test_d1_a_contest_never_ends_while_its_tombstone_stands(history: History) -> None:
    for operations in history.documents.values():
        before = EMPTY
        for count in range(1, len(operations) + 1):
            after = fold(history.past, operations[:count])
            assert set(before.contested) & _tombstones(after) <= set(after.contested)
            before = after


@law(histories())
def test_d2_a_delete_is_held_against_writes_that_are_history(history: History) -> None:
    for operations in history.documents.values():
        for count, newest in enumerate(operations[1:], start=1):
            earlier = operations[:count]
            if newest.fields.get("deleted") is not True:
                continue
            document = fold(history.past, [*earlier, newest])
            unseen = [each for each in earlier if not history.truths[newest.origin.dot].knew(each.origin.dot)]
            edits = [each for each in unseen if each.fields.get("deleted") is not True]
            ignorant = [each for each in edits if not history.truths[each.origin.dot].knew(newest.origin.dot)]
            if newest.origin.dot in _tombstones(document):
                assert (newest.origin.dot in document.contested) == bool(ignorant)


@law(histories())
def test_d2_a_delete_over_existing_writes_is_never_applied_without_them(history: History) -> None:
    for operations in history.documents.values():
        for count, newest in enumerate(operations):
            document = fold(history.past, operations[:count])
            assert needs_history(document, newest) == (count > 0 and newest.fields.get("deleted") is True)
            if needs_history(document, newest):
                with pytest.raises(ValueError, match="history"):
                    apply(history.past, document, newest)
