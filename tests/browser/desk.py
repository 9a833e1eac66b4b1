"""Somebody at work without a browser: what the others do in a story, said to the server by an enrolled device."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from schemas.kinds.calls import ServiceCall
from schemas.protocol import SCHEMA, HelloReply, PullEnd, PullLine, PullPut, PushReply
from schemas.registry import Kind
from schemas.vocabulary import Category, Channel, Place, Role
from server.platform.ambient import RealAmbient, new_id
from server.platform.keys import base64url
from tests.server.world import BANQIAO, COMPANY, PASSWORD, TECHNICIAN, Person
from tests.support.signing_device import SigningDevice, body_of

CUSTOMER = "陳美惠"
PRODUCT = "冰箱"
MODEL = "KR-528WN"

ARRIVAL_S = 60

_LINE = msgspec.json.Decoder(PullLine)


class Desk:
    """One person's enrolled device, for a technician one of the field, which says everything over HTTP."""

    def __init__(self, address: str, person: Person) -> None:
        self.person = person
        self.ambient = RealAmbient()
        self._client = httpx.Client(base_url=address, timeout=30)
        self.ask("POST", "/api/session", {"login": person.login, "password": PASSWORD})
        place = Place.FIELD if Role.TECHNICIAN in person.roles else Place.OFFICE
        self._chain = SigningDevice(self.ambient, COMPANY, person.user, person.unit, "unknown", place)
        wish = {"name": "Chrome", "place": place, "public_key": base64url(self._chain.point)}
        self._chain.device = self.ask("POST", "/api/devices", wish)["device"]
        self._chain.begin("unknown")
        self._chain.begin(self._hello().epoch)
        self._hello()

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Send a request and return the answer's JSON; raises for every refusal."""
        answer = self._client.request(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def rows(self) -> dict[str, PullPut]:
        """Return every document in scope by its id; of two kinds that share one, the kind that was written later."""
        return {row.id: row for row in sorted(self._pulled(), key=lambda row: row.position)}

    def of(self, kind: Kind) -> list[PullPut]:
        """Return the documents of one kind in scope."""
        return [row for row in self._pulled() if row.kind == kind]

    def _pulled(self) -> list[PullPut]:
        """Return every document in scope, as a device that was never here before would get them."""
        rows: dict[tuple[str, str], PullPut] = {}
        cursor, more = None, True
        while more:
            answer = self._client.get(
                "/sync/v1/pull", params={"schema": SCHEMA} | ({"cursor": cursor} if cursor else {})
            )
            for line in map(_LINE.decode, answer.raise_for_status().content.splitlines()):
                if isinstance(line, PullPut):
                    rows[line.kind, line.id] = line
                elif isinstance(line, PullEnd):
                    cursor, more = line.cursor, line.more
        return list(rows.values())

    def write(self, kind: Kind, doc: str, fields: dict[str, Any], base: int | None = None) -> None:
        """Capture one operation and send it; its base is what the server has now, unless an older one is given."""
        if base is None:
            row = self.rows().get(doc)
            base = row.position if row else 0
        self._chain.write(kind, doc, fields, base=base)
        answer = self._client.post("/sync/v1/push", content=body_of(*self._chain.push(len(self._chain.sent))))
        reply = msgspec.json.decode(answer.raise_for_status().content, type=PushReply)
        assert [result for result in reply.results if result[1] == "held"] == []

    def one(self, kind: Kind) -> PullPut:
        """Return the only document of a kind in scope."""
        (row,) = self.of(kind)
        return row

    def history(self, kind: Kind, doc: str) -> list[dict[str, Any]]:
        """Return every operation of a document, oldest first."""
        told: list[dict[str, Any]] = self.ask("GET", f"/api/records/{kind}/{doc}/history")
        return told

    def await_fact(self, doc: str, field: str) -> None:
        """Wait until the server knows a fact that somebody else has captured."""
        self._await(lambda: field in getattr(self.rows().get(doc), "fields", {}), f"{field} of {doc}")

    def await_many(self, kind: Kind, count: int) -> None:
        """Wait until the server has so many documents of a kind."""
        self._await(lambda: len(self.of(kind)) >= count, f"{count} of {kind}")

    def await_file(self, sha256: str) -> None:
        """Wait until the server has a file that somebody else's device holds."""
        self._await(lambda: self._client.head(f"/blobs/{sha256}").is_success, sha256)

    def _await(self, there: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + ARRIVAL_S
        while not there():
            assert time.monotonic() < deadline, f"{what} never arrived"
            time.sleep(0.05)

    def close(self) -> None:
        """Switch the computer off."""
        self._client.close()

    def _hello(self) -> HelloReply:
        answer = self._client.post("/sync/v1/hello", content=msgspec.json.encode(self._chain.hello()))
        return msgspec.json.decode(answer.raise_for_status().content, type=HelloReply)


def log_call(clerk: Desk, name: str = CUSTOMER, **fields: Any) -> str:  # noqa: ANN401 - any field of a call
    """A customer with a product calls; the call's id."""
    customer, asset, call = (new_id(clerk.ambient) for _ in range(3))
    now = clerk.ambient.now()
    at_home = {"address": "板橋區文化路一段 188 號", "district": "板橋區", "zone": "urban"}
    clerk.write(Kind.CUSTOMER, customer, {"unit": BANQIAO, "name": name, "phone": "02-2960-1188", **at_home})
    product = {"product": PRODUCT, "model_no": MODEL, "serial_no": "KR528-001947"}
    clerk.write(Kind.ASSET, asset, {"unit": BANQIAO, "customer": customer, **product})
    said = ServiceCall(
        unit=BANQIAO,
        customer=customer,
        asset=asset,
        channel=Channel.PHONE,
        contact_name=name,
        contact_phone="02-2960-1188",
        symptom="冷藏室不冷",
        category=Category.PAID,
        received_at=now,
        logged_at=now,
        logged_by=clerk.person.user,
    )
    told = {field: value for field, value in msgspec.structs.asdict(said).items() if value is not None}
    clerk.write(Kind.SERVICE_CALL, call, told | at_home | fields)
    return call


def dispatch(manager: Desk, call: str, technician: Person = TECHNICIAN) -> str:
    """The manager sends somebody within the hour; the dispatch's id, which is the visit's."""
    order = {"technician": technician.user, "planned_at": manager.ambient.now() + 3_600_000}
    sent: str = manager.ask("POST", f"/api/calls/{call}/dispatch", order)["dispatch"]
    return sent


def sent_out(clerk: Desk, manager: Desk) -> str:
    """A call is logged and the technician dispatched; the visit's id."""
    return dispatch(manager, log_call(clerk))
