"""Codes that a person reads off one screen and types into another, once."""

from hashlib import sha256

from server.platform.ambient import Ambient

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 8, 2
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def new_code(ambient: Ambient) -> str:
    """Return a code of 80 random bits as eight pairs of letters and digits that nobody mistakes (Crockford base32)."""
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in ambient.random_bytes(_GROUPS * _GROUP))
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def code_sha256(code: str) -> str:
    """Return the hash of a code however it was typed; as the code is as hard to guess as a key, it tells nothing."""
    return sha256(code.upper().translate(_READ_AS).encode()).hexdigest()
