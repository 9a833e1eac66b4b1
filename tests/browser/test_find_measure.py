"""The search's measure goes on running while the app changes; how fast it is, no test says."""

from bench.find import measured


def test_the_search_is_measured_over_ten_thousand_products_and_makes_its_books_ready_in_slices() -> None:
    told = measured()
    assert (told["customers"], told["assets"], told["calls"]) == (10_000, 10_000, 20_000)
    assert told["strokes"] > 0
    assert told["p50_ms"] <= told["p95_ms"] <= told["worst_ms"]
    assert told["longest_block_ms"] < told["index_ms"]
