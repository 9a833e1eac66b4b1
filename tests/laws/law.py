"""How a law is stated: a property of everything that a strategy can draw."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

QUICK = "quick"
"""Name of the profile for those who only want to know whether a law holds, not the smallest history that breaks it."""

_USUAL = 100
"""How many examples Hypothesis draws where nobody says more; the profile of ``make proof`` does."""

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    QUICK,
    max_examples=25,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=_SLOW_IS_FINE,
)


def law(*drawn: SearchStrategy[Any], examples: int = 60) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hold a test against ``examples`` draws, ten times as many in a long run; ``--hypothesis-seed`` decides which."""

    def state(test: Callable[..., None]) -> Callable[..., None]:
        held = given(*drawn)(test)
        if settings.get_current_profile_name() == QUICK:
            return held
        most = examples * (10 if settings().max_examples > _USUAL else 1)
        return settings(max_examples=most, deadline=None, database=None, suppress_health_check=_SLOW_IS_FINE)(held)

    return state
