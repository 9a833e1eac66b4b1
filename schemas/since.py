"""What each version of the kinds added: all that there is between two versions, for either direction (ADR 17)."""

from collections.abc import Mapping
from types import MappingProxyType

from schemas.registry import SHAPES, Kind

ADDED: Mapping[int, Mapping[Kind, frozenset[str]]] = MappingProxyType(
    {
        2: MappingProxyType(
            {
                Kind.PHOTO: frozenset(SHAPES[Kind.PHOTO].__struct_fields__),
                Kind.SERVICE_CALL: frozenset({"withdrawn_by"}),
                Kind.DISPATCH: frozenset({"cancelled_reason"}),
            }
        )
    }
)
"""Schema to the fields that began with it, by kind: total over the schemas after the oldest.

Fields are only ever added: one never gets another meaning or a narrower type, and none goes. So what was written under
an older schema is read as it stands, and what is served to an older client is the same without what it does not know.
"""
