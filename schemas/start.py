"""What the first start's pages say to the server and are answered (docs/API.md)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from schemas.accounts import Line, Secret
from schemas.scalars import Id
from schemas.vocabulary import Role, UnitKind

UnitCode = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9]{1,7}$(?!\n)")]
"""What the numbers of a unit's calls and vouchers begin with."""


class Start(Struct, frozen=True):
    """Whether a company was founded here."""

    state: Literal["empty", "ready"]


class DemoWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Found the demonstration, on the word of the one-time code that the server printed."""

    code: Secret


class CompanyWish(Struct, frozen=True, forbid_unknown_fields=True):
    """Found one's own company with one unit and its admin, on the word of the one-time code."""

    code: Secret
    company: Line
    unit_name: Line
    unit_code: UnitCode
    unit_kind: UnitKind
    admin_name: Line
    login: Line
    password: Secret


class FoundedCompany(Struct, frozen=True):
    """The company that now is; its admin can sign in."""

    company: Id


class DemoAccount(Struct, frozen=True):
    """Somebody of the demonstration; the password was made for this installation and is told once."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password: str


class FoundedDemo(Struct, frozen=True):
    """The demonstration that now is, and everybody who can sign in to it."""

    company: Id
    accounts: tuple[DemoAccount, ...]
