"""Bringing the tables of an older version up to this one's shape, in one transaction (Alembic)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from server.platform.database import METADATA

NEWEST = "head"
"""Alembic's word for the revision that this version needs."""

FOLDER = Path(__file__).parent
HISTORY_TABLE = "alembic_version"


def newest_revision() -> str:
    """Return the revision of the tables that this version works with."""
    revision = _scripts().get_current_head()
    if revision is None:
        raise RuntimeError("there is no revision")
    return revision


def knows(revision: str) -> bool:
    """Tell whether this version can bring tables of that revision up to date."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


async def migrate(connection: AsyncConnection, revision: str = NEWEST) -> None:
    """Bring the tables up to a revision inside the caller's transaction; an empty database gets all of them.

    Raises ``alembic.util.CommandError`` for tables of a newer version than this one.
    """
    await connection.run_sync(_upgrade, revision)


async def revision_of(connection: AsyncConnection) -> str | None:
    """Return the revision of the tables as they are, None for an empty database."""
    return await connection.run_sync(lambda plain: MigrationContext.configure(plain).get_current_revision())


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["metadata"] = METADATA
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
