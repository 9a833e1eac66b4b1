"""The console: what may be typed behind ``fieldproof`` (or ``python -m server``)."""

import argparse
import errno
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import uvloop
from alembic.util import CommandError

from schemas.problems import Problem
from server.cli.alone import InUseError
from server.cli.archive import ArchiveError, Manifest
from server.cli.backing_up import UnfitDatabaseError, back_up
from server.cli.heal_words import heal_words
from server.cli.healing import heal_reports
from server.cli.preparing import percent
from server.cli.receipt_words import receipt_words
from server.cli.receipts import ReceiptError, known_names, own_public_key, public_key_from, verified_receipts
from server.cli.rescuing import RescueRefusedError, import_rescue
from server.cli.resetting import NoCompanyError, WhichAdminError, reset_admin
from server.cli.restoring import NotEmptyError, restore
from server.cli.serving import WorkersError, serve
from server.cli.terminal import LOG_FORMAT, say_line
from server.cli.whose_words import device_words
from server.platform.ambient import RealAmbient
from server.platform.keys import base64url
from server.platform.settings import Settings, settings_from

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def main(words: Sequence[str]) -> int:
    """Run a command and return its exit code; what can be expected to go wrong is told in one line."""
    logging.basicConfig(level=logging.WARNING, format=LOG_FORMAT)
    typed = _parser().parse_args(words)
    try:
        return uvloop.run(_COMMANDS[typed.command](settings_from(os.environ), typed))
    except tuple(_EXPECTED) as error:
        return _failed(next(words(error) for kind, words in _EXPECTED.items() if isinstance(error, kind)))


def console() -> None:
    """Run what was typed and end the process with its exit code."""
    sys.exit(main(sys.argv[1:]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fieldproof", description="設定都在環境變數，見 README。")
    commands = parser.add_subparsers(dest="command", metavar="指令")
    parser.set_defaults(command="serve")
    commands.add_parser("serve", help="啟動（沒有指令時也是）")
    backup = commands.add_parser("backup", help="把資料庫和檔案備份成一個檔，使用中也可以")
    backup.add_argument("file", type=Path)
    restore = commands.add_parser("restore", help="驗證備份檔，再放回資料庫和檔案；要先停止服務")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="取代現有的資料")
    rescue = commands.add_parser("import-rescue", help="收進手機匯出的未送出工作；使用中也可以，收兩次等於一次")
    rescue.add_argument("file", type=Path)
    verify = commands.add_parser("verify-receipt", help="驗證手機匯出的回條檔，不用連到伺服器")
    verify.add_argument("file", type=Path)
    verify.add_argument("--key", metavar="公鑰", help="公司的公鑰，寫成 --key=公鑰；在伺服器上不用寫")
    commands.add_parser("receipt-key", help="印出公司簽回條的公鑰，給要驗證的人")
    heal = commands.add_parser("heal-report", help="還原之後補回了什麼、還缺什麼；使用中也可以")
    heal.add_argument("--json", action="store_true", help="給程式讀")
    reset = commands.add_parser("reset-admin", help="管理員忘記密碼時，發一組設定碼給他；使用中也可以")
    reset.add_argument("login", nargs="?", metavar="帳號", help="只有一位管理員時不用寫")
    return parser


async def _back_up(settings: Settings, typed: argparse.Namespace) -> int:
    manifest = await back_up(settings, RealAmbient(), typed.file)
    rows = sum(table.rows for table in manifest.tables.values())
    say_line(f"{typed.file}：{rows:,} 列，{_files_in(manifest):,} 個檔案")
    for missing in manifest.missing:
        _failed(f"缺檔：{missing}。備份裡沒有，其他的都有。")
    return 1 if manifest.missing else 0


async def _restore(settings: Settings, typed: argparse.Namespace) -> int:
    manifest = await restore(settings, RealAmbient(), typed.file, percent(say_line), replace=typed.replace)
    rows = sum(table.rows for table in manifest.tables.values())
    say_line(f"已還原 {rows:,} 列，{_files_in(manifest):,} 個檔案。手機連上後會補回備份之後的紀錄。")
    return 0


async def _import_rescue(settings: Settings, typed: argparse.Namespace) -> int:
    found = await import_rescue(settings, RealAmbient(), typed.file)
    whose = device_words(found.device_name, found.user_name)
    if found.state == "here":
        say_line(f"{whose}：{found.entries:,} 筆都已經在這裡，沒有重複收。")
    else:
        say_line(f"{whose}：收進 {found.fresh:,} 個操作，{found.fresh_blobs - found.refused:,} 個檔案。")
    if found.held:
        say_line(f"其中 {found.held:,} 個操作保留待處理，請服務主任在待決定裡決定。")
    return 0


async def _reset_admin(settings: Settings, typed: argparse.Namespace) -> int:
    admin, code = await reset_admin(settings, RealAmbient(), typed.login)
    say_line(f"{admin.name}（帳號 {admin.login}）的設定碼：{code}")
    say_line("24 小時內有效。在登入頁選「用設定碼設定密碼」。舊密碼和他的登入都已失效。")
    return 0


async def _verify_receipt(settings: Settings, typed: argparse.Namespace) -> int:
    public = public_key_from(typed.key) if typed.key else await own_public_key(settings)
    if public is None:
        return _failed("這裡沒有公司的公鑰。用 --key=公鑰，公鑰是 fieldproof receipt-key 印出的那一行。")
    say_line("\n".join(receipt_words(verified_receipts(typed.file, public), await known_names(settings))))
    return 0


async def _receipt_key(settings: Settings, _typed: argparse.Namespace) -> int:
    public = await own_public_key(settings)
    if public is None:
        raise NoCompanyError
    say_line(base64url(public))
    return 0


async def _heal_report(settings: Settings, typed: argparse.Namespace) -> int:
    for company in await heal_reports(settings, RealAmbient()):
        say_line(msgspec.json.encode(company).decode() if typed.json else "\n".join(heal_words(company)))
    return 0


def _files_in(manifest: Manifest) -> int:
    return len(manifest.members) - len(manifest.tables)


async def _serve(settings: Settings, _typed: argparse.Namespace) -> int:
    await serve(settings, RealAmbient(), say_line)
    return 0


def _failed(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


def _which(error: WhichAdminError) -> str:
    admins = "、".join(error.logins)
    return f"{error.login} 不是管理員的帳號。管理員：{admins}" if error.login else f"管理員不只一位，寫明帳號：{admins}"


def _how_many(error: WorkersError) -> str:
    (asked,) = error.args
    return (
        f"WORKERS={asked} 不行：至少要 1。"
        if asked < 1
        else f"SQLite 只能由一個程序使用，WORKERS={asked} 要用 PostgreSQL。"
    )


_DISK: Mapping[int | None, str] = MappingProxyType(
    {
        errno.ENOENT: "找不到 {}。",
        errno.EACCES: "沒有權限讀寫 {}。",
        errno.ENOTDIR: "{} 的路徑裡有一個不是資料夾。",
        errno.EISDIR: "{} 是資料夾，不是檔案。",
        errno.ENOSPC: "磁碟滿了，寫不下 {}。",
    }
)


def _of_the_disk(error: OSError) -> str:
    """Tell what the system said by its number; what has none are a command's own words."""
    said = _DISK.get(error.errno)
    return said.format(error.filename or "檔案") if said else str(error)


_EXPECTED: Mapping[type[Exception], Callable[[Any], str]] = MappingProxyType(
    {
        WorkersError: _how_many,
        InUseError: lambda folder: f"{folder} 正由另一個程序使用。先停掉它。",
        NotEmptyError: lambda _: "這裡已經有一家公司的資料。要取代它，加 --replace。",
        NoCompanyError: lambda _: "這裡還沒有公司。",
        WhichAdminError: _which,
        CommandError: lambda error: f"資料庫是較新的版本寫的，這一版不能用。{error}",
        ArchiveError: str,
        RescueRefusedError: str,
        ReceiptError: lambda why: f"驗證不符。{why}",
        UnfitDatabaseError: str,
        Problem: lambda problem: f"資料庫連不上：{problem.__cause__ or problem}",
        OSError: _of_the_disk,
        ValueError: str,
    }
)
"""What can be expected to go wrong, and the line that tells it."""

_COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        "serve": _serve,
        "backup": _back_up,
        "restore": _restore,
        "import-rescue": _import_rescue,
        "verify-receipt": _verify_receipt,
        "receipt-key": _receipt_key,
        "heal-report": _heal_report,
        "reset-admin": _reset_admin,
    }
)
