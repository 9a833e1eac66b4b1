"""Who speaks: a person with his roles, from an enrolled device."""

from hashlib import sha256

from msgspec import Struct

from schemas.office import QuarantineCause
from schemas.vocabulary import Place, Role


class Leaving(Struct, frozen=True):
    """Since when a device may do nothing any more but hand in its last work, and what was stopped (SPEC Q1)."""

    since: int
    cause: QuarantineCause


class Stint(Struct, frozen=True):
    """A role that somebody holds, held or will hold for a time, in the place of another one (ADR 41)."""

    role: Role
    starts_at: int
    ends_at: int
    acting_for: str

    def holds(self, at: int) -> bool:
        """Tell whether it held at an instant."""
        return self.starts_at <= at < self.ends_at


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
    stints: tuple[Stint, ...] = ()
    """What he was, is or will be for a time only; of a role that he holds for good there is none."""
    standing: tuple[Stint, ...] = ()
    """Those of them that hold now."""
    acting_for: str | None = None
    """In whose place he speaks, where only that admits him to what he asks for."""

    def roles_at(self, at: int) -> frozenset[Role]:
        """Return what he is now and what he was at an instant: nothing is refused for having come later."""
        return self.roles | {stint.role for stint in self.stints if stint.holds(at)}

    def acts_for(self, roles: frozenset[Role]) -> str | None:
        """Return in whose place he holds one of these roles; None if he holds one himself."""
        stood_in = {stint.role: stint.acting_for for stint in self.standing}
        if not roles or roles & self.roles - stood_in.keys():
            return None
        return next((stood_in[role] for role in sorted(roles & stood_in.keys())), None)

    def acted_for(self, role: str, at: int) -> str | None:
        """Return in whose place he was this at an instant; None of a role that he holds for good."""
        return next((each.acting_for for each in self.stints if each.role == role and each.holds(at)), None)

    @property
    def scope(self) -> str:
        """Version of the person's scope: changes whenever his audiences do."""
        return sha256("\n".join(self.audiences).encode()).hexdigest()[:16]
