"""How much work everyday work is: a visit's taps, and the keys of an intake, counted as a person makes them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from schemas.vocabulary import Category
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""

NEXT = "吳淑芬"
TAPS_MOST = 8
KEY_S = 0.28
INTAKE_S = 20

_COUNT = """() => {
  window.counted = { click: [], keydown: 0 };
  addEventListener('click', ({ target, detail }) => detail && window.counted.click.push(target.innerText ?? ''), true);
  addEventListener('keydown', () => { window.counted.keydown += 1; }, true);
}"""


@pytest.fixture
def clerk(desk_of: Callable[[Person], Desk]) -> Desk:
    return desk_of(CLERK)


@pytest.fixture
def phone(server: ServerProcess, chromium: Browser, clerk: Desk, desk_of: Callable[[Person], Desk]) -> Page:
    """A technician's phone with two jobs, the first of them free within its warranty; what is tapped is counted."""
    manager = desk_of(MANAGER)
    call = log_call(clerk)
    asset = clerk.rows()[call].fields["asset"]
    clerk.write(Kind.ASSET, asset, {"warranty_until": in_days(300)})
    clerk.write(Kind.SERVICE_CALL, call, {"category": Category.WARRANTY})
    dispatch(manager, call)
    dispatch(manager, log_call(clerk, NEXT))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    expect(page.get_by_role("link", name=NEXT)).to_be_visible()
    page.evaluate(_COUNT)
    return page


def in_days(days: int) -> int:
    return int((datetime.now(UTC) + timedelta(days=days)).timestamp() * 1000)


def taps(page: Page) -> int:
    """How often somebody has tapped since the counting began."""
    return len(page.evaluate("window.counted.click"))


def test_f030_a_whole_warranty_visit_takes_eight_taps_and_a_signature(phone: Page) -> None:
    field.travel(phone)
    phone.get_by_role("button", name="到達", exact=True).click()
    phone.get_by_role("group", name="故障", exact=True).get_by_role("button").first.click()
    phone.get_by_role("group", name="處理", exact=True).get_by_role("button").first.click()
    phone.get_by_role("group", name="結果").get_by_role("button", name="修好").click()
    field.show_customer(phone)
    before = taps(phone)
    field.sign(phone, CUSTOMER)
    signing = taps(phone) - before
    field.finish(phone)
    phone.get_by_role("heading", name="今日").wait_for()
    phone.get_by_role("link", name=NEXT).click()
    phone.get_by_role("heading", name="工單").wait_for()
    assert taps(phone) - signing <= TAPS_MOST, phone.evaluate("window.counted.click")


def test_opening_starting_arriving_and_calling_are_one_tap_each(phone: Page) -> None:
    phone.get_by_role("link", name=CUSTOMER).click()
    call = phone.get_by_role("link", name="打電話")
    expect(call).to_have_attribute("href", "tel:0229601188")
    assert taps(phone) == 1
    field.travel(phone)
    assert taps(phone) == 1 + 1
    phone.get_by_role("button", name="到達", exact=True).click()
    phone.get_by_role("heading", name="施作").wait_for()
    assert taps(phone) == 1 + 1 + 1


def test_f010_an_intake_takes_twenty_seconds_of_keys(server: ServerProcess, chromium: Browser, clerk: Desk) -> None:
    """A new customer with a new product, and one who is known; the text that is composed is typed apart."""
    log_call(clerk)
    asset = clerk.one(Kind.ASSET).id
    clerk.write(Kind.ASSET, asset, {"warranty_until": in_days(-300)})
    page = office.office_page(chromium, server.address, CLERK)
    page.evaluate(_COUNT)
    office.log_by_keyboard(page, NEXT, "0225551234")
    new = page.evaluate("window.counted.keydown")
    page.keyboard.press("F2")
    page.keyboard.type("0229601188")
    expect(page.get_by_text("找到 1 位客戶")).to_be_visible()
    page.keyboard.press("Alt+3")
    page.keyboard.type("漏水")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{CUSTOMER}已登記")).to_be_visible()
    known = page.evaluate("window.counted.keydown") - new
    assert (known * KEY_S < INTAKE_S, new * KEY_S < INTAKE_S) == (True, True), (known, new)


def test_f013_a_caller_is_found_by_his_serial_number_or_a_part_of_his_name_without_the_mouse(
    server: ServerProcess, chromium: Browser, clerk: Desk
) -> None:
    """A number that nobody knows, and what he says besides: no second customer and no second product is made."""
    log_call(clerk)
    clerk.write(Kind.ASSET, clerk.one(Kind.ASSET).id, {"warranty_until": in_days(-300)})
    page = office.office_page(chromium, server.address, CLERK)
    page.evaluate(_COUNT)
    page.keyboard.press("F2")
    page.keyboard.type("0225551234")
    page.keyboard.press("Alt+2")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("kr528 001947")
    expect(page.get_by_role("button", name=f"用{CUSTOMER}的冰箱")).to_be_visible()
    serial = take_offered(page)
    page.keyboard.press("Tab")
    page.keyboard.type(CUSTOMER[1:])
    expect(page.get_by_role("button", name=f"用{CUSTOMER}")).to_be_visible()
    name = take_offered(page) - serial
    assert (serial * KEY_S < INTAKE_S, name * KEY_S < INTAKE_S) == (True, True), (serial, name)
    clerk.await_many(Kind.SERVICE_CALL, 3)
    assert [len(clerk.of(kind)) for kind in (Kind.CUSTOMER, Kind.ASSET)] == [1, 1]


def take_offered(page: Page) -> int:
    """Take the first who is offered, and log his call; how many keys have been pressed altogether."""
    page.keyboard.press("Alt+4")
    expect(page.locator('[data-key="3"] textarea')).to_be_focused()
    page.keyboard.type("漏水")
    page.keyboard.press("Enter")
    expect(page.locator('[data-key="1"]').get_by_label("電話")).to_have_value("")
    return int(page.evaluate("window.counted.keydown"))
