"""Which actors were renamed from which, on SQLite and PostgreSQL (SPEC A3)."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

from server.records import questions
from sync.ancestry import Ancestry


async def ancestry_of(connection: AsyncConnection, company: str, actors: Iterable[str]) -> Ancestry:
    """Return the renamings that lead to actors, as ``Ledger.ancestry`` does."""
    found: dict[str, tuple[str, int]] = {}
    wanted = set(actors)
    while wanted:
        rows = await questions.PARENTS.ask(connection, company=company, names=list(wanted))
        found |= {row.actor: (row.parent, row.parent_seq) for row in rows}
        wanted = {row.parent for row in rows} - found.keys()
    return found


async def settle_pasts(connection: AsyncConnection, company: str, actors: Iterable[str]) -> None:
    """Fix whether the log has the pasts that actors name, as ``Ledger.settle_pasts`` does."""
    wanted = set(actors)
    while wanted:
        rows = await questions.UNSETTLED.ask(connection, company=company, names=list(wanted))
        for row in rows:
            said = {"name": row.actor, "is_so": bool(row.follows)}
            await questions.SETTLE.run(connection, own_company=company, **said)
        wanted = {row.parent for row in rows}
