"""What a document's history says of every value, held against played histories."""

import random
from collections.abc import Iterator

from schemas.merge_rules import MergeRule
from sync.canonical import canonical_bytes
from sync.document import fold, rivals, shown_fields
from sync.history import Fate, Standing, fates
from sync.write import StampedOperation, supersedes
from tests.laws.history import MERGE_RULES_OF, History, histories
from tests.laws.law import law


def told(history: History) -> Iterator[tuple[StampedOperation, str, Fate, list[StampedOperation]]]:
    """Every value with its fate, and all operations of its document."""
    for (kind, _), operations in history.documents.items():
        found = fates(history.past, operations, MERGE_RULES_OF[kind])
        for each in operations:
            assert found[each.origin.dot].keys() == each.fields.keys()
            yield from ((each, field, found[each.origin.dot][field], operations) for field in each.fields)


@law(histories())
def test_m5_what_is_history_was_superseded_by_the_operation_that_is_named(history: History) -> None:
    for operation, field, fate, operations in told(history):
        by = next((each for each in operations if each.origin.dot == fate.by), None)
        assert fate.standing in set(Standing)
        assert (by is not None) == (fate.standing is Standing.SUPERSEDED)
        assert by is None or (field in by.fields and supersedes(history.past, by, field, operation.origin))


@law(histories())
def test_m5_what_is_not_history_is_the_value_that_is_shown_or_an_open_rival_of_it(history: History) -> None:
    for (kind, _), operations in history.documents.items():
        rules: dict[str, MergeRule] = dict(MERGE_RULES_OF[kind])
        document = fold(history.past, operations)
        visible, open_rivals = shown_fields(document, rules), rivals(document)
        for dot, fields in fates(history.past, operations, rules).items():
            values = next(each.fields for each in operations if each.origin.dot == dot)
            for field, fate in fields.items():
                is_visible = canonical_bytes(values[field]) == canonical_bytes(visible.get(field))
                assert fate.standing is not Standing.SHOWN or is_visible
                assert fate.standing is not Standing.RIVAL or (field in open_rivals and not is_visible)


@law(histories())
def test_m2_a_value_has_the_same_fate_in_whatever_order_the_operations_are_given(history: History) -> None:
    for (kind, _), operations in history.documents.items():
        mixed = [*operations, *operations[:2]]
        random.Random(len(operations)).shuffle(mixed)
        rules = MERGE_RULES_OF[kind]
        assert fates(history.past, mixed, rules) == fates(history.past, operations, rules)
