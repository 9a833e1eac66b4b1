"""Playing the whole story in the order of its instants."""

from collections.abc import Awaitable, Callable
from functools import partial

from server.founding.demo.case import cases
from server.founding.demo.days import DAY_MS, Calendar
from server.founding.demo.plots import PLOTS
from server.founding.demo.register import enter, entries
from server.founding.demo.stage import Stage
from server.founding.demo.tables import CALLS
from server.founding.demo.upkeep import upkeep

BEGAN_DAYS_AGO = 900
"""How long the company has been working with Fieldproof."""

_Moment = tuple[int, Callable[[], Awaitable[None]]]


async def play(stage: Stage, calendar: Calendar) -> None:
    """Let everybody do what the story tells, one after the other as it happened."""
    opening = calendar.now - (BEGAN_DAYS_AGO - 1) * DAY_MS
    moments: list[_Moment] = [(at, partial(deed, stage, at)) for at, deed in upkeep(calendar, opening)]
    moments += [
        (at, partial(enter, stage, unit, at, groups)) for (at, unit), groups in entries(calendar, opening).items()
    ]
    moments += [
        (scene.at(case), partial(scene.deed, stage, case, scene.at(case)))
        for case in cases(CALLS, calendar)
        for scene in PLOTS[case.row.plot]
    ]
    for _, happens in sorted(moments, key=lambda moment: moment[0]):
        await happens()
