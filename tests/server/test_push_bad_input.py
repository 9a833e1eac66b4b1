"""What a device must not send: each has its problem code, costs nothing that was sound, and tells nothing."""

import gzip
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import httpx
import msgspec
import pytest
from msgspec import structs

from schemas.problems import Code
from schemas.protocol import (
    MAX_HELLO_HEADS,
    MAX_HELLO_MARKS,
    MAX_PUSH_BYTES,
    MAX_PUSH_OPERATIONS,
    SCHEMA,
    Base,
    Operation,
)
from schemas.registry import Kind
from server.exchange.marks import Mark, write_mark
from server.records.work import Setting
from tests.server.one_call import WORK, at_work, signature
from tests.server.world import (
    ADMIN,
    BANQIAO,
    CLERK,
    CLERK_ELSEWHERE,
    COMPANY,
    TAOYUAN,
    TECHNICIAN,
    SyncDevice,
    World,
    problem,
    proven,
)
from tests.support.signing_device import body_of

HOME = {"unit": BANQIAO, "name": "陳美惠", "phone": "0912-345-678"}
CUT_EMOJI = b'"\\ud83d"'


@pytest.fixture
async def device(world: World) -> SyncDevice:
    return await world.enrolled(TECHNICIAN)


async def end_of_log(world: World) -> int:
    async with world.journal.reading(COMPANY) as ledger:
        return (await ledger.end()).position


async def send(device: SyncDevice, body: bytes, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await device.client.post("/sync/v1/push", content=body, headers=named)


def sound(device: SyncDevice) -> bytes:
    """A push that would be taken in."""
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    return body_of(*device.chain.push())


def changed(device: SyncDevice, **fields: object) -> bytes:
    """A sound push with another head."""
    sound(device)
    head, payloads = device.chain.push()
    return body_of(structs.replace(head, **fields), payloads)


def with_member(body: bytes, member: bytes) -> bytes:
    """The push with one more member in its head."""
    return body.replace(b"{", b"{" + member + b",", 1)


MALFORMED: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "an empty line": lambda _: b"\n",
    "no JSON": lambda _: b"hello",
    "a list": lambda _: b"[]",
    "half a head": lambda body: body[:40],
    "a head alone": lambda body: body.split(b"\n")[0],
    "an operation too many": lambda body: body + b"[]\n",
    "an unknown member": lambda body: with_member(body, b'"colour":1'),
    "a bottomless member": lambda body: with_member(body, b'"colour":' + b"[" * 100_000),
    "no UTF-8": lambda body: body.replace(b'"actor":"', b'"actor":"\xff', 1),
    "half a surrogate": lambda body: body.replace(b'"actor":"', b'"actor":"\\ud83d', 1),
    "a NUL": lambda body: body.replace(b'"actor":"', b'"actor":"\\u0000', 1),
    "an actor that cannot be": lambda body: body.replace(b'"actor":"', b'"actor":"../', 1),
    "a number that no browser writes": lambda body: body.replace(b'"first":1', b'"first":1' + b"0" * 30, 1),
    "a negative count": lambda body: body.replace(b'"count":1', b'"count":-1', 1),
    "a fraction": lambda body: body.replace(b'"first":1', b'"first":1.5', 1),
    "padding": lambda body: body.replace(b'"signature":"', b'"signature":"==', 1),
}


@pytest.mark.parametrize("fault", MALFORMED)
async def test_p2_a_push_that_cannot_be_read_is_malformed_and_changes_nothing(
    world: World, device: SyncDevice, fault: str
) -> None:
    body, before = sound(device), await end_of_log(world)
    answer = await send(device, MALFORMED[fault](body))
    assert problem(answer) == (400, "request.malformed")
    assert await end_of_log(world) == before
    assert (await send(device, body)).status_code == 200


async def test_p1_a_hello_beyond_its_limits_is_too_large(device: SyncDevice) -> None:
    head = device.chain.heads[0]
    for limit, said in (
        (MAX_HELLO_MARKS, device.chain.hello(marks=("a mark",) * (MAX_HELLO_MARKS + 1))),
        (MAX_HELLO_HEADS, device.chain.hello(heads=tuple((seq, head) for seq in range(MAX_HELLO_HEADS + 1)))),
    ):
        answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
        assert problem(answer) == (413, "request.too_large")
        assert answer.json()["facts"] == {"limit": limit}


async def test_p2_a_push_of_more_than_the_limit_is_too_many(world: World, device: SyncDevice) -> None:
    for _ in range(MAX_PUSH_OPERATIONS + 1):
        device.chain.append(b"[]")
    before = await end_of_log(world)
    assert problem(await send(device, body_of(*device.chain.push()))) == (413, "sync.too_many")
    assert await end_of_log(world) == before
    proven(await send(device, body_of(*device.chain.push(last=MAX_PUSH_OPERATIONS))))


@pytest.mark.parametrize("packed", [False, True])
async def test_p2_a_push_of_more_than_a_mebibyte_is_too_large(
    world: World, device: SyncDevice, *, packed: bool
) -> None:
    sound(device)
    device.chain.append(bytes(MAX_PUSH_BYTES))
    body, before = body_of(*device.chain.push()), await end_of_log(world)
    answer = await (send(device, gzip.compress(body), content_encoding="gzip") if packed else send(device, body))
    assert problem(answer) == (413, "request.too_large")
    assert await end_of_log(world) == before


async def test_p2_a_bomb_is_not_unpacked(device: SyncDevice) -> None:
    bomb = gzip.compress(gzip.compress(bytes(200 * MAX_PUSH_BYTES), 9), 9)
    assert problem(await send(device, gzip.decompress(bomb), content_encoding="gzip")) == (413, "request.too_large")


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "deflate", "gzip, gzip", "x"])
async def test_p2_a_body_that_does_not_unpack_is_refused(device: SyncDevice, encoding: str) -> None:
    body = sound(device)
    assert problem(await send(device, body, content_encoding=encoding)) == (400, "request.encoding")


async def test_p2_a_packed_body_that_was_cut_is_refused(world: World, device: SyncDevice) -> None:
    packed, before = gzip.compress(sound(device)), await end_of_log(world)
    for length in range(1, len(packed), 7):
        answer = await send(device, packed[:length], content_encoding="gzip")
        assert problem(answer) == (400, "request.encoding")
    assert await end_of_log(world) == before
    proven(await send(device, packed, content_encoding="gzip"))


async def test_p2_a_push_that_was_cut_anywhere_changes_nothing(world: World, device: SyncDevice) -> None:
    body, before = sound(device), await end_of_log(world)
    for length in range(1, len(body) - 1, 11):
        assert problem(await send(device, body[:length]))[1] in ("request.malformed", "device.signature")
    assert await end_of_log(world) == before


async def test_a4_an_operation_that_was_altered_on_its_way_refuses_the_push(world: World, device: SyncDevice) -> None:
    body, before = sound(device), await end_of_log(world)
    assert problem(await send(device, body.replace(b"0912", b"0913"))) == (403, "device.signature")
    assert await end_of_log(world) == before


@pytest.mark.parametrize("text", ["", "A", "AA", "A" * 86, "-_" * 40])
async def test_a4_a_signature_that_is_none_refuses_the_push(device: SyncDevice, text: str) -> None:
    assert problem(await send(device, changed(device, signature=text))) == (403, "device.signature")


async def test_a1_nobody_pushes_under_another_devices_actor(world: World, device: SyncDevice) -> None:
    body, thief, before = sound(device), await world.enrolled(CLERK), await end_of_log(world)
    assert problem(await send(thief, body)) == (403, "device.wrong")
    assert await end_of_log(world) == before


async def test_a1_nobody_pushes_from_his_other_device(world: World, device: SyncDevice) -> None:
    other = await world.enrolled(TECHNICIAN)
    assert problem(await send(other, sound(device))) == (403, "device.wrong")


async def test_p1_an_actor_that_never_said_hello_is_unknown(device: SyncDevice) -> None:
    assert problem(await send(device, changed(device, actor="nobody-knows-me"))) == (409, "sync.actor")


@pytest.mark.parametrize(("first", "code"), [(0, "sync.gap"), (2, "sync.gap"), (2**53 - 1, "sync.gap")])
async def test_p3_a_push_that_leaves_a_gap_is_refused(device: SyncDevice, first: int, code: str) -> None:
    answer = await send(device, changed(device, first=first))
    assert problem(answer) == (409, code)
    assert answer.json()["facts"] == {"need_from": 1}


async def test_p3_a_push_whose_numbers_run_out_is_refused_as_a_gap(device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME)
    device.write(Kind.CUSTOMER, "customer-two", HOME)
    head, payloads = device.chain.push()
    answer = await send(device, body_of(structs.replace(head, first=2**53 - 1), payloads))
    assert problem(answer) == (409, "sync.gap")


async def test_p3_a_push_of_an_epoch_that_is_over_is_told_which_one_is_now(world: World, device: SyncDevice) -> None:
    body = sound(device)
    strange = Mark(COMPANY, "incarnation-lost", world.epoch, 10_000, "")
    token = write_mark(world.journal.endpoint.keys, strange)
    said = msgspec.json.encode(device.chain.hello(marks=(token,)))
    epoch = proven(await device.client.post("/sync/v1/hello", content=said)).json()["epoch"]
    before = await end_of_log(world)
    answer = await send(device, body)
    assert problem(answer) == (409, "sync.epoch")
    assert answer.json()["facts"] == {"epoch": epoch, "lineage": [[world.epoch, None, 0], [epoch, world.epoch, before]]}
    assert await end_of_log(world) == before


async def test_p3_a_replayed_push_is_answered_again_and_changes_nothing(world: World, device: SyncDevice) -> None:
    body = sound(device)
    first = proven(await send(device, body)).json()
    before = await end_of_log(world)
    for _ in range(3):
        again = proven(await send(device, body)).json()
        assert (again["stamps"], again["results"], again["head"]) == (first["stamps"], first["results"], first["head"])
    assert await end_of_log(world) == before


async def test_t1_a_stamp_never_changes_whatever_becomes_of_its_author(world: World, device: SyncDevice) -> None:
    body = sound(device)
    first = proven(await send(device, body)).json()
    async with world.journal.reading(COMPANY) as ledger:
        kept = await ledger.logged(device.chain.record.actor, 1, 1)
    await world.decide(ADMIN, Setting(Kind.ROLE_GRANT, f"grant-{TECHNICIAN.user}-technician", {"ended_at": 1}))
    world.clock.ahead_ms += 60_000
    again = proven(await send(device, body)).json()
    assert (again["stamps"], again["results"]) == (first["stamps"], first["results"])
    async with world.journal.reading(COMPANY) as ledger:
        assert await ledger.logged(device.chain.record.actor, 1, 1) == kept


async def test_p3_an_old_push_is_no_way_back(world: World, device: SyncDevice) -> None:
    body = sound(device)
    proven(await send(device, body))
    await device.pull()
    device.write(Kind.CUSTOMER, "customer-one", {"phone": "02-2960-0000"})
    await device.push(2)
    proven(await send(device, body))
    assert (await world.document(Kind.CUSTOMER, "customer-one"))["phone"] == "02-2960-0000"


HELLOS: dict[str, tuple[Callable[[dict[str, Any]], dict[str, Any]], tuple[int, str]]] = {
    "a newer protocol": (lambda said: said | {"proto": 2}, (426, "sync.protocol")),
    "no protocol": (lambda said: said | {"proto": 0}, (426, "sync.protocol")),
    "a newer schema": (lambda said: said | {"schema": SCHEMA + 1}, (426, "sync.protocol")),
    "an unknown member": (lambda said: said | {"colour": 1}, (400, "request.malformed")),
    "a missing member": (lambda said: {"actor": said["actor"]}, (400, "request.malformed")),
    "another company": (lambda said: said | {"actor": said["actor"] | {"company": "other"}}, (403, "device.wrong")),
    "another user": (lambda said: said | {"actor": said["actor"] | {"user": CLERK.user}}, (403, "device.wrong")),
    "another device": (lambda said: said | {"actor": said["actor"] | {"device": "device-x"}}, (403, "device.wrong")),
    "another place": (lambda said: said | {"actor": said["actor"] | {"place": "office"}}, (403, "device.wrong")),
    "another past": (lambda said: said | {"actor": said["actor"] | {"parent_seq": 7}}, (409, "sync.actor")),
}


@pytest.mark.parametrize("fault", HELLOS)
async def test_p1_a_hello_that_cannot_be_is_refused(device: SyncDevice, fault: str) -> None:
    mend, expected = HELLOS[fault]
    said = mend(msgspec.to_builtins(device.chain.hello()))
    assert problem(await device.client.post("/sync/v1/hello", json=said)) == expected


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff", b'{"actor":{"x":' + b"[" * 100_000, b'{"actor":"\\ud83d"}', b"null"]
)
async def test_p1_a_hello_that_cannot_be_read_is_malformed(device: SyncDevice, body: bytes) -> None:
    assert problem(await device.client.post("/sync/v1/hello", content=body)) == (400, "request.malformed")


async def test_e3_forged_marks_begin_no_epoch(world: World, device: SyncDevice) -> None:
    for marks in (("x", "AAAA.AAAA", "😀"), ("." * 200, "=.=")):
        said = device.chain.hello(marks=marks)
        answer = await device.client.post("/sync/v1/hello", content=msgspec.json.encode(said))
        assert proven(answer).json()["epoch"] == world.epoch


async def test_l1_a_cursor_that_was_not_given_out_here_is_refused(device: SyncDevice) -> None:
    await device.pull()
    given = device.cursor or ""
    body, tag = given.split(".")
    flipped = ("B" if body[8] == "A" else "A").join((body[:8], body[9:]))
    forged = (
        "",
        "x",
        "😀",
        given[:-3],
        given + "AAAA",
        f"{body}.",
        f".{tag}",
        f"{flipped}.{tag}",
        f"{body}.{tag}.{tag}",
    )
    for cursor in forged:
        answer = await device.client.get("/sync/v1/pull", params={"cursor": cursor})
        assert problem(answer) == (400, "sync.cursor"), cursor


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "-1"}, {"limit": "2001"}, {"limit": "x"}, {"cursor": "x" * 1_001}]
)
async def test_l1_a_wish_that_cannot_be_is_malformed(device: SyncDevice, query: dict[str, str]) -> None:
    assert problem(await device.client.get("/sync/v1/pull", params=query)) == (400, "request.malformed")


async def test_o2_of_a_hundred_operations_with_two_faults_all_are_safe_and_the_faults_are_named(
    world: World, device: SyncDevice
) -> None:
    for number in range(100):
        fields = HOME | {"name": f"客戶 {number} 😀"} | ({"colour": "red"} if number == 70 else {})
        operation = Operation(1, "customer", f"customer-{number}", Base(0, world.epoch), 1, 0, fields)
        payload = msgspec.json.encode(operation)
        device.chain.append(payload.replace("😀".encode(), b"\\ud83d") if number == 30 else payload)
    reply = await device.push()
    assert reply.acked_seq == 100
    assert reply.results == ((30, "held", "operation.text"), (70, "held", "operation.field"))
    rows = await device.pull()
    assert {name for name in rows if name.startswith("customer")} == {
        f"customer-{number}" for number in range(100) if number not in (30, 70)
    }
    async with world.journal.reading(COMPANY) as ledger:
        kept = await ledger.logged(device.chain.record.actor, 1, 100)
    assert [each.payload for each in kept] == device.chain.sent


BROKEN: dict[str, tuple[bytes, Code]] = {
    "nothing": (b"", Code.OPERATION_MALFORMED),
    "no JSON": (b"hello", Code.OPERATION_MALFORMED),
    "an object": (b"{}", Code.OPERATION_MALFORMED),
    "a bottomless list": (b"[" * 100_000, Code.OPERATION_MALFORMED),
    "no UTF-8": (b'[1,"customer","customer-one",[0,"e-one"],1,0,{"name":"\xff"}]', Code.OPERATION_TEXT),
    "a cut emoji": (b'[1,"customer","customer-one",[0,"e-one"],1,0,{"name":' + CUT_EMOJI + b"}]", Code.OPERATION_TEXT),
    "a NUL": (b'[1,"customer","customer-one",[0,"e-one"],1,0,{"name":"a\\u0000"}]', Code.OPERATION_TEXT),
    "a NUL in the kind": (b'[1,"a\\u0000","customer-one",[0,"e-one"],1,0,{"name":"a"}]', Code.OPERATION_TEXT),
    "no NFC": (b'[1,"customer","customer-one",[0,"e-one"],1,0,{"name":"e\xcc\x81"}]', Code.OPERATION_TEXT),
    "a fraction": (b'[1,"service_visit","visit-one",[0,"e-one"],1,0,{"fee_total":12.0}]', Code.OPERATION_VALUE),
    "too great a number": (b'[1,"service_visit","visit-one",[0,"e-one"],1,0,{"fee_total":1e99}]', Code.OPERATION_VALUE),
    "nothing set": (b'[1,"customer","customer-one",[0,"e-one"],1,0,{}]', Code.OPERATION_FIELD),
    "a newer schema": (
        b'[%d,"customer","customer-one",[0,"e-one"],1,0,{"name":"a"}]' % (SCHEMA + 1),
        Code.OPERATION_SCHEMA,
    ),
    "a kind of a newer schema": (
        b'[1,"photo","photo-one",[0,"e-one"],1,0,{"caption":"a"}]',
        Code.OPERATION_KIND,
    ),
    "an unknown epoch": (
        b'[1,"customer","customer-one",[0,"e-one"],1,0,{"unit":"unit-banqiao","name":"a"}]',
        Code.OPERATION_BASE,
    ),
    "too long a text": (
        b'[1,"customer","customer-one",[0,"e-one"],1,0,{"name":"' + b"a" * 201 + b'"}]',
        Code.OPERATION_VALUE,
    ),
    "too long an operation": (b'[1,"' + b"a" * 131_072 + b'"', Code.OPERATION_MALFORMED),
}


@pytest.mark.parametrize("fault", BROKEN)
async def test_p5_a_broken_operation_is_held_by_its_code_and_the_queue_goes_on(
    world: World, device: SyncDevice, fault: str
) -> None:
    payload, code = BROKEN[fault]
    device.chain.append(payload)
    device.write(Kind.CUSTOMER, "customer-two", HOME)
    reply = await device.push()
    assert reply.results == ((0, "held", code.value),)
    assert await world.document(Kind.CUSTOMER, "customer-two") == HOME
    async with world.journal.reading(COMPANY) as ledger:
        assert [each.payload for each in await ledger.held()] == [payload]


async def test_f3_another_units_document_is_neither_changed_nor_told(world: World, device: SyncDevice) -> None:
    theirs = await world.enrolled(CLERK_ELSEWHERE)
    theirs.write(Kind.CUSTOMER, "customer-one", {"unit": TAOYUAN, "name": "桃園的客戶", "phone": "03-333-4444"})
    await theirs.push()
    for fields in ({"name": "mine"}, HOME, {"unit": BANQIAO}, {"note": None}):
        device.chain.write("customer", "customer-one", fields, base=await end_of_log(world))
        answer = await send(device, body_of(*device.chain.push(len(device.chain.sent))))
        assert proven(answer).json()["results"] == [[0, "held", "operation.scope"]]
        assert "桃園" not in answer.text
    assert "customer-one" not in await device.pull()
    assert (await world.document(Kind.CUSTOMER, "customer-one"))["name"] == "桃園的客戶"


async def test_g1_a_group_whose_members_do_not_count_down_is_held_whole(world: World, device: SyncDevice) -> None:
    for number, following in enumerate((2, 0, 0)):
        device.write(Kind.CUSTOMER, f"customer-{number}", HOME, following=following)
    device.write(Kind.CUSTOMER, "customer-behind", HOME)
    reply = await device.push()
    assert reply.results == tuple((place, "held", "operation.group") for place in range(3))
    assert await world.document(Kind.CUSTOMER, "customer-0") == {}
    assert await world.document(Kind.CUSTOMER, "customer-behind") == HOME


async def test_o6_a_document_that_only_a_held_group_named_belongs_to_nobody(world: World, device: SyncDevice) -> None:
    device.write(Kind.CUSTOMER, "customer-one", HOME, following=1)
    device.write(Kind.CUSTOMER, "customer-two", HOME | {"colour": "red"})
    device.write(Kind.CUSTOMER, "customer-one", {"name": "a name without a unit"})
    assert (await device.push()).results[-1] == (2, "held", "operation.scope")
    assert await world.document(Kind.CUSTOMER, "customer-one") == {}


ALTERED: dict[str, dict[str, object]] = {
    "the content": {"content": '{"visit":{"fee_total":1}}'},
    "the content and its hash": {
        "content": '{"visit":{}}',
        "content_sha256": sha256(b'{"visit":{}}').hexdigest(),
    },
    "the content's order": {
        "content": '{"visit":{},"a":1}',
        "content_sha256": sha256(b'{"visit":{},"a":1}').hexdigest(),
    },
    "the signer": {"signer_name": "somebody else"},
    "the image": {"image_sha256": "0" * 64},
    "the strokes": {"strokes_sha256": None},
    "the visit": {"visit": "visit-other"},
    "the device": {"device": "device-other"},
    "the device's signature": {"device_signature": "A" * 86},
    "no signature of the device": {"device_signature": None},
}


@pytest.mark.parametrize("what", ALTERED)
async def test_n1_a_signature_of_which_anything_was_altered_holds_its_whole_group(world: World, what: str) -> None:
    unit = await at_work(world)
    await unit.logged()
    visit = await unit.dispatched()
    await unit.worked(visit, finished_at=None)
    await unit.technician.pull()
    name, fields = signature(unit.technician, visit, WORK)
    finished = WORK | {"finished_at": 1}
    unit.technician.write(Kind.SERVICE_VISIT, visit, finished, following=1)
    unit.technician.write(Kind.SIGNATURE, name, fields | ALTERED[what])
    reply = await unit.technician.push(len(unit.technician.chain.sent) - 1)
    assert [result[1:] for result in reply.results] == [("held", "operation.signature")] * 2
    assert "finished_at" not in await world.document(Kind.SERVICE_VISIT, visit)
    assert await world.document(Kind.SIGNATURE, name) == {}
    assert "visit.signed" not in await world.deeds()
