"""Every mistake in the table is noticed; a law that notices none of them would be decoration."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.laws import law
from tests.mutations.table import MUTATIONS, Mutation

ROOT = Path(__file__).parent.parent.parent
COPIED = ("schemas", "sync", "server", "tests/laws", "tests/simulation")
TESTS_FAILED = 1
OPTIONS = ("-q", "--noconftest", "-p", "no:cacheprovider", "-p", "_hypothesis_pytestplugin", "-p", law.__name__)
CHANCE = ("--hypothesis-seed=1", f"--hypothesis-profile={law.QUICK}")

LEAN = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def laws(folder: Path, names: Iterable[str]) -> subprocess.CompletedProcess[str]:
    """Run laws against the package in a folder."""
    command = (sys.executable, "-m", "pytest", *OPTIONS, *CHANCE, *names)
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, env=LEAN)


def copied(folder: Path) -> None:
    """Copy what the laws need, and keep out the settings of whatever folder this one lies in."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests/__init__.py").touch()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mistake_is_noticed(mutation: Mutation, tmp_path: Path) -> None:
    copied(tmp_path)
    source = (tmp_path / mutation.file).read_text()
    assert source.count(mutation.text) == 1, "the table must quote the source exactly, and one place of it"
    (tmp_path / mutation.file).write_text(source.replace(mutation.text, mutation.instead))
    outcome = laws(tmp_path, [mutation.killer])
    assert outcome.returncode == TESTS_FAILED, outcome.stdout + outcome.stderr


def test_the_laws_hold_where_nothing_was_changed(tmp_path: Path) -> None:
    copied(tmp_path)
    outcome = laws(tmp_path, sorted({mutation.killer for mutation in MUTATIONS}))
    assert outcome.returncode == 0, outcome.stdout
