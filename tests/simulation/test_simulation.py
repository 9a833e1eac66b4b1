"""A few histories, those that are kept, and what the simulator itself must be; many more with ``make sim``."""

import pytest

from tests.simulation.events import DEEDS
from tests.simulation.faults import MUST_HAPPEN, Fault
from tests.simulation.history import HOW_OFTEN, Event, drawn
from tests.simulation.keeping import Kept, kept, read, written
from tests.simulation.mistakes import mistake_named
from tests.simulation.playing import play
from tests.simulation.promises import Promise
from tests.simulation.writing import ACTS, Desk

STEPS = 200


@pytest.mark.parametrize("seed", range(1, 9))
def test_m5_nothing_is_lost_whatever_fails(seed: int) -> None:
    assert play(drawn(seed, STEPS)).failure is None


FAILED_ONCE = {
    900190: "a device that met the restored server in the midst of keeping gave nothing back",
    2026112600191: "a row rotted between its pull and the look at it",
    2026112607280: "the server's own work came back before the chain that its actor was renamed from",
}


@pytest.mark.parametrize("seed", FAILED_ONCE)
def test_a_seed_that_failed_once_holds(seed: int) -> None:
    assert play(drawn(seed, 250)).failure is None


@pytest.mark.parametrize("history", kept(), ids=lambda history: history.name)
def test_a_history_that_failed_once_holds(history: Kept) -> None:
    assert play(history.history).failure is None


@pytest.mark.parametrize("history", kept(), ids=lambda history: history.name)
def test_a_kept_history_still_shows_its_mistake(history: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    mistake_named(history.mistake).make(monkeypatch)
    failure = play(history.history).failure
    assert failure is not None
    assert failure.promise == Promise(history.broke)


def test_a_seed_is_one_history() -> None:
    one, other = (play(drawn(3, STEPS)) for _ in range(2))
    assert one.world.host.state.log.keys() == other.world.host.state.log.keys()
    assert one.world.host.state.position == other.world.host.state.position
    assert one.tally == other.tally


def test_a_step_means_the_same_without_the_others() -> None:
    history = drawn(3, STEPS)
    kept_steps = history.steps[::3]
    assert play(history._replace(steps=kept_steps)).failure is None
    again = Kept("again", "to be read", "none", "none", history._replace(steps=kept_steps))
    assert read("again", written(again)) == again


def test_every_event_can_happen_and_every_fault_must() -> None:
    assert set(Event) == HOW_OFTEN.keys() == DEEDS.keys()
    assert all(HOW_OFTEN.values())
    assert set(Fault) <= MUST_HAPPEN


def test_everything_that_a_person_can_do_is_done() -> None:
    deeds = {name for name, deed in vars(Desk).items() if callable(deed) and not name.startswith("_")}
    assert deeds - {deed.__name__ for _, deed in ACTS} == {"open", "write"}
