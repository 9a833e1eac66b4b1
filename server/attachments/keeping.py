"""Keeping files, and giving them out to whoever sees a document that names them."""

from hashlib import sha256
from typing import Any

from msgspec import Struct
from sqlalchemy import Select, and_, select

from schemas.erasure import NAMED_BY
from schemas.problems import Code, Problem
from schemas.registry import SHAPES
from server.attachments.images import check_image
from server.attachments.media_types import media_type_of
from server.attachments.storing import FileStore
from server.platform.ambient import new_id
from server.platform.caller import Caller
from server.platform.database import insert_into
from server.records.documents import Documents
from server.records.erased_files import is_erased, note_back, note_named_again, note_removed
from server.records.journal import Journal
from server.records.kept_files import BLOB, MISSING_FILE
from server.records.missing_files import note_lost, note_there
from server.records.naming import device_names, held_names
from server.records.quarantines import quarantine_of
from server.records.scope import in_scope
from server.records.sql_ledger import SqlLedger
from server.records.work import Work


class Kept(Struct, frozen=True):
    """A file that may be given out."""

    size: int
    media_type: str


async def keep(journal: Journal, files: FileStore, caller: Caller, name: str, content: bytes) -> None:
    """Take in a file; the same one again changes nothing, and mends one that was lost from the disk.

    The bytes come first and the row after them, so that whatever a row names is there. Whoever listens is told that
    there is something new: a screen may wait for this file. What was erased, and nothing names, is not kept again
    (ADR 44), also if that happens in between.
    Raises ``Problem`` for bytes with another hash, of a type that is not taken in, or of an image that is none (see
    :func:`check_image`).
    """
    async with journal.glancing(caller.company) as ledger:
        if await is_erased(ledger.connection, caller.company, name):
            return  # whoever brings it cannot know that it is gone for good, and need not come again
    kept = await stored(files, name, content, new_id(journal.ambient))

    async def note(work: Work) -> bool:
        if await is_erased(work.connection, work.company, name):
            await note_back(work.connection, work.company, name)
            return False
        if await note_named_again(work.connection, work.company, {name}):
            await files.put(name, content, new_id(journal.ambient))  # the first may have been removed meanwhile
        await note_file(work, caller.user, name, kept)
        return True

    if not await journal.write(caller.company, note):
        await remove_erased(journal, files, caller.company, name)


async def remove_erased(journal: Journal, files: FileStore, company: str, name: str) -> None:
    """Remove the bytes of an erased file, unless a record has come to name it.

    The transaction is open until they are gone: what was wanted again by then is stored behind it.
    """
    async with journal.database.writing() as connection:
        if await note_removed(connection, company, name, journal.ambient.now()):
            await files.remove(name)


async def stored(files: FileStore, name: str, content: bytes, unique: str) -> Kept:
    """Put a file's bytes on the disk and return what a row says of it; raises ``Problem`` as :func:`keep` does."""
    if sha256(content).hexdigest() != name:
        raise Problem(Code.BLOB_HASH)
    media_type = media_type_of(content)
    if media_type is None:
        raise Problem(Code.BLOB_TYPE)
    await check_image(content, media_type)
    await files.put(name, content, unique)
    return Kept(len(content), media_type)


async def check_wanted(ledger: SqlLedger, caller: Caller, name: str) -> None:
    """Raise ``Problem`` for a file of a stopped device that none of its operations names, or once it is all here."""
    quarantine = await quarantine_of(ledger.connection, caller)
    if quarantine is None or quarantine.closed_at is not None:
        raise Problem(Code.DEVICE_QUARANTINE_OVER)
    if not await device_names(ledger.connection, caller.company, caller.device, name):
        raise Problem(Code.BLOB_MISSING)


async def find(journal: Journal, files: FileStore, caller: Caller, name: str) -> Kept:
    """Return what is known of a file that the caller stored himself, or that a document of his units names.

    Held work of his units names its files too. One that is not where it was put is noted as lost; one that is there
    again, as found. Raises ``Problem`` for any other, in the same words as for one that has not arrived.
    """
    async with journal.reading(caller.company) as ledger:
        row = (await ledger.connection.execute(_known(caller, name))).first()
        documents = Documents(ledger.connection, caller.company)
        if row is None:
            raise Problem(Code.BLOB_MISSING)
        if (
            row.stored_by != caller.user
            and not await _is_named(documents, caller, name)
            and not await held_names(ledger.connection, caller, name)
        ):
            raise Problem(Code.BLOB_MISSING)
    is_there = await files.size(name) is not None
    if is_there is row.is_missing:
        note = note_there if is_there else note_lost
        await journal.note(caller.company, lambda work: note(work, name))
    if not is_there:
        raise Problem(Code.BLOB_MISSING)
    return Kept(row.size, row.media_type)


def _known(caller: Caller, name: str) -> Select[Any]:
    same = and_(MISSING_FILE.c.company == BLOB.c.company, MISSING_FILE.c.sha256 == BLOB.c.sha256)
    is_missing = MISSING_FILE.c.sha256.is_not(None).label("is_missing")
    return (
        select(BLOB, is_missing)
        .outerjoin(MISSING_FILE, same)
        .where(BLOB.c.company == caller.company, BLOB.c.sha256 == name)
    )


async def _is_named(documents: Documents, caller: Caller, name: str) -> bool:
    for kind, fields in NAMED_BY.items():
        for field in fields:
            found = await documents.where(SHAPES[kind], field, [name])
            if any(in_scope(caller.units, getattr(each.shown, "unit", None)) for each in found):
                return True
    return False


async def note_file(work: Work, user: str, name: str, kept: Kept) -> None:
    """Write the row of a file whose bytes are there, unless there is one; it is missing no more."""
    row = {
        "company": work.company,
        "sha256": name,
        "size": kept.size,
        "media_type": kept.media_type,
        "stored_at": work.now,
        "stored_by": user,
    }
    await work.connection.execute(insert_into(work.connection.dialect, BLOB).values(row).on_conflict_do_nothing())
    await note_there(work, name)
