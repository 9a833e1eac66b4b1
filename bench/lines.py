"""The form of a measurement: one JSON object a line."""

import json
import platform
from collections.abc import Sequence
from os import cpu_count
from typing import Any


def line(measure: str, **values: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return one measurement as a JSON line, with the machine it was taken on."""
    machine = f"{cpu_count()} cores, Python {platform.python_version()}"
    return json.dumps({"measure": measure, **values, "machine": machine}, ensure_ascii=False)


def percentile(sorted_values: Sequence[float], share: float) -> float:
    """Return the value that this share of the sorted values does not exceed."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]
