"""A stage for histories that are written by hand: the simulator's server and devices, without chance and faults."""

from typing import Any

from schemas.protocol import Dot
from server.records.ledger import Logged
from server.records.memory_ledger import MemoryState
from tests.simulation.disk import RowKey
from tests.simulation.people import UNITS
from tests.simulation.world import Device, World
from tests.simulation.writing import Draft

VISIT: RowKey = ("service_visit", f"visit-0-{UNITS[0]}")


class Scene:
    """Clerk, technician and service department of one unit, each with a device, and one server."""

    def __init__(self) -> None:
        self._world = World(people=3)
        self._world.network.faulty = False
        self.clerk, self.technician, self.department = self._world.devices
        self.host = self._world.host

    @property
    def state(self) -> MemoryState:
        """The server's log as it stands."""
        return self.host.state

    def write(self, device: Device, **fields: Any) -> Dot:  # noqa: ANN401 - values of any field
        """Save a change of the one visit of this stage, and return its dot."""
        form = device.disk.render(VISIT)
        new = {} if form.row else {"unit": UNITS[0]}
        at = self._world.now + device.skew_ms
        self._world.desk(device).write(at, [Draft(form, new | fields)])
        return device.disk.entries[-1].dot

    def sync(self, *devices: Device) -> None:
        """Let devices meet the server, one after the other."""
        for device in devices:
            self._world.sync(device)

    def logged(self, dot: Dot) -> Logged:
        """Return an operation as the server has it."""
        return self.state.log[dot]

    def standing(self, field: str) -> set[Dot]:
        """Return the writes of a field of the visit that nobody superseded."""
        visit = next(stored for stored in self.state.documents.values() if stored.id == VISIT[1])
        return {write.origin.dot for write in visit.document.registers[field]}
