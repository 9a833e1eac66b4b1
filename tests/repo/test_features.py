"""Each rule of the policy that is marked built is named by a test and stands somewhere on screen (docs/features.md)."""

from tests.features import features, gaps, names_by_number


def test_what_is_marked_built_has_tests_and_a_place() -> None:
    assert gaps() == []


def test_the_table_is_read_whole_and_in_order() -> None:
    numbers = [row.number for row in features()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 26
    assert any("::test_f" in one for tests in names_by_number().values() for one in tests)
