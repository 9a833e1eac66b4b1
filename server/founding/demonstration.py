"""Founding the demonstration: accounts with fresh passwords, and a past that is played in one transaction."""

import asyncio
from hashlib import sha256

from schemas.start import DemoAccount, FoundedDemo
from server.accounts.passwords import Passwords
from server.attachments.keeping import keep
from server.attachments.storing import files_of
from server.founding.demo.cast import COMPANY, found
from server.founding.demo.days import DAY_MS, Calendar
from server.founding.demo.play import BEGAN_DAYS_AGO, play
from server.founding.demo.stage import Stage
from server.founding.demo.tables import PEOPLE
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.one_time_codes import new_code
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.work import Work

_GROUPS, _GROUP = 3, 4
"""A password of 60 random bits."""


async def found_demo(journal: Journal, passwords: Passwords, settings: Settings) -> FoundedDemo:
    """Found the demonstration and return everybody who can sign in; raises ``Problem`` if a company is here already.

    What it says is the same at every installation; passwords and device keys are made anew, and dates end today.
    Strokes and images come behind the records, as they do from a phone.
    """
    epoch = new_id(journal.ambient)
    chosen = {person.user: new_code(journal.ambient, _GROUPS, _GROUP).lower() for person in PEOPLE}
    hashed = await asyncio.gather(*(passwords.hashed(password) for password in chosen.values()))
    phcs = dict(zip(chosen, hashed, strict=True))

    async def job(work: Work) -> list[tuple[Caller, bytes]]:
        began = work.at(work.now - BEGAN_DAYS_AGO * DAY_MS)
        stage = Stage(work, journal.endpoint, await found(began, epoch, phcs), {}, [])
        await play(stage, Calendar(work.now))
        return stage.files

    drawn = await journal.found(COMPANY, job)
    files = files_of(settings, COMPANY)
    await asyncio.gather(*(keep(journal, files, caller, sha256(file).hexdigest(), file) for caller, file in drawn))
    accounts = (DemoAccount(each.login, each.name, (each.role,), chosen[each.user]) for each in PEOPLE)
    return FoundedDemo(COMPANY, tuple(accounts))
