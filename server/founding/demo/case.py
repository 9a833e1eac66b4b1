"""One call of the story: its ids, its instants, and who is in it."""

from msgspec import Struct

from schemas.vocabulary import Role
from server.founding.demo.days import MINUTE_MS, Calendar
from server.founding.demo.player import Player
from server.founding.demo.register import CUSTOMER_OF
from server.founding.demo.stage import Stage
from server.founding.demo.tables import CallRow, CustomerRow

_SENT_AFTER_MS = 20 * MINUTE_MS


class Case(Struct, frozen=True, kw_only=True):
    """A row of the calls with its place in them and its instants, in epoch milliseconds."""

    number: int
    row: CallRow
    received_at: int
    sent_at: int
    arrived_at: int
    duplicate_of: str | None

    @property
    def call(self) -> str:
        """The call's id."""
        return _call_id(self.number)

    @property
    def visit(self) -> str:
        """The dispatch's id, which is the visit's too."""
        return f"dispatch-{self.number:03}"

    @property
    def left_at(self) -> int:
        """When the technician had finished."""
        return self.arrived_at + self.row.stay * MINUTE_MS

    @property
    def customer(self) -> CustomerRow:
        """Whose product it is."""
        return CUSTOMER_OF[self.row.asset]

    @property
    def signer(self) -> str:
        """Who speaks and signs for the customer."""
        return self.customer.signer or self.customer.name

    def clerk(self, stage: Stage) -> Player:
        """Who keeps the unit's call register."""
        return stage.player(self.customer.unit, Role.CLERK)

    def manager(self, stage: Stage) -> Player:
        """Who dispatches in the unit."""
        return stage.player(self.customer.unit, Role.SERVICE_MANAGER)

    def technician(self, stage: Stage) -> Player:
        """Who is sent."""
        return stage.players[self.row.technician or ""]


def cases(calls: tuple[CallRow, ...], calendar: Calendar) -> list[Case]:
    """Return the story's calls; one that is a duplicate names the last call before it of the same product."""
    last: dict[str, str] = {}
    found: list[Case] = []
    for number, row in enumerate(calls, start=1):
        received_at = calendar.instant(row.received)
        sent_at = calendar.instant(row.sent) if row.sent else received_at + _SENT_AFTER_MS
        arrived_at = calendar.instant(row.arrived, received_at) if row.arrived else sent_at
        found.append(
            Case(
                number=number,
                row=row,
                received_at=received_at,
                sent_at=sent_at,
                arrived_at=arrived_at,
                duplicate_of=last.get(row.asset),
            )
        )
        last[row.asset] = _call_id(number)
    return found


def _call_id(number: int) -> str:
    return f"call-{number:03}"
