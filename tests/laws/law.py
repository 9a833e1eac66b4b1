"""How a law is stated: a property of everything that a strategy can draw."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy


def law(*drawn: SearchStrategy[Any], examples: int = 60) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hold a test against ``examples`` draws; ``--hypothesis-seed`` decides which."""

    def state(test: Callable[..., None]) -> Callable[..., None]:
        held = given(*drawn)(test)
        return settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )(held)

    return state
