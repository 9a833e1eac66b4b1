"""What is generated is what `make gen` writes today, and shapes do not change behind their version number."""

import re
from collections import Counter

import pytest

from schemas.export import BODIES, FOLDER, exported
from schemas.members import structs_of
from schemas.problems import STATUS, Code
from schemas.protocol import PROTOCOL, SCHEMA
from schemas.protocol_lock import MESSAGES, PROTOCOLS, SCHEMAS, Version, protocol_hash, schema_hash
from schemas.registry import SHAPES
from schemas.sentences import SENTENCES, Language

CHANGED = """{name} changed its shape. Decide what clients with the last version do with the new one (they have up to 12
months), give it the next number, and add to schemas/protocol_lock.py: Version({number}, "{now}", "what they do").
One that only adds what they neither send nor need keeps its number and adds a line of its own.
Only while the last line was never released may it be replaced."""


def test_the_committed_files_are_what_make_gen_writes() -> None:
    committed = {
        path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*") if path.is_file()
    }
    texts = exported()
    assert committed.keys() == texts.keys()
    assert [path for path in texts if committed[path] != texts[path]] == [], "run `make gen`"


def test_a_name_is_one_shape_wherever_it_goes_over_the_wire() -> None:
    """A device looks answers up by the name of their shape: of two of one name it would refuse one for good."""
    shapes = [*MESSAGES, *structs_of(*BODIES), *SHAPES.values()]
    named = Counter(shape.__name__ for shape in dict.fromkeys(shapes))
    assert [name for name, count in named.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "number", "history", "now"),
    [
        ("schemas/protocol.py (PROTOCOL)", PROTOCOL, PROTOCOLS, protocol_hash()),
        ("schemas/kinds (SCHEMA)", SCHEMA, SCHEMAS, schema_hash()),
    ],
)
def test_a_shape_changes_only_with_its_version(name: str, number: int, history: tuple[Version, ...], now: str) -> None:
    last = history[-1].number
    assert history[-1].sha256 == now, CHANGED.format(name=name, number=last + 1, last=last, now=now)
    assert number == last
    numbers = [version.number for version in history]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, last + 1))
    assert all(version.old_clients.endswith(".") for version in history)


def test_every_code_has_a_status_and_a_sentence() -> None:
    assert set(STATUS) == set(SENTENCES) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_a_sentence_names_the_same_facts_in_every_language(code: Code) -> None:
    facts = {language: set(re.findall(r"\{(\w+)\}", SENTENCES[code].in_language(language))) for language in Language}
    assert len({frozenset(names) for names in facts.values()}) == 1


@pytest.mark.parametrize("code", Code)
def test_a_sentence_keeps_the_tone_of_the_screens(code: Code) -> None:
    hant, hans, english = (SENTENCES[code].in_language(language) for language in Language)
    assert not re.search(r"[您喔！!]|成功|哎呀|确定|確定", hant + hans + english)
    assert hant.endswith("。")
    assert hans.endswith("。")
    assert english.endswith(".")
    assert not re.search(r"[\u4e00-\u9fff][0-9A-Za-z]|[0-9A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][,.;:?]", hant + hans)
