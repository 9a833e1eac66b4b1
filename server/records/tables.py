"""Tables of the operation log, and one typed table per kind derived from its Struct."""

import types
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Struct
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, text
from sqlalchemy.types import TypeEngine

from schemas.registry import SHAPES, Kind
from server.platform.database import METADATA

EPOCH = Table(
    "epoch",
    METADATA,
    Column("company", String, primary_key=True),
    Column("epoch", String, primary_key=True),
    Column("parent", String),
    Column("fork", BigInteger, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
)

HEAD = Table(
    "head",
    METADATA,
    Column("company", String, primary_key=True),
    Column("epoch", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("incarnation", String),
    Column("horizon", BigInteger, nullable=False, server_default="0"),
    Column("branches", String),
)
"""Where each log ends, and up to where its feeds have forgotten what is gone (SPEC F5).

The current incarnation stands beside the position, so that whoever reads one has the other. ``branches`` is JSON: which
incarnation goes on from which, and where (see ``Head``); it is wanted with every commit.
"""

INCARNATION = Table(
    "incarnation",
    METADATA,
    Column("company", String, primary_key=True),
    Column("incarnation", String, primary_key=True),
    Column("ordinal", BigInteger, nullable=False),
    Column("epoch", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
)

ACTOR = Table(
    "actor",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("device", String, nullable=False),
    Column("user", String, nullable=False),
    Column("place", String, nullable=False),
    Column("epoch", String, nullable=False),
    Column("parent", String),
    Column("parent_seq", BigInteger, nullable=False),
    Column("parent_head", String),
    Column("acked_seq", BigInteger, nullable=False),
    Column("head", String, nullable=False),
    Column("follows", Boolean),
)
"""``follows`` tells whether this log had the past that a renamed actor names; null until anything of it came (A3)."""

OPERATION = Table(
    "operation",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("doc", String, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("sha256", String, nullable=False),
    Column("head", String, nullable=False),
    Column("author", String, nullable=False),
    Column("place", String, nullable=False),
    Column("epoch", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("effective_at", BigInteger, nullable=False),
    Column("verdict", String, nullable=False),
    Column("role", String, nullable=False),
    Column("problem", String),
    Index("ix_operation_document", "company", "kind", "doc"),
    Index("ix_operation_position", "company", "position"),
    Index("ix_operation_held", "company", "verdict"),
)

READMISSION = Table(
    "readmission",
    METADATA,
    Column("company", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", String, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("brought_by", String),
    Index("ix_readmission_position", "company", "position"),
)

FEED_ENTRY = Table(
    "feed_entry",
    METADATA,
    Column("company", String, primary_key=True),
    Column("audience", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("gone", Boolean, nullable=False),
    Index("ix_feed_entry_position", "company", "audience", "position"),
    Index("ix_feed_entry_gone", "company", "position", sqlite_where=text("gone = 1"), postgresql_where=text("gone")),
)

FEED_DIGEST = Table(
    "feed_digest",
    METADATA,
    Column("company", String, primary_key=True),
    Column("audience", String, primary_key=True),
    *(Column(f"word{number}", BigInteger, nullable=False) for number in range(4)),
)
"""The digest of each audience's present feed entries (SPEC F4), as four signed words."""

PROJECTION = Table(
    "projection",
    METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("fingerprint", String, nullable=False),
)
"""Which shape and which merge rules the tables of documents were last built with."""


def columns_of(shape: type[Struct]) -> Mapping[str, type[TypeEngine[Any]]]:
    """Return field to column type; every field of a kind is a text, a number or a truth."""
    hints = get_type_hints(shape, include_extras=True)
    return MappingProxyType({name: _column_type(hints[name]) for name in shape.__struct_fields__})


def _column_type(hint: object) -> type[TypeEngine[Any]]:
    if get_origin(hint) in (Union, types.UnionType):
        return _column_type(next(each for each in get_args(hint) if each is not type(None)))
    if get_origin(hint) is Annotated:
        return _column_type(get_args(hint)[0])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return String
    return {str: String, int: BigInteger, bool: Boolean}[hint]  # type: ignore[index]


_INDEXES: Mapping[Kind, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        Kind.ROLE_GRANT: (("user",), ("unit",)),
        Kind.DEVICE: (("user",),),
        Kind.CUSTOMER: (("unit",), ("phone",), ("merged_into",), ("erased_at",)),
        Kind.ASSET: (("customer",), ("serial_no",), ("merged_into",)),
        Kind.SERVICE_CALL: (("unit", "received_at"), ("asset",), ("number",)),
        Kind.DISPATCH: (("call",), ("technician",)),
        Kind.SERVICE_VISIT: (("call",), ("asset",)),
        Kind.SIGNATURE: (("visit",), ("strokes_sha256",), ("image_sha256",)),
        Kind.PHOTO: (("visit",), ("image_sha256",)),
        Kind.CALENDAR_DAY: (("unit",),),
        Kind.RECONCILIATION: (("unit",),),
        Kind.SIGNATURE_COPY: (("signature",),),
        Kind.CONTACT_ATTEMPT: (("call",),),
        Kind.COVERED_ASSET: (("asset",), ("contract",)),
        Kind.ADMIN_TIME: (("user",),),
        Kind.ABSENCE: (("unit",),),
        Kind.PRESET: (("unit",),),
    }
)
"""What is searched by, kind by kind; every index begins with the company."""


def _document_table(kind: Kind) -> Table:
    name = kind.value
    return Table(
        name,
        METADATA,
        Column("company", String, primary_key=True),
        Column("id", String, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("rivals", Integer, nullable=False),
        Column("gone", Boolean, nullable=False),
        Column("state", LargeBinary, nullable=False),
        *(Column(field, column) for field, column in columns_of(SHAPES[kind]).items()),
        *(Index(f"ix_{name}_{'_'.join(fields)}", "company", *fields) for fields in _INDEXES.get(kind, ())),
        Index(f"ix_{name}_rivals", "company", "rivals"),
    )


DOCUMENTS: Mapping[Kind, Table] = MappingProxyType({kind: _document_table(kind) for kind in Kind})
"""Kind to its table: the shown value of every field, ``state`` with all registers, ``rivals`` counting the fields that
ask a person, ``gone`` telling that the document is deleted. A pure projection of the log."""
