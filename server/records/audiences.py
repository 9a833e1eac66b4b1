"""Who receives a document: the company, or its unit."""

from collections.abc import Iterable

from schemas.registry import COMPANY_WIDE, Kind
from schemas.rights import SEES_EVERY_UNIT
from schemas.vocabulary import Role

COMPANY = "company"
"""The audience that everybody belongs to."""


_UNIT = "unit:"


def unit_audience(unit: str) -> str:
    """Return the audience of one unit."""
    return _UNIT + unit


def unit_of(audience: str) -> str | None:
    """Return the unit whose audience it is; None for the company's."""
    return audience.removeprefix(_UNIT) if audience.startswith(_UNIT) else None


def audiences_of(kind: Kind, fields: dict[str, object]) -> frozenset[str]:
    """Return the audiences of a document as it stands (SPEC F1); none while its unit is not known."""
    if kind in COMPANY_WIDE:
        return frozenset({COMPANY})
    unit = fields.get("unit")
    return frozenset({unit_audience(unit)}) if isinstance(unit, str) else frozenset()


def audiences_for(roles: Iterable[Role], own_unit: str, every_unit: Iterable[str]) -> tuple[str, ...]:
    """Return the audiences of a person: the company's, his unit's, or all units' where his role sees them (F016)."""
    units = every_unit if SEES_EVERY_UNIT & set(roles) else (own_unit,)
    return tuple(sorted({COMPANY, *(unit_audience(unit) for unit in units)}))
