"""In which language an answer is told."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.sentences import Language

_SPOKEN: Mapping[str, Language] = MappingProxyType(
    {
        "zh": Language.ZH_HANT,
        "zh-hant": Language.ZH_HANT,
        "zh-tw": Language.ZH_HANT,
        "zh-hk": Language.ZH_HANT,
        "zh-mo": Language.ZH_HANT,
        "zh-hans": Language.ZH_HANS,
        "zh-cn": Language.ZH_HANS,
        "zh-sg": Language.ZH_HANS,
        "zh-my": Language.ZH_HANS,
        "en": Language.EN,
    }
)
"""Language tags in small letters; a browser that says no more than Chinese is a Taiwanese office's."""


def spoken(wished: str) -> Language:
    """Return the best liked language of an ``Accept-Language`` that is spoken here, Traditional Chinese for none.

    A longer tag is looked up without its last parts (RFC 4647, section 3.4); what cannot be read is no wish.
    """
    ranges = [_weighed(each) for each in wished.split(",")]
    for _, tag in sorted(ranges, key=lambda weighed: -weighed[0]):
        found = _looked_up(tag)
        if found is not None:
            return found
    return Language.ZH_HANT


def _weighed(wish: str) -> tuple[float, str]:
    tag, _, weight = wish.partition(";")
    try:
        liking = float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        liking = 0.0
    return liking, tag.strip().lower() if 0 < liking <= 1 else ""


def _looked_up(tag: str) -> Language | None:
    parts = tag.split("-")
    prefixes = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_SPOKEN[prefix] for prefix in prefixes if prefix in _SPOKEN), None)
