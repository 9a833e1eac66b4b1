"""A few histories in every test run; many more with ``make sim`` and ``make proof``."""

import pytest

from tests.simulation.__main__ import simulate
from tests.simulation.world import World

STEPS = 200


@pytest.mark.parametrize("seed", range(1, 9))
def test_m5_nothing_is_lost_whatever_fails(seed: int) -> None:
    assert simulate(seed, STEPS)["failure"] is None


def test_a_seed_is_one_history() -> None:
    histories = [World(3), World(3)]
    for world in histories:
        world.play(STEPS)
    one, other = (world.host.state for world in histories)
    assert one.log.keys() == other.log.keys()
    assert one.position == other.position
    assert histories[0].deeds == histories[1].deeds
