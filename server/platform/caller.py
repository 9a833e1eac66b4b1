"""Who speaks: a person with his roles, from an enrolled device."""

from hashlib import sha256

from msgspec import Struct

from schemas.office import QuarantineCause
from schemas.vocabulary import Place, Role


class Leaving(Struct, frozen=True):
    """Since when a device may do nothing any more but hand in its last work, and what was stopped (SPEC Q1)."""

    since: int
    cause: QuarantineCause


class Caller(Struct, frozen=True, kw_only=True):
    """A signed-in person on one of his devices, as the session says; nothing in a request can change it."""

    company: str
    user: str
    device: str
    place: Place
    unit: str
    roles: frozenset[Role]
    units: frozenset[str]
    audiences: tuple[str, ...]
    device_key: bytes
    """The device's P-256 public key as an uncompressed point."""
    leaving: Leaving | None = None
    """Of a stopped device that came through the quarantine's door; no session ever says so."""
    stands_until: int = 0
    """Instant until which, unless something is committed, the session need not be looked at again."""

    @property
    def scope(self) -> str:
        """Version of the person's scope: changes whenever his audiences do."""
        return sha256("\n".join(self.audiences).encode()).hexdigest()[:16]
