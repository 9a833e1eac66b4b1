"""Who speaks: a person with his roles, from an enrolled device."""

from hashlib import sha256

from msgspec import Struct

from schemas.vocabulary import Place, Role


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

    @property
    def scope(self) -> str:
        """Version of the person's scope: changes whenever his audiences do."""
        return sha256("\n".join(self.audiences).encode()).hexdigest()[:16]
