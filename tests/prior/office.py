"""A frozen office: the members of a backup, without the secrets, and the database that they become again."""

import json
import tarfile
from pathlib import Path

import msgspec
from sqlalchemy import insert, update

from server.accounts.passwords import Passwords
from server.accounts.tables import ACCOUNT
from server.attachments.files import Files
from server.cli.archive import MANIFEST, Manifest
from server.cli.rows import read_rows
from server.platform.ambient import RealAmbient
from server.platform.database import Database
from server.platform.installation import INSTALLATION
from server.platform.keys import ServerKeys
from server.platform.migrations import migrate
from server.records.rebuild import ensure_documents
from tests.prior.keys import server_keys
from tests.server.demo_company import ignore
from tests.server.world import COMPANY, PASSWORD

PRIOR = Path(__file__).parent
VERSIONS = tuple(sorted(path.parent.name for path in PRIOR.glob("*/phone.json")))

_EMPTIED = ("installation", "session", "reset_code", "sign_in_attempt")
"""Tables whose rows are secrets, or sessions of browsers that are not frozen with them."""


async def use_keys(database: Database, keys: ServerKeys) -> None:
    """Give a database that no server has served yet its installation's keys."""
    async with database.writing() as connection:
        values = {"one": 1, "receipt_seed": keys.receipt_seed, "mark_key": keys.mark_key}
        await connection.execute(insert(INSTALLATION), values)


def freeze(backup: Path, folder: Path) -> None:
    """Unpack a backup, leaving out what must stay secret."""
    with tarfile.open(backup, "r:gz") as tar:
        tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.2 of Debian 12 has none
        tar.extractall(folder)  # noqa: S202 - written by us
    for name in _EMPTIED:
        (folder / f"tables/{name}.jsonl").write_text("")
    accounts = folder / "tables/account.jsonl"
    columns = [name for name, _ in _manifest(folder).tables["account"].columns]
    kept = [json.loads(line) for line in accounts.read_text().splitlines()]
    for row in kept:
        row[columns.index("password")] = ""
    accounts.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept))


async def thaw(version: str, url: str, data: Path) -> None:
    """Make an empty database the frozen office's, brought up to this version; its people get this run's password."""
    folder = PRIOR / version / "office"
    manifest = _manifest(folder)
    database = Database(url)
    async with database.writing() as connection:
        await migrate(connection, manifest.revision)
        for name, shape in manifest.tables.items():
            with (folder / f"tables/{name}.jsonl").open("rb") as lines:
                await read_rows(connection, name, shape, lines)
        await migrate(connection)
        phc = await Passwords(RealAmbient()).hashed(PASSWORD)
        await connection.execute(update(ACCOUNT).where(ACCOUNT.c.company == COMPANY).values(password=phc))
        await ensure_documents(connection, ignore)
    await use_keys(database, server_keys(version))
    await database.close()
    for blob in folder.glob("blobs/*/*"):
        there = Files(data / "blobs", blob.parent.name).path(blob.name)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(blob.read_bytes())


def _manifest(folder: Path) -> Manifest:
    return msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
