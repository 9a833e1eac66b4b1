"""Working time against the plainest reckoning there is: looking at the clock once a minute."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from schemas.rules.service_hours import MINUTE_MS, Interval, ServiceCalendar, due_at, is_open, worked_ms
from tests.laws.law import law

ZONES = ("Asia/Taipei", "America/New_York")
BEGINNING = datetime(2025, 3, 7, tzinfo=UTC)
"""Two days before New York's clocks are put forward."""

MINUTES_LOOKED_AT = 5 * 1_440


@st.composite
def days(draw: st.DrawFn) -> tuple[Interval, ...]:
    """Draw the intervals of a day, on whole quarters of hours but none that a change of the clock would cut."""
    edges = sorted(draw(st.sets(st.integers(16, 96), max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Interval(opens * 15, closes * 15) for opens, closes in pairs)


CALENDARS = st.builds(
    ServiceCalendar,
    time_zone=st.sampled_from(ZONES),
    week=st.tuples(*[days()] * 7),
    days=st.dictionaries(st.sampled_from(["2025-03-08", "2025-03-09", "2025-03-10"]), days()),
)
INSTANTS = st.integers(0, 3 * 1_440).map(lambda minute: ms(BEGINNING + timedelta(minutes=minute)))


def ms(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000


def works(calendar: ServiceCalendar, at: int) -> bool:
    """Tell by the clock on the wall whether people work in the minute that begins at an instant."""
    wall = datetime.fromtimestamp(at // 1_000, ZoneInfo(calendar.time_zone))
    today = calendar.days.get(wall.date().isoformat(), calendar.week[wall.weekday()])
    return any(each.opens <= wall.hour * 60 + wall.minute < each.closes for each in today)


@law(CALENDARS, INSTANTS)
def test_f022_people_work_when_the_clock_on_the_wall_says_so(calendar: ServiceCalendar, at: int) -> None:
    assert is_open(calendar, at) is works(calendar, at)


@law(CALENDARS, INSTANTS, st.integers(0, 3_000))
def test_f021_working_time_is_counted_minute_by_minute(calendar: ServiceCalendar, since: int, minutes: int) -> None:
    until = since + minutes * MINUTE_MS
    counted = sum(works(calendar, at) for at in range(since, until, MINUTE_MS))
    assert worked_ms(calendar, since, until) == counted * MINUTE_MS


@law(CALENDARS, INSTANTS, st.integers(1, 900))
def test_f019_a_deadline_is_the_first_instant_at_which_the_minutes_are_over(
    calendar: ServiceCalendar, since: int, minutes: int
) -> None:
    due = due_at(calendar, since, minutes)
    left = minutes
    for at in range(since, since + MINUTES_LOOKED_AT * MINUTE_MS, MINUTE_MS):
        left -= works(calendar, at)
        if left == 0:
            assert due == at + MINUTE_MS
            return
    assert due is None or due > since + MINUTES_LOOKED_AT * MINUTE_MS
