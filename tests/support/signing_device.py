"""A device as the server meets it: a real P-256 key, an actor, a chain, signed pushes."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schemas.protocol import (
    PROTOCOL,
    SCHEMA,
    ActorRecord,
    Base,
    Hello,
    Operation,
    PushHead,
    Receipt,
    ReOfferHead,
    Stamp,
)
from schemas.vocabulary import Place, Role
from server.platform.ambient import Ambient, new_id
from server.platform.caller import Caller
from server.platform.keys import base64url
from sync.chain import extend, genesis, link, push_statement


@dataclass
class SigningDevice:
    """One person's device with its open actor; ``sent`` holds every payload of the chain, in order.

    ``seen_in`` names the branch of the log in which it saw what it bases its writes on; None: it saw nothing yet.
    """

    ambient: Ambient
    company: str
    user: str
    unit: str
    epoch: str
    place: Place = Place.FIELD
    roles: frozenset[Role] = frozenset({Role.TECHNICIAN})
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    sent: list[bytes] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    seen_in: str | None = None

    def __post_init__(self) -> None:
        self.device = new_id(self.ambient)
        self.begin(self.epoch)

    def begin(self, epoch: str, parent: str | None = None, parent_seq: int = 0, parent_head: str | None = None) -> None:
        """Begin a new actor, renamed from ``parent`` if one is given."""
        self.record = ActorRecord(
            actor=new_id(self.ambient),
            company=self.company,
            device=self.device,
            user=self.user,
            place=self.place,
            epoch=epoch,
            parent=parent,
            parent_seq=parent_seq,
            parent_head=parent_head,
        )
        self.epoch = epoch
        self.sent = []
        self.heads = [genesis(self.record)]

    @property
    def point(self) -> bytes:
        """The public key as an uncompressed point."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def caller(self) -> Caller:
        """The caller that this device's session would yield."""
        return Caller(
            company=self.company,
            user=self.user,
            device=self.device,
            place=self.place,
            unit=self.unit,
            roles=self.roles,
            units=frozenset({self.unit}),
            audiences=("company", f"unit:{self.unit}"),
            device_key=self.point,
        )

    def sign(self, statement: bytes) -> str:
        """Sign as WebCrypto does: r || s, base64url."""
        r, s = utils.decode_dss_signature(self.key.sign(statement, ec.ECDSA(hashes.SHA256())))
        return base64url(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def hello(self, *, marks: tuple[str, ...] = (), heads: tuple[tuple[int, str], ...] = ()) -> Hello:
        """Say how far the chain goes."""
        last = len(self.sent)
        now = self.ambient.now()
        return Hello(self.record, last, self.heads[last], PROTOCOL, SCHEMA, "test", now, 0, marks=marks, heads=heads)

    def write(  # noqa: PLR0913 - each is one element of the operation
        self,
        kind: str,
        doc: str,
        fields: dict[str, Any],
        *,
        base: int = 0,
        following: int = 0,
        resolve: bool = False,
        over: dict[str, Any] | None = None,
        at: int | None = None,
    ) -> bytes:
        """Append an operation to the chain and return its bytes."""
        when = self.ambient.now() if at is None else at
        seen = Base(base, self.seen_in or self.epoch)
        operation = Operation(SCHEMA, kind, doc, seen, when, following, fields, resolve, over or {})
        return self.append(msgspec.json.encode(operation))

    def append(self, payload: bytes) -> bytes:
        """Append any bytes to the chain."""
        self.sent.append(payload)
        self.heads.append(extend(self.heads[-1], link(payload)))
        return payload

    def push(self, first: int = 1, last: int | None = None) -> tuple[PushHead, list[bytes]]:
        """Return a signed push of the chain from ``first`` to ``last`` (the end if None)."""
        end = len(self.sent) if last is None else last
        payloads = self.sent[first - 1 : end]
        signature = self.sign(push_statement(self.record.actor, end, self.heads[end]))
        now = self.ambient.now()
        head = PushHead(self.record.actor, first, self.heads[first - 1], len(payloads), now, 0, signature)
        return head, payloads

    def re_offer(self, first: int, stamps: tuple[Stamp, ...], *receipts: Receipt) -> tuple[ReOfferHead, list[bytes]]:
        """Return a signed re-offer of as many operations as there are stamps."""
        end = first - 1 + len(stamps)
        signature = self.sign(push_statement(self.record.actor, end, self.heads[end]))
        now = self.ambient.now()
        head = ReOfferHead(self.record, first, self.heads[first - 1], now, stamps, receipts, signature)
        return head, self.sent[first - 1 : end]


def body_of(head: PushHead | ReOfferHead, payloads: list[bytes]) -> bytes:
    """Return the request body: the head's line, then a line for each operation."""
    return b"\n".join([msgspec.json.encode(head), *payloads]) + b"\n"
