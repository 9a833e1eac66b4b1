"""What every company begins with: its name, the first epoch of its log, its units and its people."""

from collections.abc import Callable

from schemas.accounts import NewAccount
from schemas.audit import Deed
from schemas.problems import Code, Problem
from schemas.protocol import EpochLink
from schemas.registry import Kind
from schemas.rules.arrival import COMPANY_ZONE
from schemas.rules.service_hours import year_at
from server.accounts.people import add_account
from server.accounts.sign_in import set_password
from server.audit.log import Deeds, Doer
from server.platform.installation import add_company, companies
from server.records.ledger import SERVER
from server.records.work import Setting, Work
from server.units.beginning import equip

NOBODY = Doer(None, None)
"""Whoever founds a company has no account yet."""


async def begin_company(work: Work, name: str, epoch: str, units: list[Setting]) -> None:
    """Found the company that this work belongs to, its units with their public holidays and phrases.

    Raises ``Problem`` if one was founded here already.
    """
    if await companies(work.connection):
        raise Problem(Code.SETUP_DONE)
    await add_company(work.connection, work.company, name, work.now)
    await work.ledger.begin_epoch(EpochLink(epoch, None, 0))
    await work.decide(SERVER, units)
    objects = (f"company:{work.company}", *(f"{Kind.UNIT}:{unit.id}" for unit in units))
    await work.note(NOBODY, Deeds(Deed.COMPANY_FOUNDED, objects))
    await equip(work, [unit.id for unit in units], year_at(COMPANY_ZONE, work.now))


async def open_account(work: Work, wish: NewAccount, phc: str, make_id: Callable[[], str]) -> str:
    """Make somebody a user who signs in with the password of this PHC string, and return his id."""
    user = await add_account(work, SERVER, NOBODY, wish, make_id)
    await set_password(work, user, phc)
    return user
