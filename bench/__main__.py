"""`python -m bench [measure ...]`: run all measures, or those named, and print their JSON lines."""

import sys
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from bench import cold_start, find, first_syncs, floors, importing, initial_javascript, latency, listeners, push, steady

MEASURES: Mapping[str, Callable[[], Iterator[str]]] = MappingProxyType(
    {
        "push": push.measure,
        "latency": latency.measure,
        "initial_javascript": initial_javascript.measure,
        "cold_start": cold_start.measure,
        "find": find.measure,
        "floors": floors.measure,
        "first_syncs": first_syncs.measure,
        "listeners": listeners.measure,
        "import": importing.measure,
        "steady": steady.measure,
    }
)


def main(names: list[str]) -> int:
    """Run the named measures; an unknown name is told and nothing runs."""
    unknown = [name for name in names if name not in MEASURES]
    if unknown:
        sys.stderr.write(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}\n")
        return 2
    for name in names or MEASURES:
        for text in MEASURES[name]():
            sys.stdout.write(text + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
