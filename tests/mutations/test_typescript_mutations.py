"""Every mistake in the phone's half is noticed by a law or a vector of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutations.table import Mutation
from tests.mutations.typescript_table import MUTATIONS

ROOT = Path(__file__).parent.parent.parent
COPIED = ("pwa/src/core", "pwa/src/platform", "pwa/src/store", "pwa/src/wire", "pwa/tests/core", "pwa/tests/store")
SETTINGS = "export default { test: { include: ['tests/**/*.test.ts'] } };"
NODE = str(Path(sys.executable).with_name("node"))
VITEST = (NODE, "node_modules/vitest/vitest.mjs", "run", "--config=settings.mjs")
REPORT = ("--reporter=json", "--outputFile=report.json")
CHANCE = {"VITE_SEED": "1"}


def copied(folder: Path) -> Path:
    """Copy what the laws need, and share the packages; return the app's folder."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests/vectors", folder / "tests/vectors")
    (folder / "pwa/settings.mjs").write_text(SETTINGS)
    (folder / "pwa/node_modules").symlink_to(ROOT / "pwa/node_modules")
    return folder / "pwa"


def laws(app: Path, killers: list[str]) -> dict[str, int]:
    """Run laws in a folder and return how many passed and how many failed; raises for a run that broke."""
    files = sorted({killer.split("::")[0] for killer in killers})
    names = "|".join(re.escape(killer.split("::")[1]) for killer in killers)
    command = (*VITEST, *REPORT, *files, f"--testNamePattern={names}")
    answer = subprocess.run(command, cwd=app, check=False, capture_output=True, text=True, env=os.environ | CHANCE)
    report = app / "report.json"
    assert report.exists(), answer.stdout + answer.stderr
    told = json.loads(report.read_text())
    assert told["numTotalTests"] > 0, answer.stdout + answer.stderr
    return {"passed": told["numPassedTests"], "failed": told["numFailedTests"]}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mistake_is_noticed(mutation: Mutation, tmp_path: Path) -> None:
    app = copied(tmp_path)
    source = (app / mutation.file).read_text()
    assert source.count(mutation.text) == 1, "the table must quote the source exactly, and one place of it"
    (app / mutation.file).write_text(source.replace(mutation.text, mutation.instead))
    assert laws(app, [mutation.killer])["failed"] > 0


def test_the_laws_hold_where_nothing_was_changed(tmp_path: Path) -> None:
    outcome = laws(copied(tmp_path), [mutation.killer for mutation in MUTATIONS])
    assert outcome["failed"] == 0
    assert outcome["passed"] >= len({mutation.killer for mutation in MUTATIONS})
