"""The admin's work: who has an account, in which unit, in which roles."""

from collections.abc import Callable, Collection, Sequence

from msgspec import UNSET, Struct
from sqlalchemy import and_, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.accounts import AccountChange, AccountEntry, Login, NewAccount
from schemas.audit import Deed
from schemas.kinds.people import Device, RoleGrant, Unit, User
from schemas.problems import Code, Problem
from schemas.registry import Kind
from schemas.rules.grants import lasts
from schemas.rules.visible import is_login
from schemas.vocabulary import Role
from server.accounts.names import given_name
from server.accounts.passwords import normalised_login
from server.accounts.reset_codes import hand_out
from server.accounts.sessions import end_sessions
from server.accounts.sign_in import set_password
from server.accounts.tables import ACCOUNT
from server.audit.log import Deeds, Doer
from server.platform.caller import Caller
from server.records.documents import Documents, Found
from server.records.tables import DOCUMENTS
from server.records.work import Setting, Work

MakeId = Callable[[], str]

_USER, _GRANT = DOCUMENTS[Kind.USER], DOCUMENTS[Kind.ROLE_GRANT]


class Standing(Struct, frozen=True):
    """A user with the grants that he holds now; those by which he acts for somebody end by themselves (ADR 41)."""

    user: Found[User]
    grants: Sequence[Found[RoleGrant]]

    @property
    def roles(self) -> frozenset[Role]:
        """What he is at his unit."""
        own = (grant.shown for grant in self.grants if grant.shown.unit == self.user.shown.unit)
        return frozenset(grant.role for grant in own if grant.role is not None)


async def accounts(
    connection: AsyncConnection, company: str, users: Collection[str] | None = None
) -> list[AccountEntry]:
    """Return the accounts of these users, or of all, ordered by login; first those who have none since a restore."""
    logins = await _logins(connection, company)
    if users is None:
        everybody = select(_USER.c.id).where(_USER.c.company == company, _USER.c.gone.is_(False))
        users = (await connection.execute(everybody)).scalars().all()
    standings = await _standings(Documents(connection, company), users)
    entries = [_entry(each, logins.get(user, "")) for user, each in standings.items()]
    return sorted(entries, key=lambda entry: (entry.login, entry.user))


async def _logins(connection: AsyncConnection, company: str) -> dict[str, str]:
    query = select(ACCOUNT.c.user, ACCOUNT.c.login).where(ACCOUNT.c.company == company)
    return {row.user: row.login for row in await connection.execute(query)}


async def add_account(work: Work, author: str, doer: Doer, wish: NewAccount, make_id: MakeId) -> str:
    """Make somebody a user, who cannot sign in before he has a password, and return his id.

    Raises ``Problem`` for a login that is taken or that nobody can type, a unit that there is not, and an auditor with
    another role.
    """
    _check_roles(wish.roles)
    login, user = _login_of(wish.login), make_id()
    await work.ledger.head()  # locks the company's log: two requests cannot both find the login free
    await _check_login(work, login)
    await _check_unit(work, wish.unit)
    fields = {"name": given_name(wish.name), "unit": wish.unit}
    settings = [Setting(Kind.USER, user, fields), *_granted(user, wish.unit, wish.roles, make_id)]
    await work.decide(author, settings)
    await _open(work, user, login)
    await _note(work, doer, Deed.USER_ADDED, user, settings)
    return user


async def invite(work: Work, caller: Caller, doer: Doer, wish: NewAccount, code: str, make_id: MakeId) -> str:
    """Make somebody a user who sets his password with the code, and return his id (see ``add_account``)."""
    user = await add_account(work, caller.user, doer, wish, make_id)
    await hand_out(work, user, code)
    return user


async def give_login(work: Work, doer: Doer, user: str, wish: Login, code: str) -> None:
    """Let somebody sign in again whom a restore brought back without his login (SPEC H7); the code sets his password.

    Raises ``Problem`` for an unknown user, for one who has a login, and for a login that is taken.
    """
    login = _login_of(wish.login)
    await work.ledger.head()
    await _standing(work, user)
    if user in await _logins(work.connection, work.company):
        raise Problem(Code.ACCOUNT_LOGIN_TAKEN)
    await _check_login(work, login)
    await _open(work, user, login)
    await hand_out(work, user, code)
    await _note(work, doer, Deed.LOGIN_GIVEN, user)


async def _open(work: Work, user: str, login: str) -> None:
    row = {"company": work.company, "user": user, "login": login, "password": None}
    await work.connection.execute(insert(ACCOUNT), row)


async def change_account(
    work: Work, caller: Caller, doer: Doer, user: str, change: AccountChange, make_id: MakeId
) -> AccountEntry:
    """Change what the admin asks for and return the account as it then is.

    Raises ``Problem`` for an unknown user or unit, and if nobody would be left to administer.
    """
    standing = await _standing(work, user)
    if change.unit is not UNSET:
        await _check_unit(work, change.unit)
    settings = [
        *_user_settings(work, standing, change),
        *_grant_settings(work, standing, change, make_id),
        *await _device_settings(work, standing, change),
    ]
    if settings:
        await work.decide(caller.user, settings)
        await _check_somebody_administers(work)
        await _note(work, doer, Deed.USER_CHANGED, user, settings)
    if change.deactivated is True:
        await end_sessions(work, user)
    return (await accounts(work.connection, work.company, [user]))[0]


async def reset_account(work: Work, doer: Doer, user: str, code: str) -> None:
    """Let nobody in under this account any more until its user has set a new password with the code.

    Raises ``Problem`` for an unknown user, and for one who has no login.
    """
    await _standing(work, user)
    if user not in await _logins(work.connection, work.company):
        raise Problem(Code.RECORD_MISSING)
    await set_password(work, user, None)
    await end_sessions(work, user)
    await hand_out(work, user, code)
    await _note(work, doer, Deed.PASSWORD_RESET, user)


def _check_roles(roles: Collection[Role]) -> None:
    """Raise ``Problem`` for an auditor who is something else too: whoever reads what all did, did none of it."""
    if Role.AUDITOR in roles and len(set(roles)) > 1:
        raise Problem(Code.ACCOUNT_AUDITOR)


def _user_settings(work: Work, standing: Standing, change: AccountChange) -> list[Setting]:
    shown = standing.user.shown
    fields: dict[str, object] = {}
    if change.name is not UNSET and given_name(change.name) != shown.name:
        fields["name"] = given_name(change.name)
    if change.unit not in (UNSET, shown.unit):
        fields["unit"] = change.unit
    if change.deactivated is not UNSET and change.deactivated != (shown.deactivated_at is not None):
        fields["deactivated_at"] = work.now if change.deactivated else None
    return [Setting(Kind.USER, standing.user.id, fields)] if fields else []


def _grant_settings(work: Work, standing: Standing, change: AccountChange, make_id: MakeId) -> list[Setting]:
    """End the grants that no longer hold and make those that are missing, all at the user's (new) unit."""
    unit = standing.user.shown.unit if change.unit is UNSET else change.unit
    roles = standing.roles if change.roles is UNSET else change.roles
    if change.roles is not UNSET:
        _check_roles(roles)
    kept = [grant for grant in standing.grants if grant.shown.unit == unit and grant.shown.role in roles]
    ended = [grant for grant in standing.grants if grant not in kept]
    missing = roles - {grant.shown.role for grant in kept}
    return [
        *(Setting(Kind.ROLE_GRANT, grant.id, {"ended_at": work.now}) for grant in ended),
        *_granted(standing.user.id, unit or "", missing, make_id),
    ]


async def _device_settings(work: Work, standing: Standing, change: AccountChange) -> list[Setting]:
    """Let the user's devices go with him to another unit."""
    if change.unit in (UNSET, standing.user.shown.unit):
        return []
    devices = await work.documents.where(Device, "user", [standing.user.id])
    return [Setting(Kind.DEVICE, device.id, {"unit": change.unit}) for device in devices]


def _granted(user: str, unit: str, roles: Collection[Role | None], make_id: MakeId) -> list[Setting]:
    ordered = [role for role in Role if role in roles]
    return [Setting(Kind.ROLE_GRANT, make_id(), {"user": user, "unit": unit, "role": role}) for role in ordered]


async def _standings(documents: Documents, users: Collection[str]) -> dict[str, Standing]:
    found = await documents.where(User, "id", users)
    grants = [each for each in await documents.where(RoleGrant, "user", users) if lasts(each.shown)]
    return {user.id: Standing(user, [each for each in grants if each.shown.user == user.id]) for user in found}


async def _standing(work: Work, user: str) -> Standing:
    standings = await _standings(work.documents, [user])
    if user not in standings:
        raise Problem(Code.RECORD_MISSING)
    return standings[user]


def _login_of(typed: str) -> str:
    """Return a new login as it is kept; raises ``Problem`` for one that nobody could type when he signs in."""
    if not is_login(typed):
        raise Problem(Code.ACCOUNT_LOGIN_UNFIT)
    return normalised_login(typed)


async def _check_login(work: Work, login: str) -> None:
    same = and_(ACCOUNT.c.company == work.company, ACCOUNT.c.login == login)
    if (await work.connection.execute(select(ACCOUNT.c.user).where(same))).first() is not None:
        raise Problem(Code.ACCOUNT_LOGIN_TAKEN)


async def _check_unit(work: Work, unit: str) -> None:
    if await work.documents.get(Unit, unit) is None:
        raise Problem(Code.RECORD_MISSING)


async def _check_somebody_administers(work: Work) -> None:
    same_user = and_(_GRANT.c.company == _USER.c.company, _GRANT.c.user == _USER.c.id, _GRANT.c.unit == _USER.c.unit)
    has_login = and_(ACCOUNT.c.company == _USER.c.company, ACCOUNT.c.user == _USER.c.id)
    admins = (
        select(_USER.c.id)
        .join(_GRANT, same_user)
        .join(ACCOUNT, has_login)
        .where(_USER.c.company == work.company, _USER.c.deactivated_at.is_(None))
        .where(_GRANT.c.role == Role.ADMIN.value, _GRANT.c.ended_at.is_(None), _GRANT.c.until_at.is_(None))
    )
    if (await work.connection.execute(admins.limit(1))).first() is None:
        raise Problem(Code.ACCOUNT_LAST_ADMIN)


def _entry(standing: Standing, login: str) -> AccountEntry:
    shown = standing.user.shown
    return AccountEntry(
        user=standing.user.id,
        login=login,
        name=shown.name or "",
        unit=shown.unit or "",
        roles=tuple(role for role in Role if role in standing.roles),
        deactivated=shown.deactivated_at is not None,
    )


async def _note(work: Work, doer: Doer, deed: Deed, user: str, changed: Collection[Setting] = ()) -> None:
    """Name the user first, then what else was changed with him: his grants, his devices."""
    objects = dict.fromkeys((f"{Kind.USER}:{user}", *(f"{each.kind}:{each.id}" for each in changed)))
    await work.note(doer, Deeds(deed, tuple(objects)))
