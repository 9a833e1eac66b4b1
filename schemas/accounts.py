"""What devices and the admin say to the account routes, and what they are answered (docs/API.md)."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from schemas.scalars import Base64Url, EpochMs, Id
from schemas.vocabulary import Place, Role

_LINE = r"^[^\x00-\x1f\x7f]*$(?!\n)"

Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=_LINE)]
"""One line that a person typed: no control characters."""

Secret = Annotated[str, Meta(max_length=1_000)]
"""A password or a code as a person typed it."""


class SignIn(Struct, frozen=True, forbid_unknown_fields=True):
    """Who wants to sign in; ``company`` is asked only by an installation that serves several."""

    login: Line
    password: Secret
    company: Id | None = None


class Acting(Struct, frozen=True):
    """A role that somebody holds for a time, in the place of another one."""

    role: Role
    starts_at: EpochMs
    until_at: EpochMs
    acting_for: Id


class SessionReply(Struct, frozen=True):
    """Who is signed in; ``challenge`` is what an enrolled device signs to speak in this session.

    ``roles`` are those that he holds now; ``acting`` says which of them end by themselves, and which are still to come.
    """

    user: Id
    name: str
    company: Id
    company_name: str
    unit: Id
    roles: tuple[Role, ...]
    challenge: Base64Url
    device: Id | None
    acting: tuple[Acting, ...] = ()


class ActingOrder(Struct, frozen=True, forbid_unknown_fields=True):
    """Who shall be the service manager of a unit for a time, in whose place."""

    user: Id
    acting_for: Id
    starts_at: EpochMs
    until_at: EpochMs


class Appointed(Struct, frozen=True):
    """The grant by which somebody acts."""

    grant: Id


class DeviceProof(Struct, frozen=True, forbid_unknown_fields=True):
    """An enrolled device's signature over ``["fieldproof-session-1", challenge, device]`` (RFC 8785)."""

    device: Id
    signature: Base64Url


class PasswordChange(Struct, frozen=True, forbid_unknown_fields=True):
    """The password that is and the one that shall be."""

    old: Secret
    new: Secret


class PasswordReset(Struct, frozen=True, forbid_unknown_fields=True):
    """A new password on the word of the admin's one-time code."""

    login: Line
    code: Secret
    new: Secret
    company: Id | None = None


class Enrolment(Struct, frozen=True, forbid_unknown_fields=True):
    """A new device: its name, where it is used, and its P-256 key as an uncompressed point.

    ``device`` is the id that this key had before a restore lost its enrolment: what it wrote then is under that id.
    """

    name: Line
    place: Place
    public_key: Base64Url
    device: Id | None = None


class Enrolled(Struct, frozen=True):
    """The id under which the device writes from now on."""

    device: Id


class AccountEntry(Struct, frozen=True):
    """One account as the admin sees it; ``login`` is empty where a restore lost it (SPEC H7)."""

    user: Id
    login: str
    name: str
    unit: Id
    roles: tuple[Role, ...]
    deactivated: bool


class NewAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """A person who shall be able to sign in."""

    name: Line
    login: Line
    unit: Id
    roles: frozenset[Role]


class Login(Struct, frozen=True, forbid_unknown_fields=True):
    """The name with which somebody signs in who has none: a restore brought him back, but not what is kept of him."""

    login: Line


class AccountChange(Struct, frozen=True, forbid_unknown_fields=True):
    """What shall be different about an account; a field that is not sent stays as it is."""

    name: Line | UnsetType = UNSET
    unit: Id | UnsetType = UNSET
    roles: frozenset[Role] | UnsetType = UNSET
    deactivated: bool | UnsetType = UNSET


class OneTimeCode(Struct, frozen=True):
    """The code with which a user sets his password; it is shown once and kept as a hash only."""

    user: Id
    code: str
