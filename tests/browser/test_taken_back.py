"""A job that is taken back while its technician does it without a network: he and the office are told, all is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, dispatch, sent_out
from tests.browser.people import Seat
from tests.server.world import CLERK, MANAGER, TECHNICIAN, TECHNICIAN_TWO, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What is told does not depend on the office's database."""

KEPT = "你的紀錄已送達並保留，由辦公室處理。"
DELIVERED = "全部已送達"


@pytest.fixture
def clerk(desk_of: Callable[[Person], Desk]) -> Desk:
    return desk_of(CLERK)


@pytest.fixture
def manager(desk_of: Callable[[Person], Desk]) -> Desk:
    return desk_of(MANAGER)


@pytest.fixture
def visit(clerk: Desk, manager: Desk) -> str:
    return sent_out(clerk, manager)


@pytest.fixture
def offline(server: ServerProcess, chromium: Browser, visit: str) -> tuple[Seat, Page]:  # noqa: ARG001 - his job is there
    """The technician's phone out of reach of the office, with a visit that its customer has signed."""
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.set_offline(True)
    field.visit(page, CUSTOMER)
    return phone, page


def told_until_seen(phone: Seat, page: Page, *words: str) -> None:
    """The card stands on the list, over a restart, and in the outbox, and goes when he says so; ends on the list."""
    phone.context.set_offline(False)
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text(KEPT)
    page.close()
    page = field.opened_cold(phone)
    card = page.get_by_role("article", name=CUSTOMER)
    for said in (*words, KEPT):
        expect(card).to_contain_text(said)
    card.get_by_role("link").click()
    expect(page.get_by_role("note").filter(has_text=KEPT)).to_contain_text(words[0])
    page.get_by_role("button", name="回上一頁").click()
    page.get_by_role("link", name=DELIVERED).click()
    card = page.get_by_role("article", name=CUSTOMER)
    expect(card).to_contain_text(words[0])
    card.get_by_role("button", name="知道了").click()
    expect(card).to_be_hidden()
    page.get_by_role("link", name="今日").click()
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("已完成")
    expect(page.get_by_text(KEPT)).to_have_count(0)


def decided_in_the_inbox(page: Page, finding: str, *words: str) -> None:
    """What waits for a decision says who took the job back, when and why, and leads to the call."""
    page.get_by_role("link", name="待決定").click()
    expect(page.get_by_role("heading", name=finding)).to_be_visible()
    for said in (*words, "客戶簽名都收到了"):
        expect(page.get_by_role("note")).to_contain_text(said)
    page.get_by_role("link", name="看叫修").click()
    expect(page.get_by_role("note")).to_contain_text(words[0])


def closed_then(page: Page, clerk: Desk) -> None:
    page.get_by_role("button", name="結案並歸檔").click()
    expect(page.get_by_text("叫修已結案，憑證已歸檔")).to_be_visible()
    assert "closed_at" in clerk.one(Kind.SERVICE_CALL).fields


def test_a_job_given_to_somebody_else_while_it_was_done_is_told_to_both_and_closed_with_what_was_done(
    server: ServerProcess, chromium: Browser, clerk: Desk, manager: Desk, visit: str, offline: tuple[Seat, Page]
) -> None:
    manager.ask("POST", f"/api/dispatches/{visit}/cancel", {"reason": "客戶改期"})
    dispatch(manager, clerk.one(Kind.SERVICE_CALL).id, TECHNICIAN_TWO)
    told_until_seen(*offline, f"已改派給{TECHNICIAN_TWO.name}", MANAGER.name, "原因：客戶改期")

    page = office.office_page(chromium, server.address, MANAGER)
    words = (f"{MANAGER.name} ", "原因：客戶改期", f"已改派給{TECHNICIAN_TWO.name}")
    decided_in_the_inbox(page, "派工取消了，技術員還是到了現場", f"取消派給{TECHNICIAN.name}", *words)
    page.get_by_role("button", name="取消派工").click()
    asked = page.get_by_role("dialog", name=f"取消派給{TECHNICIAN_TWO.name}")
    asked.get_by_label("原因").fill("已經修好")
    asked.get_by_role("button", name="取消派工").click()
    expect(page.get_by_role("region", name="經過")).to_contain_text("已經修好")
    closed_then(page, clerk)
    page.get_by_role("link", name="待決定").click()
    expect(page.get_by_role("region", name="待決定").get_by_text("沒有待決定的事。")).to_be_visible()


def test_a_call_withdrawn_while_it_was_worked_on_is_told_to_both_put_back_and_closed(
    server: ServerProcess, chromium: Browser, clerk: Desk, offline: tuple[Seat, Page]
) -> None:
    call = clerk.one(Kind.SERVICE_CALL).id
    clerk.ask("POST", f"/api/calls/{call}/withdraw", {"reason": "客戶說不修了"})
    told_until_seen(*offline, "叫修已撤銷", CLERK.name, "原因：客戶說不修了")

    page = office.office_page(chromium, server.address, CLERK)
    words = (f"{CLERK.name} ", "原因：客戶說不修了", "先恢復叫修")
    decided_in_the_inbox(page, "叫修撤銷了，技術員還是到了現場", "撤銷這件叫修", *words)
    page.get_by_role("button", name="恢復叫修").click()
    asked = page.get_by_role("dialog", name="恢復這件叫修")
    asked.get_by_label("原因").fill("已經修好，客戶也簽了")
    asked.get_by_role("button", name="恢復叫修").click()
    closed_then(page, clerk)


def test_a_call_that_is_another_one_while_it_was_worked_on_is_told_to_both_put_back_and_closed(
    server: ServerProcess, chromium: Browser, clerk: Desk, offline: tuple[Seat, Page]
) -> None:
    call = clerk.one(Kind.SERVICE_CALL)
    twin = {name: told for name, told in call.fields.items() if name not in {"number", "due_at"}}
    clerk.write(Kind.SERVICE_CALL, "call-twin", twin)
    page = office.office_page(chromium, server.address, CLERK)
    page.evaluate("(id) => { location.hash = `#/call/${id}` }", call.id)
    page.get_by_role("button", name="重複叫修…").click()
    asked = page.get_by_role("dialog", name="和哪一件叫修重複")
    asked.get_by_label("原因").fill("客戶打了兩次")
    asked.get_by_label("原因").press("Enter")
    expect(asked).to_be_hidden()
    told_until_seen(*offline, "和另一件叫修重複", CLERK.name, "原因：客戶打了兩次")

    page.get_by_role("link", name="是同一件").click()
    page.get_by_role("link", name="和這件是同一件").click()
    words = (f"{CLERK.name} ", "原因：客戶打了兩次", "先恢復叫修")
    decided_in_the_inbox(page, "叫修撤銷了，技術員還是到了現場", "把這件標為和另一件重複", *words)
    page.get_by_role("button", name="恢復叫修").click()
    again = page.get_by_role("dialog", name="恢復這件叫修")
    again.get_by_label("原因").fill("已經修好，客戶也簽了")
    again.get_by_role("button", name="恢復叫修").click()
    expect(page.get_by_role("button", name="結案並歸檔")).to_be_enabled()
    assert "duplicate_of" not in clerk.rows()[call.id].fields
