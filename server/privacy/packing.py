"""One customer's data as a ZIP: a page to read, tables, one JSON, and the files."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import msgspec

from schemas.registry import Kind
from schemas.sentences import Language
from server.attachments.media_types import media_type_of
from server.attachments.storing import FileStore
from server.privacy.collecting import Collected, NamedFile
from server.privacy.page import fields_of, page, written_lines
from server.privacy.page_words import KINDS, SEPARATOR
from server.privacy.words import Telling

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_BYTE_ORDER_MARK = "\ufeff"
_AT_ONCE = 256 * 1024


async def packed(collected: Collected, files: FileStore, made_at: int, language: Language) -> IO[bytes]:
    """Return the ZIP in a temporary file that has no name; whoever takes it closes it.

    Its texts are in one language, its files are called the same in each. No more than one of the customer's files is in
    memory at a time.
    """
    kept: IO[bytes] = await asyncio.to_thread(TemporaryFile)
    try:
        with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
            places = await _put_files(archive, collected, files)
            await asyncio.to_thread(_put_texts, archive, collected, places, made_at, language)
        kept.seek(0)
    except BaseException:
        kept.close()
        raise
    return kept


async def parts_of(kept: IO[bytes]) -> AsyncIterator[bytes]:
    """Yield a file in parts and close it."""
    with kept:
        while part := await asyncio.to_thread(kept.read, _AT_ONCE):
            yield part


async def _put_files(archive: ZipFile, collected: Collected, files: FileStore) -> dict[str, str]:
    """Put every file that is there into the archive, each once; return where they lie by their SHA-256."""
    places: dict[str, str] = {}
    for each in collected.files:
        content = None if each.sha256 in places else await files.get(each.sha256)
        if content is not None:
            places[each.sha256] = _place(each, content)
            await asyncio.to_thread(archive.writestr, places[each.sha256], content, ZIP_STORED)
    return places


def _place(named: NamedFile, content: bytes) -> str:
    ending = _ENDINGS.get(media_type_of(content) or "", "txt")
    what = named.field.removesuffix("_sha256")
    return f"{named.kind.value}/{named.doc}-{what}.{ending}"


def _put_texts(
    archive: ZipFile, collected: Collected, places: dict[str, str], made_at: int, language: Language
) -> None:
    telling = Telling.table(language, collected.names)
    archive.writestr("index.html", page(collected, places, made_at, language))
    archive.writestr("data.json", _json(collected, places, made_at))
    for kind in KINDS:
        if collected.documents[kind]:
            archive.writestr(f"{kind.value}.csv", _csv(_rows(kind, collected, telling)))
    archive.writestr("operations.csv", _csv(_operation_rows(collected, telling)))
    for each in collected.documents[Kind.SIGNATURE]:
        if "content" in each.fields:
            archive.writestr(f"signature/{each.id}-content.json", str(each.fields["content"]))


def _json(collected: Collected, places: dict[str, str], made_at: int) -> bytes:
    told = {
        "customer": collected.customer,
        "made_at": made_at,
        "documents": {
            kind.value: [{"id": each.id, "fields": each.fields} for each in stored]
            for kind, stored in collected.documents.items()
        },
        "operations": collected.operations,
        "files": places,
        "names": collected.names,
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def _rows(kind: Kind, collected: Collected, telling: Telling) -> Iterable[list[str]]:
    stored = collected.documents[kind]
    fields = fields_of(kind, stored)
    yield [telling.head("id"), *(telling.field(field) for field in fields)]
    for each in stored:
        yield [each.id, *(telling.value(field, each.fields.get(field)) for field in fields)]


def _operation_rows(collected: Collected, telling: Telling) -> Iterable[list[str]]:
    head = telling.head
    yield [
        telling.field("at"),
        *(head("received_at"), head("author"), telling.field("role")),
        *(head("kind"), head("id"), head("fields"), head("verdict")),
    ]
    for each in collected.operations:
        yield [
            telling.moment(each.written_at),
            telling.moment(each.received_at),
            telling.author(each.author),
            telling.role(each.role),
            telling.kind(Kind(each.kind)),
            each.id,
            telling.say(SEPARATOR).join(written_lines(each, telling)),
            telling.verdict(each.verdict),
        ]


def _csv(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a CSV that spreadsheets open as it is; what they would compute stands behind an apostrophe."""
    kept = io.StringIO()
    csv.writer(kept).writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows)
    return _BYTE_ORDER_MARK + kept.getvalue()
