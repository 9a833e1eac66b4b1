"""Phones left alone since an older version: their unsent work arrives at today's office, nothing else changes."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import Desk
from tests.browser.people import choose_pin, phone_of, sign_in_again
from tests.prior import office, phone
from tests.prior.freezing import ABSENT, BEGUN, OFFICE_FAULT, SIGNED, UNSENT
from tests.server.world import MANAGER, TECHNICIAN, Person
from tests.support.databases import Databases
from tests.support.processes import ServerProcess

YEAR_S = 365 * 86_400
pytestmark = pytest.mark.parametrize("version", office.VERSIONS)


@pytest.fixture
def server(databases: Databases, version: str, app: Path, tmp_path: Path) -> Iterator[ServerProcess]:
    """Today's server on the database that an older one left."""
    name = f"prior_{uuid4().hex}"
    url = databases.create(name)
    asyncio.run(office.thaw(version, url, tmp_path))
    process = ServerProcess(tmp_path, url, {"PWA": str(app)})
    process.start()
    yield process
    process.kill()
    databases.drop(name)


def test_a_phone_of_an_older_version_delivers_what_it_had_not_sent_and_keeps_its_draft(
    version: str, server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    page = thawed(version, server, chromium)
    for customer in (ABSENT, UNSENT):
        expect(page.get_by_role("article", name=customer)).to_contain_text("已完成")
    page.get_by_role("link", name="要重新登入才能傳送").click()
    sign_in_again(page, TECHNICIAN.login)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    everything_arrived(version, desk_of(MANAGER))

    field.finish_what_was_begun(page, BEGUN)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    page.get_by_role("link", name=SIGNED).click()
    expect(page.get_by_role("note")).to_contain_text("有人沒看到簽名就寫了不同的值")


def test_a_phone_left_for_a_year_with_its_clock_set_back_as_far_delivers_everything(
    version: str, server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    page = thawed(version, server, chromium, YEAR_S)
    page.get_by_role("link", name="要重新登入才能傳送").click()
    sign_in_again(page, TECHNICIAN.login)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    everything_arrived(version, desk_of(MANAGER))


def thawed(version: str, server: ServerProcess, chromium: Browser, set_back_s: int = 0) -> Page:
    """The app on the frozen phone, whose clock goes on from when it was frozen, or from that much earlier."""
    seat = phone_of(chromium, server.address)
    frozen_at = max(each["at"] for each in phone.rows_of(version, "fieldproof-outbox", "operations"))
    seat.context.clock.install(time=frozen_at / 1_000 - set_back_s)
    phone.thaw(seat.context, server.address, version)
    page = seat.open()
    choose_pin(page)
    return page


def everything_arrived(version: str, manager: Desk) -> None:
    """Each operation stands in the office once and applied, and each file is there."""
    kept = phone.rows_of(version, "fieldproof-outbox", "operations")
    documents = sorted({(Kind(each["kind"]), each["doc"]) for each in kept})
    told = [operation for document in documents for operation in manager.history(*document)]
    own = {(each["actor"], each["seq"]): each["verdict"] for each in told}
    assert own.keys() >= {(each["actor"], each["seq"]) for each in kept}
    assert {own[each["actor"], each["seq"]] for each in kept} == {"applied"}
    for name in (name for each in kept for name in each["blobs"]):
        manager.await_file(name)
    rows = manager.rows()
    written = {name: set(values_of(kept, name)) for name in ("unsigned_note", "signer_name")}
    assert written == {"unsigned_note": {"按鈴沒人應"}, "signer_name": {SIGNED, UNSENT}}
    shown = [row.fields for row in rows.values()]
    assert {fields["signer_name"] for fields in shown if "signer_name" in fields} == {SIGNED, UNSENT}
    assert [fields["unsigned_note"] for fields in shown if "unsigned_note" in fields] == ["按鈴沒人應"]
    assert OFFICE_FAULT in {write.value for row in rows.values() for write in row.rivals.get("fault", ())}


def values_of(kept: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    """Every value that the phone wrote to fields of that name."""
    fields = [msgspec.json.decode(each["text"])[6] for each in kept]
    return [each[name] for each in fields if name in each]
