"""`fieldproof verify-receipt`: what a technician was handed proves itself, and nothing that was changed does."""

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from schemas import kinds
from schemas.registry import Kind
from schemas.scalars import is_instant
from server.cli.commands import main
from server.cli.receipt_words import receipt_words
from server.cli.receipts import ReceiptError, verified_receipts
from server.platform.ambient import RealAmbient
from server.platform.keys import ServerKeys, base64url
from server.platform.kind_words import KIND_WORDS
from sync.chain import link
from sync.erasing import reduced
from tests.server.world import BANQIAO, COMPANY, TECHNICIAN, SyncDevice, World

on_sqlite = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""A file is the same from either database."""

Lines = list[dict[str, Any]]


async def handed_over(world: World) -> tuple[SyncDevice, Lines]:
    """A phone's file: one entry that was applied, two of which one was held, and one that was never sent."""
    phone = await world.enrolled(TECHNICIAN)
    phone.write(Kind.CUSTOMER, "customer-one", {"unit": BANQIAO, "name": "陳美惠"})
    first = await phone.push()
    phone.write(Kind.CUSTOMER, "customer-two", {"unit": BANQIAO, "name": "林志豪"})
    phone.write(Kind.CUSTOMER, "customer-one", {"colour": "red"})
    second = await phone.push(2)
    phone.write(Kind.CUSTOMER, "customer-two", {"phone": "02-2"})
    stamps = [*first.stamps, *second.stamps, None]
    chain = phone.chain
    lines: Lines = [
        {"format": "fieldproof-receipts-1", "company": COMPANY, "user": TECHNICIAN.user, "at": world.clock.now()},
        {"actor": chain.record, "first": 1, "prev": chain.heads[0]},
    ]
    for seq, (payload, stamp) in enumerate(zip(chain.sent, stamps, strict=True), start=1):
        lines.append({"seq": seq, "text": payload.decode(), "stamp": stamp})
    lines += [{"receipt": first.receipt}, {"receipt": second.receipt}]
    return phone, msgspec.json.decode(msgspec.json.encode(lines))


def written(folder: Path, lines: Sequence[object]) -> Path:
    file = folder / "receipts.jsonl"
    file.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    return file


@on_sqlite
async def test_p6_a_file_of_receipts_tells_which_entries_were_acknowledged_and_when(
    world: World, tmp_path: Path
) -> None:
    phone, lines = await handed_over(world)
    proofs = verified_receipts(written(tmp_path, lines), world.journal.endpoint.keys.receipt_public)
    assert [[each.seq for each in stretch.entries] for stretch in proofs.stretches] == [[1], [2, 3]]
    assert proofs.without == 1
    first, *_, last = told = receipt_words(proofs, {TECHNICIAN.user: TECHNICIAN.name})
    assert first == f"驗證相符：2 張回條，3 筆操作，公司 {COMPANY}"
    assert f"簽收 1 筆操作，裝置 {phone.device}（{TECHNICIAN.name}）" in told[1]
    assert "寫的客戶 customer-one" in told[2]
    assert "保留待處理：" in told[5]
    assert last.startswith("另有 1 筆操作沒有回條")


def earlier_text(lines: Lines) -> None:
    lines[2]["text"] = lines[2]["text"].replace("陳美惠", "陳美華")


def received_earlier(lines: Lines) -> None:
    lines[3]["stamp"][2] -= 1


def verdict_changed(lines: Lines) -> None:
    lines[4]["stamp"][4] = "applied"


def entry_left_out(lines: Lines) -> None:
    del lines[2]


def entries_swapped(lines: Lines) -> None:
    lines[3]["text"], lines[4]["text"] = lines[4]["text"], lines[3]["text"]


def receipt_of_another_time(lines: Lines) -> None:
    lines[6]["receipt"]["at"] -= 86_400_000


def stretch_widened(lines: Lines) -> None:
    lines[7]["receipt"]["first"] = 1


def receipt_of_another_chain(lines: Lines) -> None:
    lines[1]["actor"]["actor"] = "actor-of-another"


def another_person(lines: Lines) -> None:
    lines[1]["actor"]["user"] = "technician-two"


def another_company(lines: Lines) -> None:
    lines[0]["company"] = "company-two"


def no_receipts(lines: Lines) -> None:
    del lines[6:]


def no_format(lines: Lines) -> None:
    lines[0]["format"] = "fieldproof-outbox-1"


def no_stamp(lines: Lines) -> None:
    lines[2]["stamp"] = None


def no_signature(lines: Lines) -> None:
    lines[6]["receipt"]["signature"] = "AA"


def nonsense(lines: Lines) -> None:
    lines[3] = {"what": 1}


def receipt_before_its_chain(lines: Lines) -> None:
    lines.insert(1, lines[6])


CHANGES: tuple[tuple[Callable[[Lines], None], str], ...] = (
    (earlier_text, "被改過、少了或換了順序"),
    (received_earlier, "收到時間和結果"),
    (verdict_changed, "收到時間和結果"),
    (entry_left_out, "少了第 1 筆"),
    (entries_swapped, "被改過、少了或換了順序"),
    (receipt_of_another_time, "不是這家公司簽的，或簽過之後被改過"),
    (stretch_widened, "不是這家公司簽的，或簽過之後被改過"),
    (receipt_of_another_chain, "開頭不是這個人和這台裝置的"),
    (another_person, "開頭不是這個人和這台裝置的"),
    (another_company, "另一家公司的"),
    (no_receipts, "沒有回條"),
    (no_format, "不是回條檔"),
    (no_stamp, "收到時間和結果"),
    (no_signature, "不是這家公司簽的"),
    (nonsense, "第 4 行讀不懂"),
    (receipt_before_its_chain, "第 2 行讀不懂"),
)


@on_sqlite
@pytest.mark.parametrize(("change", "why"), CHANGES, ids=lambda each: getattr(each, "__name__", ""))
async def test_p6_what_was_changed_proves_nothing_and_says_why(
    world: World, tmp_path: Path, change: Callable[[Lines], None], why: str
) -> None:
    _, lines = await handed_over(world)
    change(lines)
    with pytest.raises(ReceiptError, match=why):
        verified_receipts(written(tmp_path, lines), world.journal.endpoint.keys.receipt_public)


@on_sqlite
async def test_p6_another_companys_key_proves_nothing(world: World, tmp_path: Path) -> None:
    _, lines = await handed_over(world)
    other = ServerKeys(RealAmbient().random_bytes(32), b"", b"")
    with pytest.raises(ReceiptError, match="不是這家公司簽的"):
        verified_receipts(written(tmp_path, lines), other.receipt_public)


@on_sqlite
async def test_y6_a_frame_proves_nothing_but_the_hash_of_what_was_sent(world: World, tmp_path: Path) -> None:
    _, lines = await handed_over(world)
    sent = lines[2]["text"].encode()
    public = world.journal.endpoint.keys.receipt_public
    lines[2] |= {"text": reduced(sent).decode(), "sha256": link(sent)}
    words = receipt_words(verified_receipts(written(tmp_path, lines), public), {})
    assert f"只證明送出時的指紋 {link(sent)}" in words[2]
    lines[2]["text"] = sent.decode().replace("陳美惠", "陳美華")
    with pytest.raises(ReceiptError, match="簽的不是檔案裡這些紀錄"):
        verified_receipts(written(tmp_path, lines), public)


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"[1]", b"{}", b"null\n" * 3])
def test_what_is_no_file_of_receipts_is_told_as_that(tmp_path: Path, text: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(text)
    with pytest.raises(ReceiptError):
        verified_receipts(file, bytes(32))


@on_sqlite
async def test_the_console_proves_with_a_key_alone_and_fails_with_a_reason(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, lines = await handed_over(world)
    file = str(written(tmp_path, lines))
    monkeypatch.setenv("DATA", str(tmp_path / "nowhere"))
    monkeypatch.setenv("DATABASE_URL", "")
    key = base64url(world.journal.endpoint.keys.receipt_public)
    assert await asked("verify-receipt", file, f"--key={key}") == 0
    assert "驗證相符：2 張回條" in capsys.readouterr().out
    assert await asked("verify-receipt", file) == 1
    assert "--key" in capsys.readouterr().err
    assert await asked("verify-receipt", file, "--key", "abc") == 1
    assert "公鑰不對" in capsys.readouterr().err
    earlier_text(lines)
    assert await asked("verify-receipt", str(written(tmp_path, lines)), f"--key={key}") == 1
    assert "驗證不符。" in capsys.readouterr().err
    assert await asked("receipt-key") == 1


@on_sqlite
async def test_on_the_server_its_own_key_proves(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, lines = await handed_over(world)
    monkeypatch.setenv("DATABASE_URL", world.journal.database.url)
    assert await asked("receipt-key") == 0
    assert capsys.readouterr().out.strip() == base64url(world.journal.endpoint.keys.receipt_public)
    assert await asked("verify-receipt", str(written(tmp_path, lines))) == 0


async def asked(*words: str) -> int:
    """Type something at the console, which has a loop of its own."""
    return await asyncio.to_thread(main, words)


def test_every_kind_has_its_word() -> None:
    assert KIND_WORDS.keys() == set(Kind)


async def test_a_file_that_is_not_there_is_said_in_the_operators_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for wrong, said in ((tmp_path / "no.jsonl", "找不到 {}。"), (tmp_path, "{} 是資料夾，不是檔案。")):
        assert await asked("verify-receipt", str(wrong), "--key", base64url(bytes(32))) == 1
        assert capsys.readouterr().err.strip() == said.format(wrong)


@on_sqlite
async def test_on_the_server_people_and_devices_are_told_by_name_and_instants_by_the_company_s_clock(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    phone, lines = await handed_over(world)
    monkeypatch.setenv("DATABASE_URL", world.journal.database.url)
    assert await asked("verify-receipt", str(written(tmp_path, lines))) == 0
    said = capsys.readouterr().out
    assert TECHNICIAN.name in said
    assert [each for each in (TECHNICIAN.user, phone.device, COMPANY) if each in said] == []


def test_every_field_that_holds_an_instant_is_named_like_one_and_no_other_is() -> None:
    said = "".join(path.read_text("utf-8") for path in Path(kinds.__path__[0]).glob("*.py"))
    fields = dict(re.findall(r"^    (\w+): (\w+)", said, re.MULTILINE))
    assert [field for field, kind in fields.items() if is_instant(field) != (kind == "EpochMs")] == []
    assert fields["warranty_until"] == "EpochMs"
