"""The console: what may be typed behind ``fieldproof`` (or ``python -m server``)."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import uvloop
from alembic.util import CommandError

from server.cli.alone import InUseError
from server.cli.serving import serve
from server.platform.ambient import RealAmbient
from server.platform.settings import Settings, settings_from

Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def main(words: Sequence[str]) -> int:
    """Run a command and return its exit code; what can be expected to go wrong is told in one line."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    typed = _parser().parse_args(words)
    try:
        return uvloop.run(_COMMANDS[typed.command](settings_from(os.environ), typed))
    except InUseError as folder:
        return _failed(f"{folder} 正由另一個程序使用。先停掉它。")
    except CommandError as error:
        return _failed(f"資料庫是較新的版本寫的，這一版不能用。{error}")
    except (OSError, ValueError) as error:
        return _failed(str(error))


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
    return parser


async def _serve(settings: Settings, _typed: argparse.Namespace) -> int:
    await serve(settings, RealAmbient(), _say)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _failed(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


_COMMANDS: Mapping[str, Command] = MappingProxyType({"serve": _serve})
