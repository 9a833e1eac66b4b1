"""Where the demonstration is played: everybody at his device, and one server that takes in what they do."""

from collections.abc import Mapping

from msgspec import Struct

from schemas.vocabulary import Role
from server.audit.log import Doer
from server.exchange.contacts import note_idle, note_pushes
from server.exchange.pushing import push
from server.founding.demo.player import Edit, Player
from server.founding.demo.tables import PEOPLE
from server.platform.caller import Caller
from server.platform.installation import Endpoint
from server.records.work import Work


class Stage(Struct, frozen=True):
    """The unit of work that the play is written in, with its players by user id.

    ``seen`` remembers how far a technician's phone had read when he set out; ``files`` gathers
    strokes and images with whoever hands them in.
    """

    work: Work
    endpoint: Endpoint
    players: Mapping[str, Player]
    seen: dict[str, int]
    files: list[tuple[Caller, bytes]]

    def player(self, unit: str, role: Role) -> Player:
        """Return the first person of a unit in a role."""
        return self.players[next(each.user for each in PEOPLE if (each.unit, each.role) == (unit, role))]

    async def head(self) -> int:
        """Return the log's end: what somebody with a network has seen."""
        return (await self.work.ledger.head()).position

    async def command(self, player: Player, at: int) -> tuple[Work, Caller, Doer]:
        """Return what a command of somebody's is given, whose device is in touch while he gives it."""
        work, caller = self.work.at(at), player.caller
        await note_idle(work, caller)
        return work, caller, Doer(caller.user, caller.device)

    async def write(self, player: Player, at: int, *edits: Edit) -> None:
        """Let somebody with a network capture one group, and take it in at once."""
        player.capture(at, await self.head(), edits)
        await self.deliver(player, at)

    async def deliver(self, player: Player, at: int) -> None:
        """Take in everything that is in somebody's outbox; raises ``RuntimeError`` if any of it would be held."""
        head, payloads = player.hand_in(at)
        then = self.work.at(at)
        reply = await push(then, self.endpoint, player.caller, head, payloads)
        await note_pushes(then, [(player.caller, head)])
        held = [result for result in reply.results if result[1] == "held"]
        if held:
            raise RuntimeError(f"the demonstration breaks a rule: {held}")
