"""For every test: fresh databases of both engines, and how hard Hypothesis tries."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.support.databases import Databases, PostgresServer, SqliteFiles, postgres_server

# Neither Hypothesis's deadline (two cores are busy, speed is measured by the benchmarks) nor its own choice under CI.
settings.register_profile("test", deadline=None, print_blob=True)
settings.register_profile("proof", settings.get_profile("test"), max_examples=2_000)
settings.load_profile("test")

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One PostgreSQL per test process, started by the first test that asks for it."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session", params=ENGINES)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both engines, one after the other."""
    fixture = {"sqlite": "sqlite_files", "postgresql": "postgres"}[request.param]
    engine: Databases = request.getfixturevalue(fixture)
    return engine


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The URL of an empty database that only this test uses."""
    name = f"test_{uuid4().hex}"
    yield databases.create(name)
    databases.drop(name)
