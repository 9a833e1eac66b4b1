"""`fieldproof heal-report`: the report of losses for whoever runs the server, in words and for programs."""

import asyncio
import json
from pathlib import Path

import pytest
from msgspec import structs

from schemas.healing import Awaited, EpochChange, HealReport, Loss, MissingFile, Parting, Returned, Settled
from schemas.registry import Kind
from schemas.vocabulary import LossState
from server.cli.backing_up import back_up
from server.cli.commands import main
from server.cli.heal_words import heal_words
from server.cli.healing import CompanyReport
from server.cli.restoring import restore
from server.founding.demo.cast import COMPANY
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.settings import Settings
from server.records.journal import Journal
from server.records.work import Setting, Work
from tests.server.demo_company import ignore

AMBIENT = RealAmbient()
NOON = 1_795_579_200_000  # 2026-11-25 12:00 in Taipei


async def written_and_put_back(settings: Settings, file: Path) -> None:
    await back_up(settings, AMBIENT, file)
    journal = Journal(Database(settings.url), AMBIENT, {})
    await journal.start()
    await journal.write(COMPANY, write)
    await journal.stop()
    await journal.database.close()
    await restore(settings, AMBIENT, file, ignore, replace=True)


async def write(work: Work) -> None:
    await work.decide("user-chen", [Setting(Kind.CUSTOMER, "customer-fresh", {"unit": "unit-ban", "name": "新客戶"})])


def test_a_restore_by_the_command_is_reported_with_what_was_lost_by_it(
    demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(database_url=demo_url, data=tmp_path)
    monkeypatch.setenv("DATA", str(settings.data))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    assert main(["heal-report"]) == 0
    assert "沒有還原過" in capsys.readouterr().out
    asyncio.run(written_and_put_back(settings, tmp_path / "backup.tgz"))
    assert main(["heal-report"]) == 0
    said = capsys.readouterr().out
    assert "用還原指令放回備份" in said
    assert "之後至少還有 1 次寫入，補回 0 次" in said
    assert main(["heal-report", "--json"]) == 0
    (change,) = json.loads(capsys.readouterr().out)["report"]["changes"]
    assert (change["cause"], change["reached"] - change["fork"], change["back"]) == ("restore", 1, 0)
    assert len(change["awaited"]) > 0


def test_a_database_of_another_version_is_not_read(
    tmp_path: Path, empty_database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["heal-report"]) == 1
    assert "不是這一版的" in capsys.readouterr().err


def test_everything_is_told_in_words() -> None:
    settled = Settled("user-a", NOON, "手機掉到水裡")
    device = {"device": "phone", "user": "user-b"}
    came = {"operations": 12, "documents": 5, "unproven": 2, "kept_elsewhere": 7}
    back = Returned(device="phone", user="user-b", first_at=NOON, last_at=NOON + 60_000, **came)
    own = Returned(device="server", user="server", operations=3, documents=2, unproven=0, first_at=NOON, last_at=NOON)
    change = EpochChange(
        epoch="two",
        at=NOON,
        cause="hello",
        device="phone",
        fork=40,
        reached=50,
        back=9,
        returned=(back, own),
        awaited=(Awaited("desk", "user-a", NOON), Awaited("new", "user-a", None)),
    )
    loss = Loss(
        **device,
        actor="one",
        last_seq=3,
        operations=3,
        since=NOON,
        said_at=NOON,
        state=LossState.EMPTIED,
        successor=None,
        settled=settled,
    )
    parting = Parting(
        **device,
        actor="two",
        at=NOON,
        here=2,
        there=1,
        both=True,
        documents_here=(),
        documents_there=(),
        settled=None,
    )
    report = HealReport(changes=(change,), losses=(loss,), partings=(parting,))
    names = {"phone": "Pixel", "desk": "Chrome"}, {"user-a": "王淑芬", "user-b": "陳志明"}
    assert heal_words(CompanyReport("company", NOON, report, *names)) == [
        "company：還原 1 次，缺少 1 件，複製 1 件，缺檔案 0 件",
        "還原 2026/11/25 12:00：資料庫換成較舊的，由裝置發現。備份到第 40 次寫入",
        "  之後至少還有 10 次寫入，補回 9 次",
        (
            "  Pixel（陳志明）補回 12 筆、5 份資料，2026/11/25 12:00 到 2026/11/25 12:01 收過的，"
            "其中 7 筆由其他裝置代為保存，其中 2 筆沒有回條、重新蓋章"
        ),
        (
            "  系統自己寫的（派工、編號、停用等），由各裝置補回 3 筆、2 份資料，"
            "2026/11/25 12:00 到 2026/11/25 12:00 收過的"
        ),
        "  還沒回來：Chrome（王淑芬），上次連上 2026/11/25 12:00",
        "  還沒回來：new（王淑芬），沒有連上過",
        "缺少 Pixel（陳志明）：2026/11/25 12:00 起的 3 筆。裝置的瀏覽器清掉了資料。王淑芬已結：手機掉到水裡",
        "複製 Pixel（陳志明）：2026/11/25 12:00 發現，兩台都在用，是複製的。原來的 2 筆和這台的 1 筆都留著",
    ]


def test_files_that_are_not_here_are_told_in_words() -> None:
    photo = MissingFile(
        device="phone",
        user="user-b",
        kind="photo",
        doc="photo-one",
        visit="visit-one",
        number="20261125-001",
        customer="陳美惠",
        captured_at=NOON,
        since=NOON + 60_000,
        was_here=False,
        state=LossState.AWAITED,
    )
    signed = structs.replace(photo, kind="signature", number=None, customer=None, was_here=True, state=LossState.GONE)
    report = HealReport(changes=(), losses=(), partings=(), files=(photo, signed), more_files=True)
    assert heal_words(CompanyReport("company", NOON, report, {"phone": "Pixel"}, {"user-b": "陳志明"})) == [
        "company：還原 0 次，缺少 0 件，複製 0 件，缺檔案 2 件以上",
        (
            "缺檔案：照片（陳美惠，20261125-001），Pixel（陳志明） 2026/11/25 12:00 寫的，"
            "2026/11/25 12:01 收到紀錄，沒有檔案。還在等裝置送來"
        ),
        (
            "缺檔案：客戶簽名（不知道是誰的），Pixel（陳志明） 2026/11/25 12:00 寫的，"
            "2026/11/25 12:01 發現不在原處。裝置已經沒有，沒有人有了"
        ),
    ]
