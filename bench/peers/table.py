"""`python -m bench.peers.table < LINES`: the table of docs/performance.md out of the JSON lines of a run."""

import json
import sys
from collections.abc import Iterable, Iterator

from bench.peers.names import ADAPTERS
from bench.peers.ratios import MEASURES, Measure, Medians, best_peer, value_of


def table(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of the Markdown table: a row for each measure, a column for everybody who was measured."""
    medians = _medians(lines)
    names = [name for name in ADAPTERS if any(name == of for _, of in medians)]
    yield "| measure | " + " | ".join(names) + " | aim | times better than the best peer |"
    yield "|---|" + "---|" * (len(names) + 2)
    for measure in MEASURES:
        cells = [_text(value_of(medians, measure, name)) for name in names]
        yield f"| {measure.title} | " + " | ".join(cells) + f" | {measure.aim} | {_against_best(medians, measure)} |"


def loads(lines: Iterable[str]) -> tuple[float, float]:
    """Return the least and the greatest load that the machine had in a run."""
    found = [float(told["load"]) for told in map(json.loads, lines) if "load" in told]
    return min(found), max(found)


def _medians(lines: Iterable[str]) -> Medians:
    told = [json.loads(text) for text in lines]
    return {(each["measure"], each["of"]): each for each in told if "median_of" in each}


def _against_best(medians: Medians, measure: Measure) -> str:
    best, own = best_peer(medians, measure), value_of(medians, measure, "fieldproof-sqlite")
    if best is None or not own or not best[1]:
        return ""
    return f"{own / best[1] if measure.more_is_better else best[1] / own:.2f}"


def _text(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def main() -> None:
    """Read lines and print the table with the load under which they were measured."""
    lines = sys.stdin.read().splitlines()
    sys.stdout.write("\n".join(table(lines)) + "\n\n")
    least, greatest = loads(lines)
    sys.stdout.write(f"Load of the machine meanwhile (its own included): {least:.1f} to {greatest:.1f} on two cores.\n")


if __name__ == "__main__":
    main()
