"""Fresh databases for tests: SQLite files, and databases of a PostgreSQL that the tests start themselves."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import asyncpg
from sqlalchemy.engine import make_url

from tests.support.processes import ending_with_us

START_TIMEOUT_S = 30
UNFRIENDLY_COLLATION = ["--locale-provider=icu", "--icu-locale=zh-Hant-TW", "--encoding=UTF8"]
"""Not C: code that leans on the database to sort ids by their bytes fails here and not at a customer's."""
FAST = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}
"""A test may kill our processes, never the kernel, so no test needs the disk itself."""
DURABLE = {"max_connections": "200"}
"""As PostgreSQL comes: what it has acknowledged is on the disk."""


class Databases(Protocol):
    """One database engine that makes and drops databases by name."""

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, empty or as a copy of ``template``, and return its SQLAlchemy URL."""

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""


class SqliteFiles:
    """Databases as files in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, name: str, template: str | None = None) -> str:
        path = self._folder / f"{name}.sqlite3"
        if template is not None:
            source = self._folder / f"{template}.sqlite3"
            if source.with_name(f"{source.name}-wal").exists():
                raise RuntimeError(f"{template} is still open: what stands in its WAL would not be copied")
            shutil.copyfile(source, path)
        return f"sqlite+aiosqlite:///{path}"

    def drop(self, name: str) -> None:
        for path in self._folder.glob(f"{name}.sqlite3*"):
            path.unlink()


class PostgresServer:
    """Databases of one PostgreSQL server; ``url`` names it and a role that may create databases.

    ``process_id`` is its first process, 0 where somebody else started it.
    """

    def __init__(self, url: str, process_id: int = 0) -> None:
        self.url, self.process_id = url, process_id
        self._url = make_url(url).set(drivername="postgresql+asyncpg")

    def create(self, name: str, template: str | None = None) -> str:
        source = f' TEMPLATE "{template}"' if template else ""
        self._execute(f'CREATE DATABASE "{name}"{source}')
        return self._url.set(database=name).render_as_string(hide_password=False)

    def hang_up(self, name: str) -> None:
        """End every connection to a database, as a restart of the network does."""
        self._execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608

    def drop(self, name: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        async def once() -> None:
            dsn = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
            connection = await asyncpg.connect(dsn)
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(once())


@contextmanager
def postgres_server(settings: Mapping[str, str] = FAST) -> Iterator[PostgresServer]:
    """The server that TEST_DATABASE_URL names, or one of our own that ends with this process, even if it is killed."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield PostgresServer(given)
        return
    with _own_server(settings) as server:
        yield server


@contextmanager
def template(engine: Databases, name: str, prepare: Callable[[str], None]) -> Iterator[str]:
    """A database that ``prepare`` has filled, to be copied for each test."""
    prepare(engine.create(name))
    try:
        yield name
    finally:
        engine.drop(name)


@contextmanager
def _own_server(settings: Mapping[str, str]) -> Iterator[PostgresServer]:
    programs = _programs()
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="fieldproof-pg-") as name:  # short: the socket's path has a limit
        folder = Path(name)
        if user:
            shutil.chown(folder, user, user)
        data = str(folder / "data")
        initdb = [str(programs / "initdb"), "-D", data, "-U", "fieldproof", "--auth=trust", "--no-sync"]
        subprocess.run(ending_with_us([*initdb, *UNFRIENDLY_COLLATION], user), check=True, capture_output=True, cwd="/")
        # A socket in a private folder instead of a port: nobody else can connect, and nobody else can take it first.
        private = {**settings, "listen_addresses": "", "unix_socket_directories": name}
        command = [str(programs / "postgres"), "-D", data, *(f"--{key}={value}" for key, value in private.items())]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(ending_with_us(command, user), stdout=log, stderr=log, cwd="/")
        try:
            _wait_until_ready(process, programs, folder)
            yield PostgresServer(f"postgresql://fieldproof@/postgres?host={name}", process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown: it does not wait for clients
            process.wait(START_TIMEOUT_S)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        message = "PostgreSQL is missing: run .ci/debian-packages test, or set TEST_DATABASE_URL"
        raise FileNotFoundError(message)
    return found[-1].parent


def _wait_until_ready(process: subprocess.Popen[bytes], programs: Path, folder: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode != 0:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
        time.sleep(0.02)
