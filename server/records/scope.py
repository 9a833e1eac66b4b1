"""The one place where it is decided whose documents somebody sees and commands (F016, SPEC F3)."""

from sqlalchemy import ColumnElement, true

from schemas.problems import Code, Problem
from schemas.registry import COMPANY_WIDE, Kind
from server.platform.caller import Caller
from server.records.documents import KINDS, Documents, Found, Shape


def in_scope(units: frozenset[str], unit: object) -> bool:
    """Tell whether what belongs to a unit is within these units; what belongs to none is within nobody's."""
    return unit in units


def sees(units: frozenset[str], kind: Kind, unit: object) -> bool:
    """Tell whether whoever has these units in his scope sees the documents of a kind and a unit."""
    return kind in COMPANY_WIDE or in_scope(units, unit)


def is_told_to(caller: Caller | None, unit: ColumnElement[str]) -> ColumnElement[bool]:
    """Return the condition that what belongs to the unit in a column is within a caller's scope; None: the operator."""
    return true() if caller is None else unit.in_(caller.units)


async def get_in_scope(documents: Documents, caller: Caller, shape: type[Shape], doc: str) -> Found[Shape] | None:
    """Return a document that the caller sees, None for any other: whether it is there he does not learn."""
    found = await documents.get(shape, doc)
    unit = None if found is None else getattr(found.shown, "unit", None)
    return found if sees(caller.units, KINDS[shape], unit) else None


async def named_by(documents: Documents, caller: Caller, shape: type[Shape], doc: str) -> Found[Shape]:
    """Return the document that a command names (see :func:`get_in_scope`); raises ``Problem`` for none."""
    found = await get_in_scope(documents, caller, shape, doc)
    if found is None:
        raise Problem(Code.RECORD_MISSING)
    return found
