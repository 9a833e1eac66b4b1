"""Each rule of the policy that is marked built is named by a test and stands somewhere on screen (docs/features.md)."""

import pytest

from tests.features import features, gaps, main, names_by_number
from tests.places import PLACES, address, faults, named


def test_what_is_marked_built_has_tests_and_a_place() -> None:
    assert gaps() == []


def test_the_table_is_read_whole_and_in_order() -> None:
    numbers = [row.number for row in features()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 26
    assert any("::test_f" in one for tests in names_by_number().values() for one in tests)


def test_every_test_of_a_number_is_printed_with_their_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    lines = capsys.readouterr().out.splitlines()
    tests = names_by_number()
    known = [row.number for row in features()]
    assert [line.split()[0] for line in lines if line[:1] == "F"] == known
    assert {line.strip() for line in lines} >= {one.strip() for number in known for one in tests.get(number, ())}
    assert sum(line.startswith("        ") for line in lines) == sum(len(tests.get(number, ())) for number in known)
    most = max(len(tests.get(number, ())) for number in known)
    assert most > 3
    assert f"      {most} tests" in lines


@pytest.mark.parametrize("name", PLACES)
def test_a_place_is_an_address_a_file_that_is_shown_and_the_words_of_the_screen(name: str) -> None:
    assert list(faults(name)) == []


@pytest.mark.parametrize(
    ("where", "fault"),
    [
        ("派車", "names 派車, which is no place of the app (tests/places.py)"),
        ("今日, 登記與派工（看板、圖表）", "names 圖表, which is no place of the app (tests/places.py)"),
        ("登記與派工（看板", "names 登記與派工（看板, which is no place of the app (tests/places.py)"),
    ],
)
def test_a_place_that_there_is_not_is_told(where: str, fault: str) -> None:
    assert list(faults(where)) == [fault]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"route": "office:nowhere"}, "whose address office:nowhere there is not"),
        ({"file": "pwa/src/ui/office/Nowhere.svelte"}, "whose file pwa/src/ui/office/Nowhere.svelte there is not"),
        ({"file": "pwa/src/ui/text/languages.md"}, "whose file pwa/src/ui/text/languages.md there is not"),
        ({"file": "pwa/index.html"}, "whose file pwa/index.html nothing shows"),
        ({"words": "office.vouchers"}, "but office.vouchers says 服務憑證"),
        ({"words": "office.nothing"}, "but office.nothing says None"),
    ],
)
def test_a_place_whose_page_or_words_went_away_is_told(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], fault: str
) -> None:
    broken = PLACES["接叫修"]._replace(**changed)
    monkeypatch.setattr("tests.places.PLACES", {"接叫修": broken})
    assert list(faults("接叫修")) == [f"names 接叫修, {fault}"]


def test_a_cell_names_its_places_and_the_parts_in_brackets() -> None:
    assert named("登記與派工（看板、清單）, 今日, ") == ["登記與派工", "看板", "清單", "今日"]
    assert (address("接叫修"), address("今日"), address("everywhere")) == (
        "接叫修 (office #/intake)",
        "今日 (phone #/)",
        "everywhere",
    )
