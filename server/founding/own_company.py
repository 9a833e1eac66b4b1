"""Founding one's own company: a unit, and the admin who opens everybody else's accounts."""

from functools import partial

from schemas.accounts import NewAccount
from schemas.registry import Kind
from schemas.start import CompanyWish, FoundedCompany
from schemas.vocabulary import Role
from server.accounts.names import given_name
from server.accounts.passwords import Passwords, check_strength, normalised_login
from server.founding.beginning import begin_company, open_account
from server.platform.ambient import new_id
from server.records.journal import Journal
from server.records.work import Setting, Work

_TIME_ZONE = "Asia/Taipei"


async def found_company(journal: Journal, passwords: Passwords, wish: CompanyWish) -> FoundedCompany:
    """Found a company with its first unit and its admin.

    Raises ``Problem`` if a company is here already, and for a password that is too weak.
    """
    check_strength(wish.password, normalised_login(wish.login))
    phc = await passwords.hashed(wish.password)
    make_id = partial(new_id, journal.ambient)
    company, epoch, unit = make_id(), make_id(), make_id()
    fields = {
        "kind": wish.unit_kind,
        "code": wish.unit_code,
        "name": given_name(wish.unit_name),
        "time_zone": _TIME_ZONE,
    }
    admin = NewAccount(wish.admin_name, wish.login, unit, frozenset({Role.ADMIN}))

    async def job(work: Work) -> None:
        await begin_company(work, given_name(wish.company), epoch, [Setting(Kind.UNIT, unit, fields)])
        await open_account(work, admin, phc, make_id)

    await journal.found(company, job)
    return FoundedCompany(company)
