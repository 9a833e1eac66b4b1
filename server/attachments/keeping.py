"""Keeping files, and giving them out to whoever sees a document that names them."""

from collections.abc import AsyncIterator
from pathlib import Path

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from schemas.kinds.visits import Signature
from schemas.problems import Code, Problem
from server.attachments.files import Arrived, Files
from server.attachments.tables import BLOB
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.records.documents import Documents
from server.records.journal import Journal
from server.records.scope import in_scope
from server.records.sql_ledger import SqlLedger
from server.records.work import Work

_NAMED_BY = ((Signature, "strokes_sha256"), (Signature, "image_sha256"))
"""Kinds and their fields that name a file."""


class Kept(Struct, frozen=True):
    """A file that may be given out."""

    path: Path
    media_type: str


async def keep(journal: Journal, files: Files, caller: Caller, name: str, parts: AsyncIterator[bytes]) -> None:
    """Take in a file; the same one again changes nothing, and mends one that was lost from the disk.

    The bytes come first and the row after them, so that whatever a row names is there. Raises ``Problem`` for bytes
    with another hash or of a type that is not taken in.
    """
    arrived = await files.receive(name, parts, new_id(journal.ambient))
    await journal.write(caller.company, lambda work: _note(work, caller, name, arrived))


async def find(ledger: SqlLedger, files: Files, caller: Caller, name: str) -> Kept:
    """Return a file that the caller stored himself, or that a document of his units names.

    Raises ``Problem`` for any other, in the same words as for one that has not arrived.
    """
    query = select(BLOB).where(BLOB.c.company == caller.company, BLOB.c.sha256 == name)
    row = (await ledger.connection.execute(query)).first()
    path = files.path(name)
    if row is None or not path.is_file():
        raise Problem(Code.BLOB_MISSING)
    documents = Documents(ledger.connection, caller.company)
    if row.stored_by != caller.user and not await _is_named(documents, caller, name):
        raise Problem(Code.BLOB_MISSING)
    return Kept(path, row.media_type)


async def _is_named(documents: Documents, caller: Caller, name: str) -> bool:
    for shape, field in _NAMED_BY:
        if any(in_scope(caller.units, each.shown.unit) for each in await documents.where(shape, field, [name])):
            return True
    return False


async def _note(work: Work, caller: Caller, name: str, arrived: Arrived) -> None:
    dialect = sqlite if work.connection.dialect.name == "sqlite" else postgresql
    row = {
        "company": work.company,
        "sha256": name,
        "size": arrived.size,
        "media_type": arrived.media_type,
        "stored_at": work.now,
        "stored_by": caller.user,
    }
    await work.connection.execute(dialect.insert(BLOB).values(row).on_conflict_do_nothing())
