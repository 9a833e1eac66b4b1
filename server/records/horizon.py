"""The horizon: how long feeds remember what is gone (SPEC F5)."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from server.platform.installation import companies
from server.records.journal import Journal
from server.records.work import Work

_LOG = logging.getLogger(__name__)
_EVERY = timedelta(days=1)

STEP_OPERATIONS = 1_000
"""So far in the log a horizon moves in one commit: whoever pushes meanwhile waits for one step, not for all."""


async def move_horizons(journal: Journal, days: int) -> None:
    """Let the feeds of every company forget what has been gone for so many days."""
    before = journal.ambient.now() - timedelta(days=days) // timedelta(milliseconds=1)
    async with journal.database.reading() as connection:
        founded = await companies(connection)
    for company in founded:
        try:
            await _move(journal, company, before)
        except Exception:  # noqa: BLE001 - whatever is wrong with one company's log, the others' move
            _LOG.exception("the horizon of %s stays where it is", company)


async def _move(journal: Journal, company: str, before: int) -> None:
    """Move one company's horizon in steps; each is whole, so whoever was killed in between goes on behind the last."""
    async with journal.reading(company) as ledger:
        end = (await ledger.end()).position  # what is told as gone from here on is remembered for as long again
    is_told = False
    while (reached := await _next(journal, company, before, end)) is not None:
        is_told |= await journal.note(company, partial(withdraw, reached=reached))
    if is_told:
        journal.poke(company)


async def _next(journal: Journal, company: str, before: int, end: int) -> int | None:
    """Return where the next step leads; None where the horizon stands as far as it may.

    An operation that a wrong clock dated does not hold it up, nor does it take the horizon further than one step.
    """
    async with journal.reading(company) as ledger:
        horizon = (await ledger.end()).horizon
        received = await ledger.received(horizon, end, STEP_OPERATIONS)
    return max((position for position, at in received if at <= before), default=None)


async def keep_moving(journal: Journal, days: int) -> None:
    """Move the horizons now and once a day, until it is cancelled; a day on which that fails waits for the next."""
    while True:
        try:
            await move_horizons(journal, days)
        except Exception:  # noqa: BLE001 - it is tried again tomorrow, whatever it was
            _LOG.exception("the horizons stay where they are")
        await asyncio.sleep(_EVERY.total_seconds())


async def withdraw(work: Work, reached: int) -> bool:
    """Let one company's feeds forget what was gone up to a position; return whether they tell that anything left."""
    head = await work.ledger.head()
    horizon = min(reached, head.position)  # what a restore lost and devices brought back names places beyond
    return horizon > head.horizon and await work.recorder.withdraw(horizon)
