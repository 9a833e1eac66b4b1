"""Who plays: people with roles at two units, each with a device of his own."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from schemas.registry import Kind
from schemas.rights import SEES_EVERY_UNIT
from schemas.vocabulary import Place, Role
from server.platform.caller import Caller
from server.records.audiences import audiences_for
from tests.simulation.host import COMPANY

UNITS = ("unit-a", "unit-b")


class Person(NamedTuple):
    """Somebody, and where he writes."""

    name: str
    place: Place
    unit: str
    role: Role

    @property
    def units(self) -> tuple[str, ...]:
        """The units whose documents he works on."""
        return UNITS if self.role in SEES_EVERY_UNIT else (self.unit,)

    @property
    def user(self) -> str:
        """The id of his account."""
        return f"user-{self.name}"

    @property
    def audiences(self) -> tuple[str, ...]:
        """The feeds that he receives."""
        return audiences_for((self.role,), self.unit, UNITS)

    def caller(self, device: str, key: bytes) -> Caller:
        """Return what the session says about him and one of his devices, whose public key this is."""
        return Caller(
            company=COMPANY,
            user=self.user,
            device=device,
            place=self.place,
            unit=self.unit,
            roles=frozenset({self.role}),
            units=frozenset(self.units),
            audiences=self.audiences,
            device_key=key,
        )


PEOPLE: tuple[Person, ...] = (
    Person("clerk", Place.OFFICE, "unit-a", Role.CLERK),
    Person("technician", Place.FIELD, "unit-a", Role.TECHNICIAN),
    Person("department", Place.OFFICE, "unit-a", Role.SERVICE_DEPARTMENT),
    Person("other-clerk", Place.OFFICE, "unit-b", Role.CLERK),
    Person("other-technician", Place.FIELD, "unit-b", Role.TECHNICIAN),
    Person("second-technician", Place.FIELD, "unit-a", Role.TECHNICIAN),
    Person("boss", Place.FIELD, "unit-b", Role.SERVICE_MANAGER),
)

_TEXTS = ("甲", "乙", "丙 \U0001f6e0", None)

FIELDS: Mapping[Kind, Mapping[str, Sequence[Any]]] = MappingProxyType(
    {
        Kind.SERVICE_VISIT: {
            "fault": _TEXTS,
            "action": _TEXTS,
            "call": ("call-1", "call-2"),
            "fee_total": (0, 12, None),
        },
        Kind.CUSTOMER: {"name": _TEXTS, "note": _TEXTS},
        Kind.SERVICE_CALL: {"symptom": _TEXTS, "logged_by": ("user-a", "user-b")},
        Kind.PHOTO: {"caption": _TEXTS, "visit": ("visit-1", "visit-2")},
    }
)
"""Kind to fields with a few values each, so that equal ones meet; asked and told, latest, first and field are there."""

DOCUMENTS: Mapping[str, Sequence[tuple[Kind, str]]] = MappingProxyType(
    {
        unit: [
            *((Kind.SERVICE_VISIT, f"visit-{number}-{unit}") for number in range(2)),
            (Kind.CUSTOMER, f"customer-{unit}"),
            (Kind.SERVICE_CALL, f"call-{unit}"),
            (Kind.PHOTO, f"photo-{unit}"),
        ]
        for unit in UNITS
    }
)
"""What each unit works on: few documents, so that people meet."""
