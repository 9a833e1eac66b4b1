"""One person of the demonstration at his device: what he captures, and how it is handed in."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from schemas.protocol import SCHEMA, ActorRecord, Base, Operation, PushHead
from schemas.registry import Kind
from server.platform.caller import Caller
from server.platform.keys import DeviceKey, base64url
from sync.chain import extend, genesis, link, push_statement, signature_id, signature_statement


class Edit(Struct, frozen=True):
    """What somebody writes into one document; empty fields are not written."""

    kind: Kind
    doc: str
    fields: Mapping[str, Any]


class Player:
    """A person whose device has an open chain and an outbox, like a real one's (SPEC A1 to A4)."""

    def __init__(self, name: str, caller: Caller, key: DeviceKey, epoch: str) -> None:
        self.name = name
        self.caller = caller
        self._key = key
        self._epoch = epoch
        self._record = ActorRecord(
            actor=f"{caller.device}-1",
            company=caller.company,
            device=caller.device,
            user=caller.user,
            place=caller.place,
            epoch=epoch,
        )
        self._outbox: list[bytes] = []
        self._acked_seq = 0
        self._acked_head = genesis(self._record)

    @property
    def record(self) -> ActorRecord:
        """Who writes the chain."""
        return self._record

    def capture(self, at: int, seen: int, edits: Sequence[Edit]) -> None:
        """Append a group to the outbox, written at an instant by somebody who had seen the log up to ``seen``."""
        base = Base(seen, self._epoch)
        for place, edit in enumerate(edits):
            fields = {field: value for field, value in edit.fields.items() if value is not None}
            following = len(edits) - 1 - place
            self._outbox.append(
                msgspec.json.encode(Operation(SCHEMA, edit.kind.value, edit.doc, base, at, following, fields))
            )

    def hand_in(self, now: int) -> tuple[PushHead, list[bytes]]:
        """Return the signed push of everything in the outbox, which is empty afterwards."""
        sent, self._outbox = self._outbox, []
        head = self._acked_head
        for payload in sent:
            head = extend(head, link(payload))
        first, prev = self._acked_seq + 1, self._acked_head
        self._acked_seq, self._acked_head = self._acked_seq + len(sent), head
        signature = self._key.sign(push_statement(self._record.actor, self._acked_seq, head))
        return PushHead(self._record.actor, first, prev, len(sent), now, 0, base64url(signature)), sent

    def signed(self, fields: Mapping[str, Any]) -> Edit:
        """Return the signature of a customer with these fields, signed by the device as well (SPEC N3, N4)."""
        name = signature_id(fields)
        own = base64url(self._key.sign(signature_statement(name, fields)))
        return Edit(Kind.SIGNATURE, name, {**fields, "device_signature": own})
