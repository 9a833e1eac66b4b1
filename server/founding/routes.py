"""The first start over HTTP (docs/API.md)."""

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from schemas.problems import Code, Problem
from schemas.start import CompanyWish, DemoWish, FoundedCompany, FoundedDemo, Start
from server.accounts.passwords import Passwords
from server.founding.console import Console
from server.founding.demonstration import found_demo
from server.founding.own_company import found_company
from server.founding.start_code import StartCode
from server.platform.access import PUBLIC, opt
from server.platform.installation import companies
from server.platform.settings import Settings
from server.records.journal import Journal


class FirstStart(Controller):
    """What an empty installation offers to whoever can read its console."""

    path = "/api/start"
    opt = opt(PUBLIC)

    @get()
    async def state(self, journal: NamedDependency[Journal]) -> Start:
        """Say whether a company was founded here."""
        async with journal.database.reading() as connection:
            return Start("ready" if await companies(connection) else "empty")

    @post("/demo")
    async def demo(
        self,
        data: JSONBody[DemoWish],
        journal: NamedDependency[Journal],
        passwords: NamedDependency[Passwords],
        start_code: NamedDependency[StartCode | None],
        settings: NamedDependency[Settings],
        console: NamedDependency[Console | None],
    ) -> FoundedDemo:
        """Found the demonstration; its passwords are told in the answer and on the console, and nowhere else."""
        await _check(journal, start_code, data.code)
        founded = await found_demo(journal, passwords, settings)
        if console is not None:
            console.show_accounts(founded.accounts)
        return founded

    @post("/company")
    async def company(
        self,
        data: JSONBody[CompanyWish],
        journal: NamedDependency[Journal],
        passwords: NamedDependency[Passwords],
        start_code: NamedDependency[StartCode | None],
    ) -> FoundedCompany:
        """Found one's own company."""
        await _check(journal, start_code, data.code)
        return await found_company(journal, passwords, data)


async def _check(journal: Journal, start_code: StartCode | None, typed: str) -> None:
    async with journal.database.reading() as connection:
        if await companies(connection):
            raise Problem(Code.SETUP_DONE)
    if start_code is None or not start_code.fits(typed):
        raise Problem(Code.SETUP_CODE)
