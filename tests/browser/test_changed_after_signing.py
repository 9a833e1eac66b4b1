"""What the customer signed and what was written afterwards stand apart, wherever the entry is shown."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import Seat
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

CHANGED, TO_BE_DECIDED = "簽後變更", "內容待決"
OFFICE_FAULT = "冷媒外漏"


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
def phone(server: ServerProcess, chromium: Browser, visit: str) -> tuple[Seat, Page]:  # noqa: ARG001 - his job is there
    return field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)


def sign_for_it(page: Page) -> None:
    """From writing what was done to a finished visit."""
    field.write_work(page)
    field.hand_over(page, CUSTOMER)


def changed_everywhere_in_the_office(page: Page, word: str = CHANGED) -> None:
    """The open register's row and course, the voucher's entries, and the list of vouchers; ends on the list."""
    expect(page.get_by_role("row").filter(has_text=CUSTOMER)).to_contain_text(word)
    expect(page.get_by_role("region", name="經過")).to_contain_text(word)
    expect(page.get_by_role("button", name="結案並歸檔")).to_be_disabled()
    page.get_by_role("link", name="看憑證").click()
    expect(page.get_by_role("grid", name="服務紀錄")).to_contain_text(word)
    page.get_by_role("link", name="服務憑證").click()
    expect(page.get_by_role("row").filter(has_text=CUSTOMER)).to_contain_text(word)


def changed_on_the_phone(page: Page, *texts: str, word: str = CHANGED) -> None:
    """The card of the finished job says so, and the job shows both texts; ends on the job."""
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text(word)
    page.get_by_role("link", name=CUSTOMER).click()
    for text in texts:
        expect(page.get_by_text(text, exact=True)).to_be_visible()


def test_f032_a_change_made_in_knowledge_of_the_signature_is_shown_wherever_the_entry_is(
    server: ServerProcess, chromium: Browser, clerk: Desk, manager: Desk, visit: str, phone: tuple[Seat, Page]
) -> None:
    _, page = phone
    field.travel(page)
    field.arrive(page)
    sign_for_it(page)
    clerk.await_fact(visit, "finished_at")
    register = office.office_page(chromium, server.address, CLERK)
    expect(register.get_by_role("region", name="經過")).to_contain_text("簽認")

    manager.ask("POST", f"/api/visits/{visit}/amend", {"reason": "多收了", "fields": {"fee_total": 100_000}})

    changed_everywhere_in_the_office(register)
    register.get_by_role("row").filter(has_text=CUSTOMER).dblclick()
    expect(register.get_by_role("heading", name="簽名之後改過內容")).to_be_visible()
    expect(register.get_by_role("row", name="費用 NT$ 1,650 NT$ 1,000")).to_be_visible()
    changed_on_the_phone(page, "客戶簽名之後內容改過，請客戶重簽", "NT$ 1,650", "NT$ 1,000")
    expect(page.get_by_role("button", name="請客戶重簽")).to_be_enabled()


def test_f032_a_change_of_somebody_who_had_not_seen_the_signature_is_shown_wherever_the_entry_is(
    server: ServerProcess, chromium: Browser, clerk: Desk, visit: str, phone: tuple[Seat, Page]
) -> None:
    _, page = phone
    field.travel(page)
    field.arrive(page)
    clerk.await_fact(visit, "arrived_at")
    seen = clerk.rows()[visit].position
    sign_for_it(page)
    clerk.await_fact(visit, "finished_at")
    register = office.office_page(chromium, server.address, CLERK)
    expect(register.get_by_role("region", name="經過")).to_contain_text("簽認")

    clerk.write(Kind.SERVICE_VISIT, visit, {"fault": OFFICE_FAULT}, base=seen)

    changed_everywhere_in_the_office(register, TO_BE_DECIDED)
    expect(register.get_by_text(CHANGED)).to_have_count(0)
    register.get_by_role("row").filter(has_text=CUSTOMER).dblclick()
    expect(register.get_by_role("heading", name="有待決定的內容")).to_be_visible()
    expect(
        register.get_by_role("row", name=f"故障 {field.FAULT} {field.FAULT} 另有人寫 {OFFICE_FAULT}")
    ).to_be_visible()
    changed_on_the_phone(page, field.FAULT, OFFICE_FAULT, word=TO_BE_DECIDED)
    expect(page.get_by_role("button", name="請客戶重簽")).to_be_hidden()
