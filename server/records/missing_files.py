"""Files that records name and that are not here: noted as they begin and cease to be missing, never searched for."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, Select, and_, delete, exists, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.erasure import NAMED_BY
from schemas.registry import Kind
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.records.erased_files import note_named_again
from server.records.kept_files import BLOB, FILE_GONE, MISSING_FILE
from server.records.ledger import Stored
from server.records.recorder import Change
from server.records.scope import is_told_to
from server.records.tables import ACTOR, DOCUMENTS, OPERATION
from server.records.work import Work

_IS_KEPT = exists().where(BLOB.c.company == MISSING_FILE.c.company, BLOB.c.sha256 == MISSING_FILE.c.sha256)


class Lacking(Struct, frozen=True):
    """A record without its file, or without one of its files; ``lost_at`` is null for what never came."""

    kind: Kind
    doc: str
    position: int
    unit: str | None
    visit: str | None
    files: frozenset[str]
    lost_at: int | None


async def note_named(work: Work, changes: Sequence[Change]) -> None:
    """Note the files as missing that records have come to name, unless they came before their records.

    One that was erased with somebody else is wanted again.
    """
    names = {name for each in changes for name in _named(each.after) - _named(each.before)}
    if not names:
        return
    await note_named_again(work.connection, work.company, names)
    kept = select(BLOB.c.sha256).where(BLOB.c.company == work.company, BLOB.c.sha256.in_(names))
    missing = names - set((await work.connection.execute(kept)).scalars())
    rows = [{"company": work.company, "sha256": name, "lost_at": None} for name in sorted(missing)]
    if rows:
        statement = insert_into(work.connection.dialect, MISSING_FILE).on_conflict_do_nothing()
        await work.connection.execute(statement, rows)


async def note_lost(work: Work, name: str) -> None:
    """Note that a file which had been taken in is not where it was put."""
    row = {"company": work.company, "sha256": name, "lost_at": work.now}
    await work.connection.execute(
        insert_into(work.connection.dialect, MISSING_FILE).values(row).on_conflict_do_nothing()
    )


async def note_there(work: Work, name: str) -> None:
    """Note that a file is there: for the first time, or again."""
    is_it = and_(MISSING_FILE.c.company == work.company, MISSING_FILE.c.sha256 == name)
    await work.connection.execute(delete(MISSING_FILE).where(is_it))


async def find_missing(connection: AsyncConnection) -> None:
    """Make good what could not be noted: of records that an older version took in, or that were built anew.

    It looks through the names of all files once, by two indexes; that is for the start of a server.
    """
    for kind, fields in NAMED_BY.items():
        table = DOCUMENTS[kind]
        for field in fields:
            kept = exists().where(BLOB.c.company == table.c.company, BLOB.c.sha256 == table.c[field])
            found = select(table.c.company, table.c[field]).where(table.c[field].is_not(None), ~kept).distinct()
            statement = insert_into(connection.dialect, MISSING_FILE).from_select(["company", "sha256"], found)
            await connection.execute(statement.on_conflict_do_nothing())
    await connection.execute(delete(MISSING_FILE).where(MISSING_FILE.c.lost_at.is_(None), _IS_KEPT))


async def lacking(
    connection: AsyncConnection, company: str, caller: Caller | None, most: int, visits: Collection[str] = ()
) -> list[Lacking]:
    """Return records in a caller's scope, None for all, whose files are not here: ``most``, the newest of them first.

    ``visits`` asks for those of these visits alone. A record that was deleted wants for nothing.
    """
    found: list[tuple[Kind, Row[Any], frozenset[str]]] = []
    for kind, fields in NAMED_BY.items():
        table = DOCUMENTS[kind]
        wants = or_(*(table.c[field].in_(_missing(company)) for field in fields))
        query = select(table).where(table.c.company == company, ~table.c.gone, wants, is_told_to(caller, table.c.unit))
        asked = query.where(table.c.visit.in_(visits)) if visits else query
        for row in await connection.execute(asked.order_by(table.c.position.desc()).limit(most)):
            named = frozenset(name for field in fields if (name := getattr(row, field)) is not None)
            found.append((kind, row, named))
    lost = await _lost(connection, company, frozenset[str]().union(*(each[-1] for each in found)))
    told = [_lacking(kind, row, {name: lost[name] for name in names & lost.keys()}) for kind, row, names in found]
    return sorted(told, key=lambda each: (-each.position, each.doc))[:most]


async def wanted_of(
    connection: AsyncConnection, company: str, device: str, most: int, among: Collection[str] = ()
) -> list[str]:
    """Return files that are not here, that records name which a device wrote, and that it has not said to be gone.

    ``among`` asks about these files alone.
    """
    said = select(FILE_GONE.c.sha256).where(FILE_GONE.c.company == company, FILE_GONE.c.device == device)
    whose = and_(ACTOR.c.company == OPERATION.c.company, ACTOR.c.actor == OPERATION.c.actor)
    found: set[str] = set()
    for kind, fields in NAMED_BY.items():
        table = DOCUMENTS[kind]
        about = (OPERATION.c.company == company, OPERATION.c.kind == kind.value, OPERATION.c.doc == table.c.id)
        wrote = select(OPERATION.c.seq).join(ACTOR, whose).where(*about, ACTOR.c.device == device)
        for field in fields:
            wanted = and_(table.c[field].in_(_missing(company)), table.c[field].not_in(said))
            asked = table.c[field].in_(among) if among else true()
            query = select(table.c[field]).where(
                table.c.company == company, asked, ~table.c.gone, wanted, exists(wrote)
            )
            found.update((await connection.execute(query.distinct().limit(most))).scalars())
    return sorted(found)[:most]


def _lacking(kind: Kind, row: Row[Any], lost: Mapping[str, int | None]) -> Lacking:
    lost_at = max((at for at in lost.values() if at is not None), default=None)
    return Lacking(kind, row.id, row.position, row.unit, row.visit, frozenset(lost), lost_at)


def _named(stored: Stored) -> frozenset[str]:
    names = (stored.fields.get(field) for field in NAMED_BY.get(stored.kind, ()))
    return frozenset(name for name in names if isinstance(name, str))


def _missing(company: str) -> Select[tuple[str]]:
    """Select the names of what is missing; two servers that start at once may have noted one that is there."""
    return select(MISSING_FILE.c.sha256).where(
        MISSING_FILE.c.company == company, or_(MISSING_FILE.c.lost_at.is_not(None), ~_IS_KEPT)
    )


async def _lost(connection: AsyncConnection, company: str, names: Collection[str]) -> dict[str, int | None]:
    """Return those of the names whose files are missing, with when they were found lost."""
    query = select(MISSING_FILE.c.sha256, MISSING_FILE.c.lost_at).where(MISSING_FILE.c.sha256.in_(names))
    rows = await connection.execute(
        query.where(MISSING_FILE.c.sha256.in_(_missing(company)), MISSING_FILE.c.company == company)
    )
    return {row.sha256: row.lost_at for row in rows}
