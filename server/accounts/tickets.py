"""The session's cookie: which company, and a token that only its browser knows."""

import re
from hashlib import sha256
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from msgspec import Struct

from server.platform.ambient import Ambient
from server.platform.keys import base64url

LIFETIME_MS = 180 * 86_400_000
"""How long a session lives at the most, however much it is used."""

_TOKEN_BYTES = 32
_NAME = "fieldproof-session"
_SHAPE = re.compile(r"([0-9a-z][0-9a-z_-]{3,39})\.([A-Za-z0-9_-]{43})")


class Ticket(Struct, frozen=True):
    """What a session cookie says; only the hash of its token is ever stored."""

    company: str
    token: str

    @property
    def token_sha256(self) -> str:
        """The name under which the session is stored."""
        return sha256(self.token.encode()).hexdigest()


def new_ticket(company: str, ambient: Ambient) -> Ticket:
    """Return a ticket that nobody can guess."""
    return Ticket(company, base64url(ambient.random_bytes(_TOKEN_BYTES)))


def ticket_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Ticket | None:
    """Return the ticket in the request's cookie, None without a well-formed one."""
    found = _SHAPE.fullmatch(connection.cookies.get(_name(connection), ""))
    return Ticket(*found.groups()) if found else None


def cookie_of(connection: ASGIConnection[Any, Any, Any, Any], ticket: Ticket | None) -> Cookie:
    """Return the cookie that keeps the ticket, or that makes the browser forget it.

    Scripts cannot read it, other sites cannot make the browser send it, and over TLS it is bound to this very host
    (``__Host-``, RFC 6265bis, section 4.1.3.2).
    """
    return Cookie(
        key=_name(connection),
        value=f"{ticket.company}.{ticket.token}" if ticket else "",
        max_age=LIFETIME_MS // 1_000 if ticket else 0,
        path="/",
        secure=_is_tls(connection),
        httponly=True,
        samesite="strict",
    )


def _name(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return f"__Host-{_NAME}" if _is_tls(connection) else _NAME


def _is_tls(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    return connection.scope["scheme"] == "https"
