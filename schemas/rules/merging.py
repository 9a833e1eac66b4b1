"""Whom a duplicate stands for, and what is filled in from it: a merge is a pointer, nothing is rewritten (ADR 42)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from schemas.registry import Kind

FILLED_IN: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.CUSTOMER: ("phone", "mobile", "tax_id"),
        Kind.ASSET: ("model_no", "serial_no", "sold_at", "warranty_until"),
    }
)
"""What of the kinds that are merged the one that stays takes over where it has nothing itself."""


def head_of(merged_into: Mapping[str, str | None], doc: str) -> str:
    """Return which document one stands for: itself, or the last one of its chain of merges.

    ``merged_into`` has every document that stands. A pointer to any other is followed by nobody, and neither is a
    circle: what nobody could reach stands for itself again.
    """
    passed = [doc]
    while (following := merged_into.get(passed[-1])) is not None and following in merged_into:
        if following in passed:
            return doc
        passed.append(following)
    return passed[-1]


def filled_in(kind: Kind, stays: Struct, merged: Struct) -> dict[str, Any]:
    """Return what the one that stays takes over: it keeps its own, and a number that it has is not written twice."""
    mine = {field: getattr(stays, field) for field in FILLED_IN[kind]}
    theirs = {field: getattr(merged, field) for field in FILLED_IN[kind]}
    return {
        field: value
        for field, value in theirs.items()
        if value is not None and mine[field] is None and value not in mine.values()
    }
