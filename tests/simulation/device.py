"""One sync session of a device: hello, heal, push, pull; the power may fail at every await."""

from collections.abc import Callable, Sequence
from random import Random

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec import structs

from schemas.protocol import (
    MAX_HELLO_HEADS,
    PROTOCOL,
    SCHEMA,
    ActorRecord,
    Dot,
    Hello,
    HelloReply,
    PullColumns,
    PullEnd,
    PullForget,
    PullHeader,
    PullLine,
    PullParts,
    PullPut,
    PullResume,
    PushHead,
    PushReply,
    ReOfferHead,
    Stamp,
)
from server.exchange.pulling import Wish
from server.platform.caller import Caller
from server.platform.keys import base64url, from_base64url, verify_receipt
from sync.chain import push_statement, receipt_statement, stamp_link, stamps_digest
from sync.reading import read
from tests.simulation.disk import Disk, Entry, renamed
from tests.simulation.faults import Fault, Outcome, Tally
from tests.simulation.host import Page
from tests.simulation.network import Network
from tests.simulation.promises import Promise, hold
from tests.simulation.tasks import Pause

MAX_BATCH = 7
"""Operations in one push: few, so that one sync needs several."""


_STATES = {
    "closed": Outcome.ACTOR_CLOSED,
    "forked": Outcome.ACTOR_FORKED,
    "behind": Outcome.ACTOR_BEHIND,
}


class Key:
    """A device's P-256 key pair, as WebCrypto would hold it."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        numbers = self._private.public_key().public_numbers()
        self.point = b"\x04" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32)

    def sign(self, statement: bytes) -> str:
        """Return the signature in base64url: r || s."""
        r, s = utils.decode_dss_signature(self._private.sign(statement, ec.ECDSA(SHA256())))
        return base64url(r.to_bytes(32) + s.to_bytes(32))


class Session:
    """One attempt to be in step with the server; whatever it had not written to the disk dies with it."""

    def __init__(
        self, disk: Disk, caller: Caller, key: Key, network: Network, now: Callable[[], int], schema: int = SCHEMA
    ) -> None:
        self._disk = disk
        self._caller = caller
        self._key = key
        self._network = network
        self._now = now
        self._schema = schema
        self._receipt_key = b""

    async def sync(self, chance: Random, tally: Tally) -> None:
        """Greet, heal what has to be healed, send, and receive."""
        reply = await self._hello(self._disk.record)
        self._receipt_key = from_base64url(reply.receipt_key)
        common = await self._common_seq(self._disk.record, reply)
        state = "forked" if reply.actor_state == "open" and common < reply.acked_seq else reply.actor_state
        if state != "open":
            tally[_STATES[state]] += 1
            await self._go_on(common, reply, f"{self._caller.device}-{chance.randrange(10**12)}")
            await self._hello(self._disk.record)
        await self._heal(reply.epoch, chance)
        await self._push(self._disk.record)
        if not await self._pull(chance.choice((2, 3, 50)), self._disk.cursor):
            tally[Outcome.ROWS_MENDED] += 1
            agreed = await self._pull(chance.choice((2, 3, 50)), None)
            hold(agreed, Promise.DIGEST, self._caller.device, "holds other rows than the server says")
        if reply.epoch in self._disk.epochs:
            self._disk.healed_in = reply.epoch

    async def _hello(self, record: ActorRecord, seqs: Sequence[int] = ()) -> HelloReply:
        chain = self._disk.chain(record.actor)
        heads = tuple((seq, chain[seq - 1].head) for seq in seqs)
        return await self._network.hello(
            self._caller,
            Hello(
                actor=record,
                last_seq=len(chain),
                chain_head=self._disk.head(record, len(chain)),
                proto=PROTOCOL,
                schema=self._schema,
                app="simulation",
                now=self._now(),
                pending=len(list(self._disk.unstamped())),
                marks=tuple(self._disk.marks.values()),
                heads=heads,
            ),
        )

    async def _common_seq(self, record: ActorRecord, reply: HelloReply) -> int:
        """Return the last seq up to which the server's copy of a chain is the same (SPEC P1)."""
        chain = self._disk.chain(record.actor)
        low, high = reply.common_seq, min(len(chain), reply.acked_seq)
        if 0 < high == reply.acked_seq and chain[high - 1].head == reply.head:
            return high
        while low < high:
            step = -(-(high - low) // MAX_HELLO_HEADS)
            seqs = range(high, low, -step)
            common = (await self._hello(record, seqs)).common_seq
            low, high = max(low, common), min((seq - 1 for seq in seqs if seq > common), default=high)
        return low

    async def _go_on(self, seen: int, reply: HelloReply, fresh_actor: str) -> None:
        """Learn the stamps of what is common, and go on behind it as a new actor (SPEC A3)."""
        record = self._disk.record
        acked = sum(1 for entry in self._disk.chain(record.actor) if entry.stamp)
        if seen > acked:
            await self._push(record, upto=seen)
        common = _end_of(reply, seen, acked)
        self._disk.go_on_as(renamed(record, fresh_actor, reply.epoch, common), common)
        await Pause()

    async def _heal(self, epoch: str, chance: Random) -> None:
        """Bring back what an older server lost of closed chains, the oldest first (SPEC H1)."""
        closed = [record for record in self._disk.records if record.epoch != epoch]
        for record in closed if self._disk.healed_in != epoch else ():
            reply = await self._hello(record)
            common = await self._common_seq(record, reply)
            self._disk.move_tail(record.actor, _end_of(reply, common, len(self._disk.chain(record.actor))))
            lost = [entry for entry in self._disk.chain(record.actor) if entry.stamp]
            stamps = [entry.stamp for entry in lost if entry.stamp]
            if lost and self._network.happens(Fault.STAMPS_FORGED, 20):
                stamps = [forged(stamp, chance) for stamp in stamps]
            if lost:
                await self._offer(record, lost, stamps)

    async def _offer(self, record: ActorRecord, lost: Sequence[Entry], stamps: Sequence[Stamp]) -> None:
        head = ReOfferHead(
            actor=record,
            first=1,
            prev=self._disk.head(record, 0),
            now=self._now(),
            stamps=tuple(stamps),
            receipts=tuple(each for each in self._disk.receipts if each.actor == record.actor),
            signature=self._key.sign(push_statement(record.actor, len(lost), lost[-1].head)),
        )
        reply = await self._network.offer(self._caller, head, [entry.payload for entry in lost])
        self._take_in(lost, reply)
        await Pause()

    def _take_in(self, batch: Sequence[Entry], reply: PushReply) -> None:
        _check_receipt(reply, batch, self._receipt_key)
        self._disk.acknowledge(batch, reply)

    async def _push(self, record: ActorRecord, upto: int | None = None) -> None:
        """Send what has no stamp yet, in batches of whole groups."""
        while True:
            chain = self._disk.chain(record.actor)[:upto]
            first = sum(1 for entry in chain if entry.stamp) + 1
            batch = _whole_groups(chain[first - 1 :])
            if not batch:
                return
            head = PushHead(
                actor=record.actor,
                first=first,
                prev=self._disk.head(record, first - 1),
                count=len(batch),
                now=self._now(),
                pending=len(chain) - first + 1,
                signature=self._key.sign(push_statement(record.actor, batch[-1].dot.seq, batch[-1].head)),
            )
            self._take_in(batch, await self._network.push(self._caller, head, [entry.payload for entry in batch]))
            await Pause()

    async def _pull(self, limit: int, cursor: str | None) -> bool:
        """Receive everything behind a cursor, show it at once, and tell whether the server would agree (SPEC F4)."""
        staging = Staging(cursor)
        while staging.end is None:
            staging.take(
                await self._network.pull(self._caller, Wish(staging.cursor, limit, digest=True, schema=self._schema))
            )
            await Pause()
        if staging.header is not None:
            self._disk.show(staging.header, staging.lines, staging.end)
        return staging.end.digest == self._disk.digest()


class Staging:
    """A pull that nobody sees yet: what came so far, and where it goes on if it is cut (SPEC L2)."""

    def __init__(self, cursor: str | None) -> None:
        self.cursor = cursor
        self.header: PullHeader | None = None
        self.lines: list[tuple[PullLine, frozenset[Dot]]] = []
        self.end: PullEnd | None = None

    def take(self, page: Page) -> None:
        """Add a page; one that begins anew drops what came before it."""
        for line in page.lines:
            match line:
                case PullHeader():
                    self._begin(line)
                case PullResume():
                    self.cursor = line.cursor
                case PullEnd():
                    self.cursor, self.end = line.cursor, None if line.more else line
                case PullPut():
                    self.lines.append((line, page.made_of[(line.kind, line.id)]))
                case PullForget():
                    self.lines.append((line, frozenset()))
                case PullParts() | PullColumns():
                    raise AssertionError("what was not asked for")

    def _begin(self, header: PullHeader) -> None:
        if self.header is None or header.replace:
            self.header, self.lines = header, []
        self.header = structs.replace(header, replace=self.header.replace)


def _end_of(reply: HelloReply, common: int, acked: int) -> int:
    """Return where a closed chain ends: what the server has, or will take back because it acknowledged it once.

    Where the two copies part there is no taking back: what lies behind is written again elsewhere.
    """
    return common if reply.acked_seq > common else max(common, acked)


def forged(stamp: Stamp, chance: Random) -> Stamp:
    """Return a stamp as somebody would want it who must win for ever, or never have been late."""
    wishes = (
        {"received_at": 2**52, "effective_at": 2**52},
        {"role": "admin"},
        {"position": 10**9},
        {"effective_at": 0},
    )
    return structs.replace(stamp, **chance.choice(wishes))


def _check_receipt(reply: PushReply, batch: Sequence[Entry], public: bytes) -> None:
    """A receipt for another chain, or one that the server did not sign, would be worth nothing to a technician."""
    receipt, first, last = reply.receipt, batch[0], batch[-1]
    verified = verify_receipt(public, from_base64url(receipt.signature), receipt_statement(receipt))
    hold(verified, Promise.RECEIPTS, "a receipt that does not verify for", last.dot)
    named = (receipt.actor, receipt.first, receipt.seq, receipt.head)
    of_the_chain = named == (last.dot.actor, first.dot.seq, last.dot.seq, last.head)
    hold(of_the_chain, Promise.RECEIPTS, "a receipt for another chain than that of", last.dot)
    of_the_stamps = receipt.stamps == stamps_digest(map(stamp_link, reply.stamps))
    hold(of_the_stamps, Promise.RECEIPTS, "a receipt for other stamps than those up to", last.dot)


def _whole_groups(entries: Sequence[Entry]) -> list[Entry]:
    """Return as many whole groups as fit into one push; at least one."""
    batch: list[Entry] = []
    for following, entry in zip(_following(entries), entries, strict=True):
        batch.append(entry)
        if following == 0 and len(batch) >= MAX_BATCH:
            return batch
    return batch


def _following(entries: Sequence[Entry]) -> list[int]:
    """Return how many members of its group come after each operation; what cannot be read stands alone."""
    return [read(entry.payload).following or 0 for entry in entries]
