"""Passwords: what is good enough, and hashing them without holding anybody else up."""

import asyncio
import unicodedata

from schemas.problems import Code, Problem
from server.platform.ambient import Ambient
from server.platform.keys import hash_password, verify_password

LEAST_CHARACTERS = 10
"""The floor of a password's length; what it is made of is left to the person (NIST SP 800-63B, section 5.1.1)."""

_AT_ONCE = 2
"""Hashes that are computed side by side: each takes 19 MiB and a core for a tenth of a second."""

_SALT_BYTES = 16


class Passwords:
    """Hashes and checks passwords in threads, a few at once; the event loop goes on meanwhile."""

    def __init__(self, ambient: Ambient) -> None:
        self._ambient = ambient
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def hashed(self, password: str) -> str:
        """Return the PHC string of a password under a fresh salt."""
        salt = self._ambient.random_bytes(_SALT_BYTES)
        async with self._free:
            return await asyncio.to_thread(hash_password, _normalised(password), salt)

    async def match(self, password: str, phc: str | None) -> bool:
        """Tell whether the password belongs to the PHC string; None never matches, after the same work."""
        if phc is None:
            await self.hashed(password)
            return False
        async with self._free:
            return await asyncio.to_thread(verify_password, _normalised(password), phc)


def normalised_login(login: str) -> str:
    """Return the one spelling of a login: NFKC, case folded, without spaces around it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", login).casefold()).strip()


def check_strength(password: str, login: str) -> None:
    """Raise ``Problem`` for a password that is too short or is the login itself."""
    if len(_normalised(password)) < LEAST_CHARACTERS or normalised_login(password) == login:
        raise Problem(Code.ACCOUNT_PASSWORD_WEAK, least=LEAST_CHARACTERS)


def _normalised(password: str) -> str:
    """Return the password as every keyboard means it: full-width letters are the letters."""
    return unicodedata.normalize("NFKC", password)
