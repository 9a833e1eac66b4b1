"""The one place where it is decided who may use a route."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, runtime_checkable

from litestar.connection import ASGIConnection, Request
from litestar.enums import HttpMethod
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from msgspec import Struct, structs

from schemas.problems import Code, Problem
from schemas.vocabulary import Role
from server.platform.caller import Caller
from server.platform.origins import check_origin

ACCESS = "access"
"""Key under which every route names its access in ``opt``; a test fails for a route without one."""


class Need(StrEnum):
    """What a route needs to know of whoever calls."""

    NOTHING = "nothing"
    SESSION = "session"
    DEVICE = "device"
    STOPPED = "stopped"


class Access(Struct, frozen=True):
    """Who may use a route: anybody, a session, a session from an enrolled device; in one of these roles if any.

    ``STOPPED`` is a device that may do nothing else any more, by its key alone (SPEC Q1).
    """

    need: Need
    roles: frozenset[Role] = frozenset()


PUBLIC = Access(Need.NOTHING)
SIGNED_IN = Access(Need.SESSION)
ENROLLED = Access(Need.DEVICE)
LEAVING = Access(Need.STOPPED)


def only(*roles: Role) -> Access:
    """Return the access of people who hold one of the roles, from an enrolled device."""
    return Access(Need.DEVICE, frozenset(roles))


@runtime_checkable
class Sessions(Protocol):
    """Whoever knows the sessions (server/accounts)."""

    async def caller(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Caller | None:
        """Return who speaks, None without a valid session; ``device`` is empty before enrolment.

        Raises ``Problem`` for a revoked device.
        """
        ...


Leavers: TypeAlias = Callable[[Request[Any, Any, Any]], Awaitable[Caller]]
"""Whoever knows the stopped devices (server/accounts): returns the one that signed a request, or raises ``Problem``."""


def guard(
    sessions: Sessions, leavers: Leavers
) -> Callable[[ASGIConnection[Any, Any, Any, Any], BaseRouteHandler], Awaitable[None]]:
    """Return the guard of the whole application: it admits or raises ``Problem``, and leaves the caller behind."""

    async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
        check_origin(connection)
        access = _access_of(handler)
        if access.need is Need.NOTHING:
            return
        if access.need is Need.STOPPED and isinstance(connection, Request):
            connection.state["caller"] = await leavers(connection)
        else:
            connection.state["caller"] = await _admitted(sessions, connection, access)

    return admit


async def _admitted(sessions: Sessions, connection: ASGIConnection[Any, Any, Any, Any], access: Access) -> Caller:
    caller = await sessions.caller(connection)
    if caller is None:
        raise Problem(Code.SESSION_MISSING)
    if access.need is Need.DEVICE and not caller.device:
        raise Problem(Code.DEVICE_UNKNOWN)
    if access.roles and not access.roles & caller.roles:
        raise Problem(Code.SESSION_ROLE_MISSING)
    acting_for = caller.acts_for(access.roles)
    return caller if acting_for is None else structs.replace(caller, acting_for=acting_for)


async def is_known(sessions: Sessions, connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Tell whether the session of an answer that goes on for long still stands."""
    try:
        return await sessions.caller(connection) is not None
    except Problem:
        return False


def _access_of(handler: BaseRouteHandler) -> Access:
    """Return what a route asks for; the framework's own answer to OPTIONS names methods and nothing else."""
    if isinstance(handler, HTTPRouteHandler) and handler.http_methods == {HttpMethod.OPTIONS}:
        return PUBLIC
    access: Access = handler.opt[ACCESS]
    return access


async def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """Return the caller that the guard admitted."""
    caller: Caller = request.state["caller"]
    return caller


def opt(access: Access) -> Mapping[str, Access]:
    """Return the ``opt`` of a route that needs this access."""
    return {ACCESS: access}
