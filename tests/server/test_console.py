"""What the operator reads on the console, and his way back in."""

import asyncio
import os
import re
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from schemas.audit import Deed
from schemas.registry import Kind
from schemas.start import DemoAccount
from schemas.vocabulary import Role
from server.audit.tables import AUDIT_ENTRY
from server.cli.commands import main
from server.cli.role_words import ROLE_WORDS
from server.cli.table import aligned
from server.cli.terminal import Terminal
from server.founding.demo.cast import COMPANY
from server.platform.database import Database
from server.platform.keys import base64url
from server.records.sql_ledger import SqlLedger
from server.records.work import Setting, Work
from tests.repo.tree import text
from tests.server.demo_company import Demo, prepared
from tests.server.test_serving import started

ADMIN = "admin"
CODE = re.compile(r"設定碼：([0-9A-Z-]+)")


@pytest.fixture
def at_console(demo_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a demonstration that the console's commands work on."""
    monkeypatch.setenv("DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", demo_url)
    return demo_url


def password_of(demo: Demo, login: str) -> str:
    return next(account.password for account in demo.answer.accounts if account.login == login)


async def deeds(url: str) -> list[tuple[str, str | None]]:
    """What the audit log says was done, and by whom, oldest first."""
    database = Database(url)
    query = select(AUDIT_ENTRY.c.deed, AUDIT_ENTRY.c.user).order_by(AUDIT_ENTRY.c.seq)
    async with database.reading() as connection:
        found = [(row.deed, row.user) for row in await connection.execute(query)]
    await database.close()
    return found


async def grant(url: str, user: str, unit: str) -> None:
    """Make somebody an admin."""
    database = Database(url)
    async with database.writing() as connection:
        work = Work(COMPANY, 1, SqlLedger(connection, COMPANY, 1), {}, connection)
        await work.decide(
            "user-admin", [Setting(Kind.ROLE_GRANT, "grant-new", {"user": user, "unit": unit, "role": Role.ADMIN})]
        )
    await database.close()


def test_an_admin_who_forgot_his_password_gets_back_in_while_the_server_runs(
    at_console: str, demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = {"login": ADMIN, "password": password_of(demo, ADMIN)}, base64url(os.urandom(12))
    with started(tmp_path / "data", at_console) as server, httpx.Client(base_url=server.address) as browser:
        assert browser.post("/api/session", json=old).is_success
        assert main(["reset-admin"]) == 0
        (code,) = CODE.findall(capsys.readouterr().out)
        assert browser.get("/api/session").json()["code"] == "session.missing"
        assert browser.post("/api/session", json=old).json()["code"] == "session.wrong_password"
        assert browser.post("/api/session/reset", json={"login": ADMIN, "code": code, "new": new}).is_success
        assert browser.post("/api/session", json={"login": ADMIN, "password": new}).is_success
    assert (Deed.PASSWORD_RESET, None) in asyncio.run(deeds(at_console))


def test_of_several_admins_one_is_named(at_console: str, capsys: pytest.CaptureFixture[str]) -> None:
    asyncio.run(grant(at_console, "user-dept", "unit-ban"))
    assert main(["reset-admin"]) == 1
    assert capsys.readouterr().err == "管理員不只一位，寫明帳號：admin、service\n"
    assert main(["reset-admin", "Service"]) == 0
    assert "簡淑芬（帳號 service）的設定碼" in capsys.readouterr().out


@pytest.mark.parametrize("login", ["lin", "nobody"])
def test_whoever_is_no_admin_is_refused_and_keeps_his_password(
    at_console: str, login: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = asyncio.run(deeds(at_console))
    assert main(["reset-admin", login]) == 1
    assert capsys.readouterr().err == f"{login} 不是管理員的帳號。管理員：admin\n"
    assert asyncio.run(deeds(at_console)) == before


@pytest.mark.parametrize("is_prepared", [False, True], ids=["nothing at all", "no company"])
def test_where_no_company_is_there_is_no_admin(
    empty_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    is_prepared: bool,
) -> None:
    if is_prepared:
        asyncio.run(prepared(empty_database_url))
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    assert main(["reset-admin"]) == 1
    assert "還沒有公司" in capsys.readouterr().err


def test_where_nothing_is_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path / "nowhere"))
    monkeypatch.setenv("DATABASE_URL", "")
    assert main(["reset-admin"]) == 1
    assert "還沒有公司" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_the_demonstrations_accounts_are_printed_where_the_server_was_started(
    tmp_path: Path, empty_database_url: str
) -> None:
    with started(tmp_path / "data", empty_database_url) as server:
        founded = httpx.post(f"{server.address}/api/start/demo", json={"code": server.code}, timeout=60)
        accounts = founded.raise_for_status().json()["accounts"]
        assert server.process.stdout is not None
        printed = [next(server.process.stdout).rstrip() for _ in range(2 + len(accounts))]
    assert printed[1].split() == ["帳號", "密碼", "姓名", "職務"]
    assert printed[2].split() == [ADMIN, accounts[0]["password"], "吳建宏", "管理員"]
    told = [[each["login"], each["password"], each["name"]] for each in accounts]
    assert [line.split()[:3] for line in printed[2:]] == told


def test_columns_stand_under_one_another_whatever_is_written_in_them() -> None:
    lines: list[str] = []
    people = [("lin", "林佳蓉", Role.CLERK), ("hsu-jia-ming", "許家銘", Role.TECHNICIAN)]
    Terminal(lines.append).show_accounts([DemoAccount(login, name, (role,), "k7") for login, name, role in people])
    assert lines[0].splitlines() == [
        "示範公司建好了。可以登入的人：",
        "帳號          密碼  姓名    職務",
        "lin           k7    林佳蓉  業務員",
        "hsu-jia-ming  k7    許家銘  技術員",
    ]
    assert aligned([("a", "中文"), ("中文", "b")]) == ["a     中文", "中文  b"]


def test_the_console_calls_the_roles_as_the_screens_do() -> None:
    on_screen = dict(re.findall(r"^  (\w+): '(.+)',$", text("pwa/src/ui/text/vocabulary.ts"), re.MULTILINE))
    assert {role: on_screen[role] for role in Role} == ROLE_WORDS


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "八千", "PORT=八千 不是整數。"),
        ("WORKERS", "-1", "WORKERS=-1 太小，至少 0。"),
        ("TOMBSTONE_DAYS", "29", "TOMBSTONE_DAYS=29 太小，至少 30。"),
    ],
)
def test_a_setting_that_cannot_be_is_told_by_its_name_in_one_line(
    name: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["receipt-key"]) != 0
    assert told in capsys.readouterr().err
