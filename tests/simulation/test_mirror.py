"""The phone's core plays along: whatever a history comes to, both languages say the same of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.history import drawn
from tests.simulation.mirror import APP, Mirror
from tests.simulation.playing import play
from tests.simulation.promises import Promise

STEPS = 150
COPIED = ("src/core", "src/wire", "tests/core", "build")

MISTAKES = (
    ("src/core/document.ts", "!covers(past, tombstone, edit) && ", ""),
    ("src/core/write.ts", "later.resolve ? undefined : later.over[field]", "later.over[field]"),
    ("src/core/lineage.ts", "limit = Math.min(limit, link[2])", "limit = link[2]"),
    ("src/core/chain.ts", "[...named, parent_head]", "[parent_head, ...named]"),
    ("src/core/register.ts", "field: preferring('field')", "field: preferring('office')"),
    ("src/core/reading.ts", "schema > SCHEMA || ", ""),
    ("src/core/digest.ts", "${kind}\\n${doc}", "${doc}\\n${kind}"),
)


@pytest.fixture(scope="module")
def mirror() -> Iterator[Mirror]:
    """The core as it is."""
    whole = Mirror()
    yield whole
    whole.close()


@pytest.mark.parametrize("seed", range(100, 124))
def test_m1_a_history_means_the_same_in_both_languages(mirror: Mirror, seed: int) -> None:
    assert play(drawn(seed, STEPS), mirror.check).failure is None


@pytest.mark.parametrize(("file", "text", "instead"), MISTAKES, ids=[file for file, _, _ in MISTAKES])
def test_a_mistake_in_the_other_language_is_noticed(file: str, text: str, instead: str, tmp_path: Path) -> None:
    for name in COPIED:
        shutil.copytree(APP / name, tmp_path / name)
    shutil.copy(APP / "package.json", tmp_path)
    (tmp_path / "node_modules").symlink_to(APP / "node_modules")
    source = (tmp_path / file).read_text()
    assert source.count(text) == 1, "the table must quote the source exactly, and one place of it"
    (tmp_path / file).write_text(source.replace(text, instead))
    broken = Mirror(tmp_path)
    failures = (play(drawn(seed, STEPS), broken.check).failure for seed in range(100, 400))
    found = next((failure for failure in failures if failure is not None), None)
    broken.close()
    assert found is not None
    assert found.promise == Promise.BOTH
