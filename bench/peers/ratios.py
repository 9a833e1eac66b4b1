"""How Fieldproof stands to the best of the others, measure by measure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Numbers = dict[str, Any]
"""What one phase measured, by name."""

FLOOR = "floor"
OURS = ("fieldproof-sqlite", "fieldproof-postgresql")


@dataclass(frozen=True)
class Measure:
    """One row of the comparison: where its number stands, whether more is better, and what we hold ourselves to."""

    title: str
    phase: str
    number: str
    more_is_better: bool
    aim: str


MEASURES = (
    Measure("push, records/s", "push", "records_per_s", more_is_better=True, aim="> 12,000"),
    Measure("the same with the strokes' files", "push", "records_with_files_per_s", more_is_better=True, aim=""),
    Measure("bytes up per record", "push", "up_bytes_per_record", more_is_better=False, aim="< 700"),
    Measure("first sync of 4,500, s", "first_sync", "seconds", more_is_better=False, aim="< 0.10"),
    Measure("the same, MB on the wire", "first_sync", "smallest_mb", more_is_better=False, aim="< 1.0"),
    Measure("edit to listening office, p50 ms", "live", "visible_p50_ms", more_is_better=False, aim="< 1.5"),
    Measure("the same, p95 ms", "live", "visible_p95_ms", more_is_better=False, aim="< 2.3"),
    Measure("its push alone, p50 ms", "live", "push_p50_ms", more_is_better=False, aim=""),
    Measure("answer to office, p50 ms", "live", "answer_to_office_p50_ms", more_is_better=False, aim="< 5"),
    Measure("the same, p99 ms", "live", "answer_to_office_p99_ms", more_is_better=False, aim="< 50"),
    Measure('"anything new?", requests/s', "anything_new", "requests_per_s", more_is_better=True, aim="> 12,000"),
    Measure("the same, p95 ms", "anything_new", "answer_p95_ms", more_is_better=False, aim="< 5"),
    Measure("6,000 edits over 400 rival ones, edits/s", "rivals", "edits_per_s", more_is_better=True, aim="> 32,000"),
    Measure("of 6,400 values, lost", "rivals", "lost", more_is_better=False, aim="0"),
    Measure("of 100 rivals, shown to a person", "rivals", "rivals_shown", more_is_better=True, aim="100"),
    Measure("one record a request, 64 clients, per s", "one_by_one", "records_per_s", more_is_better=True, aim="1,500"),
    Measure("up over JSON, batches of 20", "one_by_one", "batch_of_20_over_json", more_is_better=False, aim="<= 1.0"),
    Measure("first sync of 100,000, s", "many_records", "seconds", more_is_better=False, aim="< 1.4"),
    Measure("the same, MB on the wire", "many_records", "smallest_mb", more_is_better=False, aim="< 13"),
    Measure("the same, peak server MB", "many_records", "peak_mb", more_is_better=False, aim="< 100"),
)  # fmt: skip
"""The speed table's rows, in its order."""

Medians = Mapping[tuple[str, str], Mapping[str, Any]]
"""Phase and name to the medians of its numbers."""


def ratios(medians: Medians) -> Iterator[dict[str, Any]]:
    """Yield, for each measure and each of ours, how many times better than the best peer it is (below 1: worse)."""
    for measure in MEASURES:
        for own in OURS:
            mine, best = value_of(medians, measure, own), best_peer(medians, measure)
            if mine and best and best[1]:
                times = mine / best[1] if measure.more_is_better else best[1] / mine
                yield {"title": measure.title, "of": own, "value": mine, "best_peer": best[0], "times_better": times}


def value_of(medians: Medians, measure: Measure, name: str) -> float | None:
    """Return somebody's number, None where it was not measured."""
    value = medians.get((measure.phase, name), {}).get(measure.number)
    return float(value) if value is not None else None


def best_peer(medians: Medians, measure: Measure) -> tuple[str, float] | None:
    """Return the best of the others but the floor, which is no product."""
    names = sorted({name for _, name in medians} - {FLOOR, *OURS})
    values = [(name, value) for name in names if (value := value_of(medians, measure, name)) is not None]
    if not values:
        return None
    return (max if measure.more_is_better else min)(values, key=lambda each: each[1])


def median_of(runs: Sequence[Numbers]) -> Numbers:
    """Return each number's median over several runs; what is no number, as the first run says it."""
    return {name: _middle([run.get(name) for run in runs]) for name in runs[0]}


def _middle(values: Sequence[Any]) -> Any:  # noqa: ANN401 - what JSON holds
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    return median(numbers) if len(numbers) == len(values) else values[0]
