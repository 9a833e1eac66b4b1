"""Every word of a customer's data, in every language, as the screens have it."""

import json
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from string import Formatter
from typing import get_args, get_type_hints

import pytest

from schemas.erasure import OWNED_BY
from schemas.protocol import Verdict
from schemas.registry import SHAPES, Kind
from schemas.sentences import Language, Sentence
from schemas.vocabulary import Role
from server.platform.kind_words import KIND_WORDS
from server.privacy import page_words
from server.privacy.choice_words import ROLES, VALUES
from server.privacy.field_words import FIELDS
from server.privacy.page_words import BLANK, HEADS, KINDS, NO, VERDICTS, YES
from server.privacy.words import Telling
from server.records.ledger import SERVER
from tests.repo.tree import text

every_language = pytest.mark.parametrize("language", Language)
SCREENS = {
    "channel": ("vocabulary.ts", "contactChannels", "channels"),
    "zone": ("vocabulary.ts", "zones"),
    "breach_reason": ("vocabulary.ts", "breachReasons"),
    "outcome": ("vocabulary.ts", "outcomes"),
    "result": ("vocabulary.ts", "contactResults"),
    "undone_reason": ("vocabulary.ts", "undoneReasons"),
    "undone_next": ("vocabulary.ts", "undoneNexts"),
    "role": ("vocabulary.ts", "signerRoles"),
    "unsigned_reason": ("vocabulary.ts", "unsignedReasons"),
    "origin": ("vocabulary.ts", "origins"),
    "place": ("vocabulary.ts", "places"),
    "category": ("parts.ts", "parts"),
    "priority": ("fields.ts", "values"),
}
"""Field to where the screens have the words of its values."""


def test_whatever_can_belong_to_a_customer_has_its_word() -> None:
    assert set(KINDS) == {Kind.CUSTOMER, *OWNED_BY}
    assert FIELDS.keys() == {field for kind in KINDS for field in SHAPES[kind].__struct_fields__}


def test_whatever_is_chosen_out_of_a_list_has_its_word() -> None:
    chosen = {
        (field, value.value)
        for kind in KINDS
        for field, shape in get_type_hints(SHAPES[kind]).items()
        for choice in get_args(shape)
        if isinstance(choice, type) and issubclass(choice, StrEnum)
        for value in choice
    }
    assert chosen
    assert [(field, value) for field, value in sorted(chosen) if value not in VALUES[field]] == []
    assert ROLES.keys() == {*Role, SERVER}
    assert VERDICTS.keys() == set(get_args(Verdict))


@every_language
def test_no_word_is_missing_in_any_language(language: Language) -> None:
    assert [name for name, words in _all_words() if not words.in_language(language).strip()] == []


@every_language
def test_every_sentence_has_the_same_holes_in_every_language(language: Language) -> None:
    differing = [name for name, words in _all_words() if _holes(words.in_language(language)) != _holes(words.zh_hant)]
    assert differing == []


def test_english_has_no_chinese_and_the_mainland_none_of_the_traditional_forms() -> None:
    assert [name for name, words in _all_words() if re.search(r"[㐀-鿿、-】！-～]", words.en)] == []
    traditional = re.compile(
        "[個們這裡還沒張隻寫過號碼話電來時間後請給點對開關裝錄檔網資讓該應與為於從將會準備進達單價員務證簽傳讀說誰麼職類編結]"
    )
    assert [name for name, words in _all_words() if traditional.search(words.zh_hans)] == []


@every_language
def test_the_words_are_those_of_the_screens(language: Language) -> None:
    def agree(words: Mapping[str, Sentence], file: str, *screens: str) -> None:
        told = {key: word for name in screens for key, word in _screen(language, file, name).items()}
        assert {key: told[key] for key in words} == {key: each.in_language(language) for key, each in words.items()}

    assert SCREENS.keys() == VALUES.keys()
    for field, (file, *names) in SCREENS.items():
        agree(VALUES[field], file, *names)
    agree(FIELDS, "fields.ts", "fields")
    agree({kind.value: words for kind, words in KIND_WORDS.items()}, "fields.ts", "kinds")
    agree({role: words for role, words in ROLES.items() if role != SERVER}, "vocabulary.ts", "roles")
    agree({"system": ROLES[SERVER]}, "audit.ts", "audit")
    agree({"none": BLANK, "yes": YES, "no": NO}, "fields.ts", "values")
    agree({"kind": HEADS["kind"]}, "fields.ts", "fields")


def _all_words() -> Iterator[tuple[str, Sentence]]:
    yield from ((name, words) for name, words in vars(page_words).items() if isinstance(words, Sentence))
    tables: Mapping[str, Mapping[str, Sentence]] = {
        "kind": {kind.value: words for kind, words in KIND_WORDS.items()},
        "field": FIELDS,
        "in which role": ROLES,
        "head": HEADS,
        "verdict": VERDICTS,
        **VALUES,
    }
    yield from ((f"{name}.{key}", words) for name, table in tables.items() for key, words in table.items())


def _holes(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def _screen(language: Language, file: str, name: str) -> Mapping[str, str]:
    if language is not Language.ZH_HANT:
        told: Mapping[str, str] = json.loads(text(f"pwa/src/ui/text/catalogues/{language.value}.json"))[name]
        return told
    whole = text(f"pwa/src/ui/text/{file}")
    body = re.search(rf"texts\('{name}', \{{(.*?)\}}(?: satisfies|\))", whole, re.DOTALL)
    assert body is not None
    return dict(re.findall(r"(\w+): '([^']*)'", body[1]))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("fee_total", 180_000, ("1,800", "1,800", "1,800")),
        ("fee_total", 180_050, ("1,800.50", "1,800.50", "1,800.50")),
        ("received_at", 1_771_000_000_000, ("2026/02/14 00:26", "2026/02/14 00:26", "Feb 14, 2026, 00:26")),
        ("sold_at", 1_771_000_000_000, ("2026/02/14", "2026/02/14", "Feb 14, 2026")),
        ("received_at", 2**53 - 1, (str(2**53 - 1),) * 3),
        ("latitude", 25_012_345, ("25.012345",) * 3),
        ("category", "paid", ("有費", "有偿", "Paid")),
        ("deleted", True, ("是", "是", "yes")),
        ("logged_by", "clerk-one", ("林佳蓉",) * 3),
        ("note", "{name}", ("{name}",) * 3),
        ("note", None, ("",) * 3),
    ],
)
def test_values_are_written_as_people_read_them(field: str, value: object, words: tuple[str, ...]) -> None:
    told = [Telling.page(language, {"clerk-one": "林佳蓉"}).value(field, value) for language in Language]
    assert tuple(told) == words


@every_language
def test_dates_sort_as_they_read_in_the_tables_of_every_language(language: Language) -> None:
    assert Telling.table(language, {}).value("received_at", 1_771_000_000_000) == "2026/02/14 00:26"
    assert Telling.table(language, {}).value("sold_at", 1_771_000_000_000) == "2026/02/14"
