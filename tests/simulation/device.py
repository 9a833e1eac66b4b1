"""One sync session of a device: hello, heal, push, pull; the power may fail at every await."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import inf
from random import Random
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from msgspec import structs

from schemas.problems import Code, Problem
from schemas.protocol import (
    MAX_HELLO_HEADS,
    PROTOCOL,
    SCHEMA,
    ActorRecord,
    Dot,
    Entrusted,
    GivenBack,
    Hello,
    HelloReply,
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
from server.records.ledger import SERVER
from sync.chain import entrusted_statement, push_statement, receipt_statement, stamp_link, stamps_digest
from sync.digest import combine, row_digest
from sync.reading import read
from tests.simulation.disk import Disk, Entry
from tests.simulation.faults import Fault, Outcome, Tally
from tests.simulation.host import Page
from tests.simulation.network import Network
from tests.simulation.promises import Promise, hold
from tests.simulation.tasks import Pause

MAX_BATCH = 7
"""Operations in one push: few, so that one sync needs several."""


Received: TypeAlias = tuple[PullLine, frozenset[Dot]]
"""A line of a pull, and the truth: which operations its row was made of."""

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
        self.on_shown: Callable[[], None] = lambda: None
        """Called when a pull is shown and mended, before anything else may happen to the device."""
        self.is_over = False
        """Whether the server told a stopped device that nothing is left on it."""
        self._tally: Tally = Counter()

    async def sync(self, chance: Random, tally: Tally) -> None:
        """Greet, heal what has to be healed, send, and receive."""
        reply = await self._hand_in(chance, tally)
        if not await self._pull(chance.choice((2, 3, 50)), self._disk.cursor):
            await self._mend(chance, tally)
        self.on_shown()
        if reply.epoch in self._disk.epochs:
            self._disk.healed_in = reply.epoch
        await self._keep()

    async def leave(self, chance: Random, tally: Tally) -> None:
        """Hand in the last work of a stopped device, until the server says that it has it all (SPEC Q3, Q4)."""
        await self._hand_in(chance, tally)
        self.is_over = "wipe" in (await self._hello(self._disk.record)).deeds

    async def _hand_in(self, chance: Random, tally: Tally) -> HelloReply:
        self._tally = tally
        reply = await self._hello(self._disk.record)
        self._receipt_key = from_base64url(reply.receipt_key)
        common = await self._common_seq(self._disk.record, reply)
        state = "forked" if reply.actor_state == "open" and common < reply.acked_seq else reply.actor_state
        if state != "open":
            tally[_STATES[state]] += 1
            await self._go_on(common, reply, f"{self._caller.device}-{chance.randrange(10**12)}")
            await self._hello(self._disk.record)
        if self._caller.leaving is None:
            await self._give_back(reply.epoch, chance)
        await self._heal(reply.epoch, chance)
        await self._push(self._disk.record)
        return reply

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
        self._disk.go_on_as(fresh_actor, reply.epoch, common)
        await Pause()

    async def _give_back(self, epoch: str, chance: Random) -> None:
        """Bring back what is kept for a server of an older epoch, once more what did not fit (SPEC H2, H7)."""
        again = self._disk.given_back_in == epoch
        if self._disk.entrusted_in in {"", epoch} and not again:
            return
        every = sorted(self._disk.entrusted.values(), key=_turn)
        kept = [each for each in every if not again or each.actor.actor in self._disk.waiting]
        if kept and self._network.happens(Fault.STAMPS_FORGED, 20):
            stamps = [tuple(forged(stamp, chance) for stamp in each.stamps) for each in kept]
            fake = [structs.replace(each, stamps=forgery) for each, forgery in zip(kept, stamps, strict=True)]
            answer = await self._network.give_back(self._caller, GivenBack(tuple(fake)))
            hold(answer.operations == 0, Promise.PROVEN, "the server believed stamps that it never gave")
        mark: str | None = None
        waiting: set[str] = set()
        reached: dict[str, int] = {}
        for start in range(0, len(kept), MAX_BATCH):
            behind = [each for each in kept[start : start + MAX_BATCH] if each.first > reached.get(each.actor.actor, 0)]
            if behind:
                answer = await self._network.give_back(self._caller, GivenBack(tuple(behind), mark))
                hold(not answer.unproven, Promise.RECEIPTS, "the server does not know its own signature")
                reached |= dict(answer.reached)
                mark = answer.mark
                self._disk.marks |= {"given": mark} if mark else {}
                waiting |= {each.actor.actor for each in behind if each.first > reached.get(each.actor.actor, inf)}
            await Pause()
        self._disk.given_back_in, self._disk.waiting = epoch, frozenset(waiting)

    async def _keep(self) -> None:
        """Keep for the server what was written since the last time."""
        while True:
            page = await self._network.entrusted(self._caller, self._disk.marks.get("entrusted"))
            for group in page.groups:
                signature, statement = from_base64url(group.signature), entrusted_statement(group)
                signed = verify_receipt(self._receipt_key, signature, statement)
                hold(signed, Promise.RECEIPTS, group.actor.actor, group.first, "was entrusted without a signature")
            is_kept = self._disk.keep(page)
            await Pause()
            if not (is_kept and page.more):
                return

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

    async def _mend(self, chance: Random, tally: Tally) -> None:
        """Fetch again what differs, range by range, or everything if that does not help (SPEC F6)."""
        touched = self._disk.rotten or tally[Fault.SERVER_PUT_BACK_UNSEEN]
        hold(touched, Promise.DIGEST, "rows differed although nobody touched them, or swapped the log unseen")
        tally[Outcome.ROWS_MENDED] += 1
        try:
            again = await self._differing()
        except Problem as problem:
            hold(problem.code is Code.SYNC_CURSOR, Promise.ANSWERS, problem)
        else:
            if await self._pull(chance.choice((2, 3, 50)), self._disk.cursor, again):
                tally[Outcome.RANGES_MENDED] += 1
                self._disk.rotten = False
                return
        agreed = await self._pull(chance.choice((2, 3, 50)), None)
        hold(agreed, Promise.DIGEST, self._caller.device, "holds other rows than the server says")

    async def _differing(self) -> list[Received]:
        """Return the rows of the ranges that differ, and what this device alone has in them."""
        wish = Wish(self._disk.cursor, 0, digest=False, schema=self._schema)
        again: list[Received] = []
        after = 0
        for told in await self._network.ranges(self._caller, wish):
            own = self._disk.between(after, told.until)
            if combine(row_digest(*key, row.put.position) for key, row in own.items()) != told.digest:
                page = await self._network.rows(self._caller, wish, after, told.until)
                await Pause()
                again += [(PullForget(kind, (doc,)), frozenset()) for kind, doc in own.keys() - page.made_of.keys()]
                again += [_received(line, page) for line in page.lines]
            after = told.until
        beyond = self._disk.between(after, inf)
        return [*again, *((PullForget(kind, (doc,)), frozenset[Dot]()) for kind, doc in beyond)]

    async def _pull(self, limit: int, cursor: str | None, again: Sequence[Received] = ()) -> bool:
        """Receive everything behind a cursor, show it at once, and tell whether the server would agree (SPEC F4).

        ``again`` is shown with it, unless everything is replaced.
        """
        staging = Staging(cursor, again)
        while staging.end is None:
            try:
                await self._fetch(staging, limit)
            except Problem as problem:
                if problem.code is not Code.SYNC_PART:
                    raise
                staging = Staging(None)
                staging.may_take_parts = False
            await Pause()
        if staging.header is not None:
            self._disk.show(staging.header, staging.lines, staging.end)
        return staging.end.digest == self._disk.digest()

    async def _fetch(self, staging: "Staging", limit: int) -> None:
        """Receive the next page, or the next of the parts that lie ready (SPEC L7)."""
        if not staging.parts:
            wish = Wish(staging.cursor, limit, digest=True, schema=self._schema)
            staging.take(await self._network.pull(self._caller, wish, parts=staging.may_take_parts))
            return
        page = await self._network.part(staging.parts[0])
        if staging.take_part(page) and self._disk.is_untouched:
            self._disk.show_early(*staging.taken_out())
            self._tally[Outcome.SHOWN_EARLY] += 1
        self._tally[Outcome.PARTS_FETCHED] += not staging.parts


class Staging:
    """A pull that nobody sees yet: what came so far, and where it goes on if it is cut (SPEC L2)."""

    def __init__(self, cursor: str | None, again: Sequence[Received] = ()) -> None:
        self.cursor = cursor
        self.header: PullHeader | None = None
        self.lines: list[Received] = list(again)
        self.end: PullEnd | None = None
        self.may_take_parts = True
        self.parts: Sequence[str] = ()
        self._announced = PullParts((), 0)
        self._today = 0

    def taken_out(self) -> tuple[str, Sequence[Received]]:
        """Hand over what came so far, with the branch of its positions; what follows adds to what is shown then."""
        if self.header is None:
            raise AssertionError("parts without a page that named them")
        lines, self.lines = self.lines, []
        self.header = structs.replace(self.header, replace=False)
        return self.header.epoch, lines

    def take_part(self, page: Page) -> bool:
        """Add the first of the parts, and tell whether all of today's work has just come."""
        self.lines += [_received(line, page) for line in page.lines]
        self.parts, self._today = self.parts[1:], self._today - 1
        return self._today == 0

    def take(self, page: Page) -> None:
        """Add a page; one that begins anew drops what came before it, and parts that a cut page named count nothing."""
        self._announced = PullParts((), 0)
        for line in page.lines:
            match line:
                case PullHeader():
                    self._begin(line)
                case PullResume():
                    self.cursor = line.cursor
                case PullEnd():
                    self.cursor, self.end = line.cursor, None if line.more else line
                    self.parts, self._today = self._announced.addresses, self._announced.today
                case PullParts():
                    self._announced = line
                case _:
                    self.lines.append(_received(line, page))

    def _begin(self, header: PullHeader) -> None:
        if header.replace:
            self.header, self.lines = header, []
        self.header = self.header or header
        self.header = structs.replace(header, replace=self.header.replace)


def _received(line: PullLine, page: Page) -> Received:
    return line, page.made_of[(line.kind, line.id)] if isinstance(line, PullPut) else frozenset()


def _turn(group: Entrusted) -> tuple[int, str, int]:
    """What the server wrote itself goes first: a call that came back before its number would get another one.

    What it wrote on top of a device's work goes behind that: by then it is known whose past this is (SPEC A3).
    """
    is_servers = group.actor.device == SERVER
    turn = 1 if not is_servers else 0 if group.actor.parent is None else 2
    return turn, group.actor.actor, group.first


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
