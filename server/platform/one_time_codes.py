"""Codes that a person reads off one screen and types into another, once."""

from hashlib import sha256

from server.platform.ambient import Ambient

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": ""})


def new_code(ambient: Ambient, groups: int = 8, size: int = 2) -> str:
    """Return groups of random letters and digits that nobody mistakes for one another (Crockford base32).

    Each letter is worth five bits: eight pairs are 80, as hard to guess as a key.
    """
    letters = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in ambient.random_bytes(groups * size))
    return "-".join(letters[start : start + size] for start in range(0, len(letters), size))


def code_sha256(code: str) -> str:
    """Return the hash of a code, however it was typed; of a code as hard to guess as a key, it tells nothing."""
    return sha256(code.upper().translate(_READ_AS).encode()).hexdigest()
