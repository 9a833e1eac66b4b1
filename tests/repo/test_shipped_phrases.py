"""A new unit begins with the phrases that phones offer where a unit has none: said once in each language."""

import re

import pytest

from schemas.units import SHIPPED_PHRASES
from schemas.vocabulary import PhraseList
from tests.repo.tree import text


@pytest.mark.parametrize(
    ("screen", "listed"), [("faultPresets", PhraseList.FAULT), ("actionPresets", PhraseList.ACTION)]
)
def test_a_unit_begins_with_what_phones_offer_without_any(screen: str, listed: PhraseList) -> None:
    words = text("pwa/src/ui/text/work.ts").split(f"texts('{screen}', {{")[1].split("});")[0]
    assert tuple(re.findall(r": '(.+?)',", words)) == SHIPPED_PHRASES[listed]
