"""How much a technician's phone loads before the first screen: its limit is no matter of time or of the machine."""

import gzip
from pathlib import Path

from bench.initial_javascript import LIMIT_KB, initial_files


def test_the_technicians_first_screen_needs_no_more_javascript_than_the_limit(app: Path) -> None:
    sizes = {name: len(gzip.compress((app / name).read_bytes())) for name in initial_files(app)}
    assert any("PhoneApp" in name for name in sizes)
    assert sum(sizes.values()) <= LIMIT_KB * 1_000, sizes
