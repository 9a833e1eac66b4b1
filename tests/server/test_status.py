"""`fieldproof status`: the admin's page for whoever runs the server, and an exit code for cron."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec import structs

from schemas.health import (
    AuditFacts,
    BackupFacts,
    ClockFacts,
    DeviceFacts,
    Health,
    HolidayFacts,
    RestoreFacts,
    ServerFacts,
    StorageFacts,
    WaitingFacts,
    YearWithoutHolidays,
)
from schemas.vocabulary import Advice, Wellness
from server.cli import status_words as words
from server.cli.alone import alone, held_since
from server.cli.commands import main
from server.cli.status import Status
from server.cli.status_words import ADVICE, size_words, status_words
from server.health import looking
from server.health.judging import GIB
from server.platform.ambient import RealAmbient
from tests.server.demo_company import Demo

NOON = 1_795_752_000_000
WELL: tuple[Wellness, tuple[Advice, ...]] = (Wellness.WELL, ())

LACKING = HolidayFacts(
    wellness=Wellness.LOOK,
    advice=(Advice.HOLIDAYS_MISSING, Advice.HOLIDAYS_DUE),
    units=3,
    missing=(
        YearWithoutHolidays(year=2026, units=("桃園分公司",)),
        YearWithoutHolidays(year=2027, units=("板橋服務中心", "桃園分公司")),
    ),
)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A disk that a test may fill."""
    usage = SimpleNamespace(free=60 * GIB, total=500 * GIB)
    monkeypatch.setattr(looking, "shutil", SimpleNamespace(disk_usage=lambda _: usage))
    return usage


@pytest.fixture
def data(demo_url: str, demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the demonstration with its files; nobody serves it."""
    monkeypatch.setenv("DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", demo_url)
    shutil.copytree(demo.blobs, tmp_path / "data" / "blobs")
    return tmp_path / "data"


def test_cron_is_told_by_the_exit_code_and_people_in_lines(
    data: Path, disk: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status"]) == 2
    said = capsys.readouterr().out
    assert "要處理　 程式：0.1.0 版，沒有在執行" in said
    assert f"→ {ADVICE[Advice.NOT_RUNNING]}" in said
    assert f"→ {ADVICE[Advice.BACKUP_NEVER]}" in said
    assert main(["backup", str(tmp_path / "backup.tgz")]) == 0
    with alone(data):
        capsys.readouterr()
        assert main(["status"]) == 0, capsys.readouterr().out
        said = capsys.readouterr().out
        assert len(said.splitlines()) in {8, 9}, "a line for each fact, one more where there are two clocks"
        assert all(line.startswith("正常") for line in said.splitlines())
        assert "讀得回來" in said
        disk.free = 20 * GIB
        assert main(["status"]) == 1
        assert ADVICE[Advice.DISK_LOW] in capsys.readouterr().out


def test_a_backup_that_cannot_be_read_back_is_told_at_once_and_by_the_status(
    data: Path,
    disk: SimpleNamespace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert disk.free
    monkeypatch.setattr("server.cli.archive._hash", lambda content: str(len(content.read())) + str(id(content)))
    assert main(["backup", str(tmp_path / "backup.tgz")]) == 1
    assert "和清單不符" in capsys.readouterr().err
    with alone(data):
        assert main(["status"]) == 2
    assert ADVICE[Advice.BACKUP_UNREADABLE] in capsys.readouterr().out


@pytest.mark.parametrize("url", ["", "sqlite:///{}/nothing.db", "sqlite:///{}/no/folder/nothing.db"])
def test_where_no_company_can_be_read_nothing_is_well_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path / "nowhere"))
    monkeypatch.setenv("DATABASE_URL", url.format(tmp_path))
    assert main(["status"]) == 2
    assert "還沒有公司" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert main(["status"]) == 2
    assert "資料庫連不上" in capsys.readouterr().err


def test_since_when_a_folder_is_worked_on_is_told_by_its_lock(tmp_path: Path) -> None:
    assert held_since(tmp_path) is None
    (tmp_path / "lock").touch()
    assert held_since(tmp_path) is None
    before = RealAmbient().now()
    with alone(tmp_path):
        since = held_since(tmp_path)
        assert since is not None
        assert before - 1_000 <= since <= RealAmbient().now()
    assert held_since(tmp_path) is None


def test_everything_is_told_in_words() -> None:
    assert ADVICE.keys() == set(Advice)
    both = (Wellness.LOOK, (Advice.DEVICES_SILENT, Advice.QUARANTINE_WAITING))
    health = Health(
        at=NOON,
        wellness=Wellness.LOOK,
        server=ServerFacts(wellness=WELL[0], advice=WELL[1], version="0.1.0", started_at=NOON),
        storage=StorageFacts(
            wellness=WELL[0],
            advice=WELL[1],
            database="postgresql",
            database_bytes=5 << 20,
            files_bytes=3 * GIB,
            disk_free=60 * GIB,
            disk_total=500 * GIB,
        ),
        backup=BackupFacts(wellness=WELL[0], advice=WELL[1], at=NOON, bytes=2_048, verified=False, missing=2),
        devices=DeviceFacts(
            wellness=both[0], advice=both[1], active=12, silent=1, stopped_waiting=2, quarantined=1_234
        ),
        waiting=WaitingFacts(
            wellness=WELL[0],
            advice=WELL[1],
            held=3,
            held_since=NOON,
            rivals=4,
            files_missing=300,
            files_gone=1,
            more_files=True,
        ),
        restore=RestoreFacts(wellness=WELL[0], advice=WELL[1], at=NOON, losses=1, partings=2, awaited=3),
        audit=AuditFacts(wellness=WELL[0], advice=WELL[1], entries=5_000, checked=1_000, broken=1),
        holidays=LACKING,
        clock=ClockFacts(wellness=WELL[0], advice=WELL[1], ahead_ms=-1_500),
    )
    files = "還沒收到的照片和簽名 300 件以上，其中找不到的 1 件"
    assert status_words([Status("大安家電", health)]) == [
        "正常　　 程式：0.1.0 版，2026/11/27 12:00 啟動",
        "正常　　 資料：資料庫 PostgreSQL 5.0 MB，照片和簽名 3.0 GB，磁碟剩 60.0 GB（12%）",
        "正常　　 備份：2026/11/27 12:00，2 KB，讀不回來，缺 2 個檔案",
        "要留意　 裝置：使用中 12 台，3 天沒連上又有沒送出的 1 台，停用後交回待處理 2 台、1,234 筆",
        f"　　　　　→ {ADVICE[Advice.DEVICES_SILENT]}",
        f"　　　　　→ {ADVICE[Advice.QUARANTINE_WAITING]}",
        f"正常　　 等人處理：保留待處理 3 筆（最早 2026/11/27 12:00），兩個值待選 4 件，{files}",
        "正常　　 還原：上次 2026/11/27 12:00，還沒回來的裝置 3 台，一直沒送到 1 件，複製或還原過的裝置 2 件",
        "正常　　 稽核紀錄：5,000 筆，查了最近 1,000 筆，1 筆不符",
        "要留意　 國定假日：3 個單位，缺 2026 年：桃園分公司，缺 2027 年：板橋服務中心、桃園分公司",
        f"　　　　　→ {ADVICE[Advice.HOLIDAYS_MISSING]}",
        f"　　　　　→ {ADVICE[Advice.HOLIDAYS_DUE]}",
        "正常　　 時鐘：資料庫和主機差 1.5 秒",
    ]
    two = [Status("大安家電", structs.replace(health, clock=None)), Status("信義家電", health)]
    assert [line for line in status_words(two) if line.endswith("家電：")] == ["大安家電：", "信義家電："]


@pytest.mark.parametrize(
    ("count", "said"), [(0, "1 KB"), (18_432, "18 KB"), (1_150_000, "1.1 MB"), (3 * GIB, "3.0 GB"), (2 << 40, "2.0 TB")]
)
def test_sizes_are_told_as_people_say_them(count: int, said: str) -> None:
    assert size_words(count) == said
    assert words.EXIT_CODES == {Wellness.WELL: 0, Wellness.LOOK: 1, Wellness.BAD: 2}
