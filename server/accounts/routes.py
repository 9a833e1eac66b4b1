"""Sessions, passwords, devices and accounts over HTTP."""

from functools import partial
from types import MappingProxyType
from typing import Any

from litestar import Controller, Request, Response, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody

from schemas.accounts import (
    AccountChange,
    AccountEntry,
    ActingOrder,
    Appointed,
    DeviceProof,
    Enrolled,
    Enrolment,
    Login,
    NewAccount,
    OneTimeCode,
    PasswordChange,
    PasswordReset,
    SessionReply,
    SignIn,
)
from schemas.problems import Code, Problem
from schemas.vocabulary import Role
from server.accounts.acting import APPOINTERS, appoint, end_acting
from server.accounts.devices import enrol, prove, revoke
from server.accounts.passwords import Passwords
from server.accounts.people import accounts, change_account, give_login, invite, reset_account
from server.accounts.reset_codes import redeem
from server.accounts.sessions import AccountSessions
from server.accounts.sign_in import address_of, change_password, sign_in, sign_out
from server.accounts.tickets import Ticket, cookie_of, ticket_of
from server.audit.log import Doer
from server.platform.access import PUBLIC, SIGNED_IN, only, opt
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.one_time_codes import new_code
from server.platform.path_parameters import IdInPath
from server.records.journal import Journal

AnyRequest = Request[Any, Any, Any]

_PUBLIC, _SIGNED_IN = opt(PUBLIC), opt(SIGNED_IN)
_ACCOUNT_READERS = opt(only(Role.ADMIN, Role.AUDITOR))


async def provide_ticket(request: AnyRequest) -> Ticket:
    """Return the ticket with which the guard has admitted the caller."""
    ticket = ticket_of(request)
    if ticket is None:
        raise Problem(Code.SESSION_MISSING)
    return ticket


_TICKET = MappingProxyType({"ticket": Provide(provide_ticket)})


class Sessions(Controller):
    """Signing in and out, and one's own password."""

    path = "/api/session"
    opt = _SIGNED_IN
    dependencies = _TICKET

    @post(status_code=200, opt=_PUBLIC)
    async def open(
        self,
        request: AnyRequest,
        data: JSONBody[SignIn],
        journal: NamedDependency[Journal],
        passwords: NamedDependency[Passwords],
        sessions: NamedDependency[AccountSessions],
    ) -> Response[SessionReply]:
        """Sign in; the cookie of the answer is the session."""
        ticket = await sign_in(journal, passwords, data, address_of(request), ticket_of(request))
        caller = await sessions.caller_of(ticket)
        if caller is None:
            raise Problem(Code.SESSION_MISSING)
        return Response(await sessions.reply(ticket, caller), cookies=[cookie_of(request, ticket)])

    @get()
    async def show(
        self,
        caller: NamedDependency[Caller],
        ticket: NamedDependency[Ticket],
        sessions: NamedDependency[AccountSessions],
    ) -> SessionReply:
        """Say who is signed in."""
        return await sessions.reply(ticket, caller)

    @delete(status_code=204)
    async def close(
        self,
        request: AnyRequest,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        ticket: NamedDependency[Ticket],
        journal: NamedDependency[Journal],
    ) -> Response[None]:
        """Sign out."""
        await journal.write(caller.company, lambda work: sign_out(work, doer, ticket))
        return Response(None, cookies=[cookie_of(request, None)])

    @post("/device", status_code=204)
    async def bind(
        self,
        data: JSONBody[DeviceProof],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        ticket: NamedDependency[Ticket],
        journal: NamedDependency[Journal],
    ) -> None:
        """Speak from an enrolled device, which has signed the session's challenge."""
        await journal.write(caller.company, lambda work: prove(work, caller, doer, ticket, data))

    @post("/password", status_code=204)
    async def change_password(
        self,
        data: JSONBody[PasswordChange],
        caller: NamedDependency[Caller],
        ticket: NamedDependency[Ticket],
        journal: NamedDependency[Journal],
        passwords: NamedDependency[Passwords],
    ) -> None:
        """Change one's password; one's other sessions end."""
        await change_password(journal, passwords, caller, ticket, data)

    @post("/reset", status_code=204, opt=_PUBLIC)
    async def reset(
        self,
        request: AnyRequest,
        data: JSONBody[PasswordReset],
        journal: NamedDependency[Journal],
        passwords: NamedDependency[Passwords],
    ) -> None:
        """Set a password on the word of a one-time code."""
        await redeem(journal, passwords, data, address_of(request))


class Devices(Controller):
    """Enrolling and revoking devices."""

    path = "/api/devices"
    opt = _SIGNED_IN
    dependencies = _TICKET

    @post(status_code=201)
    async def enrol(
        self,
        data: JSONBody[Enrolment],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        ticket: NamedDependency[Ticket],
        journal: NamedDependency[Journal],
    ) -> Enrolled:
        """Enrol this browser's key; the session speaks from it from now on."""
        device = new_id(journal.ambient)
        job = partial(enrol, caller=caller, doer=doer, ticket=ticket, wish=data, device=device)
        return Enrolled(await journal.write(caller.company, job))

    @post("/{device:str}/revoke", status_code=204)
    async def revoke(
        self,
        device: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Revoke a device at once."""
        await journal.write(caller.company, lambda work: revoke(work, caller, doer, device))


class Accounts(Controller):
    """The admin's list of people who can sign in; an auditor reads it."""

    path = "/api/accounts"
    opt = opt(only(Role.ADMIN))

    @get(opt=_ACCOUNT_READERS)
    async def list(self, caller: NamedDependency[Caller], journal: NamedDependency[Journal]) -> list[AccountEntry]:
        """List every account, ordered by login."""
        async with journal.database.reading() as connection:
            return await accounts(connection, caller.company)

    @post(status_code=201)
    async def add(
        self,
        data: JSONBody[NewAccount],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> OneTimeCode:
        """Give somebody an account; the code, shown only here, sets his first password."""
        code, make_id = new_code(journal.ambient), partial(new_id, journal.ambient)
        user = await journal.write(caller.company, lambda work: invite(work, caller, doer, data, code, make_id))
        return OneTimeCode(user, code)

    @post("/{user:str}", status_code=200)
    async def change(
        self,
        user: IdInPath,
        data: JSONBody[AccountChange],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> AccountEntry:
        """Change a name, unit or roles; close or open an account."""
        make_id = partial(new_id, journal.ambient)
        return await journal.write(caller.company, lambda work: change_account(work, caller, doer, user, data, make_id))

    @post("/{user:str}/login", status_code=200)
    async def give_login(
        self,
        user: IdInPath,
        data: JSONBody[Login],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> OneTimeCode:
        """Give a login to somebody who came back without one; the code, shown only here, sets his password."""
        code = new_code(journal.ambient)
        await journal.write(caller.company, lambda work: give_login(work, doer, user, data, code))
        return OneTimeCode(user, code)

    @post("/{user:str}/reset", status_code=200)
    async def reset(
        self,
        user: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> OneTimeCode:
        """Hand out a code that sets a new password; the old one and every session end."""
        code = new_code(journal.ambient)
        await journal.write(caller.company, lambda work: reset_account(work, doer, user, code))
        return OneTimeCode(user, code)


class ActingManagers(Controller):
    """Who is a unit's service manager for a time (ADR 41)."""

    path = "/api"
    opt = opt(only(*APPOINTERS))

    @post("/units/{unit:str}/acting", status_code=201)
    async def appoint(
        self,
        unit: IdInPath,
        data: JSONBody[ActingOrder],
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> Appointed:
        """Let somebody act as the unit's service manager; it ends by itself."""
        grant = new_id(journal.ambient)
        await journal.write(caller.company, lambda work: appoint(work, caller, doer, unit, data, grant))
        return Appointed(grant)

    @post("/acting/{grant:str}/end", status_code=204)
    async def end(
        self,
        grant: IdInPath,
        caller: NamedDependency[Caller],
        doer: NamedDependency[Doer],
        journal: NamedDependency[Journal],
    ) -> None:
        """Let somebody act no longer."""
        await journal.write(caller.company, lambda work: end_acting(work, caller, doer, grant))
