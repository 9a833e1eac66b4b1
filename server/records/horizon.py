"""The horizon: how long feeds remember what is gone (SPEC F5)."""

import asyncio
import logging
from datetime import timedelta
from functools import partial

from sqlalchemy import func, select

from server.platform.installation import companies
from server.records.journal import Journal
from server.records.tables import OPERATION
from server.records.work import Work

_LOG = logging.getLogger(__name__)
_EVERY = timedelta(days=1)


async def move_horizons(journal: Journal, days: int) -> None:
    """Let the feeds of every company forget what has been gone for so many days."""
    before = journal.ambient.now() - timedelta(days=days) // timedelta(milliseconds=1)
    async with journal.database.reading() as connection:
        founded = await companies(connection)
        newest = select(OPERATION.c.company, func.max(OPERATION.c.position).label("position"))
        rows = await connection.execute(newest.where(OPERATION.c.received_at <= before).group_by(OPERATION.c.company))
        reached = {row.company: row.position for row in rows}
    for company in founded:
        if company in reached:
            try:
                await journal.write(company, partial(withdraw, reached=reached[company]))
            except Exception:  # noqa: BLE001 - whatever is wrong with one company's log, the others' move
                _LOG.exception("the horizon of %s stays where it is", company)


async def keep_moving(journal: Journal, days: int) -> None:
    """Move the horizons now and once a day, until it is cancelled; a day on which that fails waits for the next."""
    while True:
        try:
            await move_horizons(journal, days)
        except Exception:  # noqa: BLE001 - it is tried again tomorrow, whatever it was
            _LOG.exception("the horizons stay where they are")
        await asyncio.sleep(_EVERY.total_seconds())


async def withdraw(work: Work, reached: int) -> None:
    """Let one company's feeds forget what was gone up to a position, if they have not already."""
    head = await work.ledger.head()
    horizon = min(reached, head.position)  # what a restore lost and devices brought back names places beyond
    if horizon > head.horizon:
        await work.recorder.withdraw(horizon)
