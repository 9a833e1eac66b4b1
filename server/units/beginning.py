"""What a unit begins with besides its name: public holidays, and the phrases that are shipped."""

from collections.abc import Sequence

from schemas.registry import Kind
from schemas.units import SHIPPED_PHRASES
from server.calendars.changing import seeded
from server.records.fixed_ids import id_about
from server.records.ledger import SERVER
from server.records.work import Setting, Work


async def equip(work: Work, units: Sequence[str], first: int) -> None:
    """Give units the public holidays of a year and the next, as far as they are known, and the shipped phrases."""
    await load_years(work, units, first)
    await work.decide(SERVER, [each for unit in units for each in _phrases(unit)])


async def load_years(work: Work, units: Sequence[str], first: int) -> None:
    """Put the public holidays of a year and the next, as far as they are known, into the calendars of units."""
    known = [await seeded(work, unit, year) for unit in units for year in (first, first + 1)]
    days = [each for listed in known for each in listed or ()]
    if days:
        await work.decide(SERVER, days)


def _phrases(unit: str) -> list[Setting]:
    return [
        Setting(
            Kind.PRESET,
            id_about("preset", unit, listed, phrase),
            {"unit": unit, "list": listed, "text": phrase, "rank": rank},
        )
        for listed, phrases in SHIPPED_PHRASES.items()
        for rank, phrase in enumerate(phrases)
    ]
