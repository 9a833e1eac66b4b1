"""Official numbers: the next one of a series for each document that has none yet (F012)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import BigInteger, Column, String, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.kinds.people import Unit
from schemas.registry import Kind
from server.platform.counters import raise_to, take
from server.platform.database import METADATA, insert_into
from server.records.ledger import SERVER
from server.records.recorder import Change
from server.records.work import Setting, Work
from sync.document import is_deleted

NUMBER_FLOOR = Table(
    "number_floor",
    METADATA,
    Column("company", String, primary_key=True),
    Column("prefix", String, primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""The highest number of each series that a device saw before a restore; the series goes on behind it."""

FARTHEST_JUMP = 10_000
"""No device can make a series jump farther than this: a unit does not give out so many numbers between two backups."""

_NUMBER = re.compile(r"(?P<prefix>.+)-(?P<value>[0-9]{6,9})", re.DOTALL)


class Series(Struct, frozen=True):
    """Numbers that are counted together: the counter's name, and what each number begins with."""

    counter: str
    prefix: str


async def unnumbered(work: Work, changes: Sequence[Change]) -> list[tuple[Change, Unit]]:
    """Return the changed documents that have no number yet, each with its unit, as far as that has a code.

    The number is the document's own field: it is given once, also to a document that two devices brought in, and never
    again to one that came back after a restore.
    """
    waiting = [change for change in changes if "number" not in change.after.fields and _is_there(change)]
    found = await work.documents.where(Unit, "id", {str(change.after.fields["unit"]) for change in waiting})
    units = {unit.id: unit.shown for unit in found if unit.shown.code is not None}
    pairs = [(change, units.get(str(change.after.fields["unit"]))) for change in waiting]
    return [(change, unit) for change, unit in pairs if unit is not None]


async def give_numbers(work: Work, kind: Kind, series: Mapping[str, Series]) -> None:
    """Write into each document, given by its id, the next number of its series, in their order."""
    if not series:
        return
    following = {each: await _first_of(work, each, count) for each, count in Counter(series.values()).items()}
    settings: list[Setting] = []
    for doc, each in series.items():
        settings.append(Setting(kind, doc, {"number": f"{each.prefix}-{following[each]:06d}"}))
        following[each] += 1
    await work.decide(SERVER, settings)


async def note_numbers(connection: AsyncConnection, company: str, numbers: Iterable[str]) -> None:
    """Remember official numbers that were given out before a restore: none of them is given out again (SPEC H6)."""
    for prefix, value in sorted(_highest(numbers).items()):
        row = {"company": company, "prefix": prefix, "value": value}
        statement = insert_into(connection.dialect, NUMBER_FLOOR).values(row)
        is_higher = NUMBER_FLOOR.c.value < value
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["company", "prefix"], set_={"value": value}, where=is_higher
            )
        )


def _highest(numbers: Iterable[str]) -> dict[str, int]:
    """Return prefix to the highest of its numbers; what has not the form of a number is none."""
    highest: dict[str, int] = {}
    for number in numbers:
        if (parts := _NUMBER.fullmatch(number)) is not None:
            prefix, value = parts["prefix"], int(parts["value"])
            highest[prefix] = max(highest.get(prefix, 0), value)
    return highest


async def _first_of(work: Work, series: Series, count: int) -> int:
    query = select(NUMBER_FLOOR.c.value).where(
        NUMBER_FLOOR.c.company == work.company, NUMBER_FLOOR.c.prefix == series.prefix
    )
    floor = (await work.connection.execute(query)).scalar_one_or_none()
    if floor is not None:
        await raise_to(work.connection, work.company, series.counter, floor, FARTHEST_JUMP)
    return await take(work.connection, work.company, series.counter, count) - count + 1


def _is_there(change: Change) -> bool:
    return isinstance(change.after.fields.get("unit"), str) and not is_deleted(change.after.document)
