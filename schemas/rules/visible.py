"""Which characters people see and type: a name has at least one, and a login no other."""

import re
import unicodedata

_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties): letters and signs that nothing is drawn for."""

_BRAILLE_BLANK = "\u2800"
_UNSEEN = re.compile(f"[{_IGNORABLE}{_BRAILLE_BLANK}]")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""Control and format characters, and every kind of space."""

_AROUND = " \t\r\n"
"""What a keyboard leaves around a word by mistake; any other blank was meant, and is not typed when signing in."""


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN_CATEGORIES or _UNSEEN.match(character) is not None


def has_visible(text: str) -> bool:
    """Tell whether anybody sees anything of a text."""
    return any(not _is_unseen(each) for each in text)


def is_login(typed: str) -> bool:
    """Tell whether somebody can sign in by what was typed: without spaces around it nothing of it is unseen."""
    login = unicodedata.normalize("NFKC", typed).strip(_AROUND)
    return login != "" and not any(_is_unseen(each) for each in login)
