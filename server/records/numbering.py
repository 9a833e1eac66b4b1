"""Official numbers: the next one of a series for each document that has none yet (F012)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from schemas.kinds.people import Unit
from schemas.registry import Kind
from server.platform.counters import take
from server.records.recorder import Change
from server.records.work import SERVER, Setting, Work
from sync.document import is_deleted


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


async def _first_of(work: Work, series: Series, count: int) -> int:
    return await take(work.connection, work.company, series.counter, count) - count + 1


def _is_there(change: Change) -> bool:
    return isinstance(change.after.fields.get("unit"), str) and not is_deleted(change.after.document)
