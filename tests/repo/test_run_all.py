"""What ``make test`` counts: nothing that did not run may look as if it had passed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import run_all
from tests.stages import ROOT, Count, Outcome, Stage, everything, junit, last_line, one_check

PASSED = '<testcase name="a"/>'
FAILED = '<testcase name="b"><failure/></testcase>'
BROKEN = '<testcase name="c"><error/></testcase>'
SKIPPED = '<testcase name="d"><skipped/></testcase>'


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run_all, "REPORTS", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("cases", "code", "count"),
    [
        ([PASSED, PASSED], 0, Count(2, 0)),
        ([PASSED, FAILED, BROKEN], 1, Count(1, 2)),
        ([PASSED, SKIPPED], 0, Count(1, 1)),
        ([PASSED], 1, Count(1, 1)),
    ],
)
def test_a_report_is_counted_case_by_case(tmp_path: Path, cases: list[str], code: int, count: Count) -> None:
    report = tmp_path / "report.xml"
    report.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    assert junit(Outcome(code, tmp_path / "log", report)) == count


def test_only_the_other_browsers_have_no_stage() -> None:
    words = [word for stages in everything(1, "test") for stage in stages for word in stage.command]
    left_out = {word.removeprefix("--ignore=") for word in words if word.startswith("--ignore=")}
    assert left_out - set(words) == {"tests/other_browsers"}


def test_a_summary_is_read_from_the_last_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text('playing\n{"passed": 3, "failed": 0}\n')
    assert last_line(Outcome(0, log, log)) == Count(3, 0)
    assert last_line(Outcome(1, log, log)) == Count(3, 1)


@pytest.mark.parametrize(
    "stage",
    [
        Stage("empty", (sys.executable, "-c", ""), lambda _: Count(0, 0)),
        Stage("silent", (sys.executable, "-c", ""), junit),
        Stage("wordless", (sys.executable, "-c", ""), last_line),
        Stage("dying", (sys.executable, "-c", "raise SystemExit(3)"), one_check),
        Stage("missing", ("no-such-tool",), one_check),
    ],
    ids=lambda stage: stage.name,
)
@pytest.mark.usefixtures("reports")
def test_a_stage_without_results_has_failed(stage: Stage) -> None:
    assert run_all.run(stage) == Count(0, 1)


def test_a_report_of_an_earlier_run_does_not_count(reports: Path) -> None:
    (reports / "stale.xml").write_text(f"<testsuite>{PASSED}</testsuite>")
    assert run_all.run(Stage("stale", (sys.executable, "-c", ""), junit)) == Count(0, 1)


def test_a_stage_that_hangs_is_ended(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_all, "STAGE_TIMEOUT_S", 0.2)
    assert run_all.run(Stage("slow", ("sleep", "60"), one_check)) == Count(0, 1)
    assert "ended after" in (reports / "slow.log").read_text()


@pytest.mark.parametrize(("needed", "is_in_memory"), [(0, True), (1 << 60, False)])
def test_what_stages_throw_away_lies_in_memory_where_there_is_enough_and_is_gone_then(
    reports: Path, monkeypatch: pytest.MonkeyPatch, *, needed: int, is_in_memory: bool
) -> None:
    memory = reports / "memory"
    memory.mkdir()
    monkeypatch.setattr(run_all, "MEMORY", memory)
    monkeypatch.setattr(run_all, "ENOUGH_MEMORY", needed)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    told = "import tempfile; print(tempfile.mkdtemp())"
    assert run_all.run_all([[Stage("told", (sys.executable, "-c", told), one_check)]]) == 0
    assert (reports / "told.log").read_text().startswith(f"{memory}/") is is_in_memory
    assert list(memory.iterdir()) == []


INTERRUPTED = """
import signal
import subprocess
import sys
import time
from pathlib import Path
from tests import run_all
from tests.stages import Stage, one_check

run_all.REPORTS = Path(sys.argv[1])
slow = Stage("slow", ("sh", "-c", "echo $$ > $0/pid; exec sleep 60", sys.argv[1]), one_check)
run_all.run_all([[slow], [Stage("next", ("touch", sys.argv[1] + "/next"), one_check)]])
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_takes_its_stages_along(tmp_path: Path, how: signal.Signals) -> None:
    runner = subprocess.Popen((sys.executable, "-c", INTERRUPTED, tmp_path), cwd=ROOT)
    pid = tmp_path / "pid"
    while not (pid.exists() and pid.read_text()):
        time.sleep(0.02)
    runner.send_signal(how)
    assert runner.wait(20) == 130
    assert not Path(f"/proc/{pid.read_text().strip()}").exists()
    assert not (tmp_path / "next").exists()
