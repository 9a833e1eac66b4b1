"""Whoever sets a unit's hours, special days and districts does so on one page, and open calls follow (1-14)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.registry import Kind
from schemas.rules.arrival import USUAL_HOURS
from tests.browser import office
from tests.browser.desk import Desk, log_call
from tests.server.world import ADMIN, BANQIAO, CLERK, MANAGER, UNITS, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the page does not depend on the database."""

TAIPEI = timedelta(hours=8)


def hours_page(chromium: Browser, address: str, person: Person) -> Page:
    """Return the page of service hours, as somebody reaches it."""
    page = office.office_page(chromium, address, person)
    page.get_by_role("link", name="設定").click()
    page.get_by_role("link", name="服務時間").click()
    page.get_by_role("heading", name="服務時間", exact=True).wait_for()
    return page


def test_f021_hours_are_set_by_keyboard_and_what_was_typed_outlives_the_server(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    page = hours_page(chromium, server.address, MANAGER)
    saturday = page.get_by_role("group", name="週六")
    expect(saturday).to_contain_text("不上班")
    saturday.get_by_role("button", name="加一段").focus()
    page.keyboard.press("Enter")
    expect(saturday.get_by_label("第 1 段開始")).to_be_focused()
    saturday.get_by_label("第 1 段結束").fill("08:00")
    expect(page.get_by_text("結束早於開始")).to_be_visible()
    saturday.get_by_label("第 1 段結束").fill("12:00")
    expect(page.get_by_text("週六改過，還沒存檔。")).to_be_visible()

    server.kill()
    page.get_by_role("button", name="最後同步").click()
    expect(page.get_by_text("連不到伺服器，現在只能看。")).to_be_visible()
    expect(page.get_by_role("button", name="存檔")).to_be_disabled()
    expect(saturday.get_by_label("第 1 段結束")).to_be_disabled()
    server.start()
    expect(page.get_by_role("button", name="存檔")).to_be_enabled()
    saturday.get_by_label("第 1 段結束").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="已存檔")).to_be_visible()
    expect(page.get_by_text("週六改過")).to_be_hidden()

    week = desk_of(MANAGER).one(Kind.BUSINESS_HOURS)
    assert week.id == BANQIAO
    assert (week.fields["monday"], week.fields["saturday"]) == (USUAL_HOURS, "09:00-12:00")


def test_f021_a_typhoon_moves_the_arrival_time_of_an_open_call_and_back(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    call = log_call(desk_of(CLERK))
    manager = desk_of(MANAGER)
    due = manager.rows()[call].fields["due_at"]
    day = datetime.fromtimestamp(due / 1000, UTC) + TAIPEI
    page = hours_page(chromium, server.address, MANAGER)
    page.get_by_role("button", name="今天停班").click()
    dialog = page.get_by_role("dialog", name="加特別的日子")
    dialog.get_by_label("第一天").fill(f"{day:%Y-%m-%d}")
    dialog.get_by_role("button", name="存檔").click()
    closed = page.get_by_role("grid", name="特別的日子").get_by_role("row").filter(has_text=f"{day:%m/%d}")
    expect(closed).to_contain_text("颱風停班")
    expect(closed).to_contain_text("不上班")
    assert manager.rows()[call].fields["due_at"] > due

    closed.click()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=f"改 {day:%m/%d}")
    dialog.get_by_role("button", name="特別時間").click()
    dialog.get_by_label("名稱").fill("只上早上")
    dialog.get_by_role("button", name="拿掉第 2 段").click()
    dialog.get_by_role("button", name="存檔").click()
    expect(closed).to_contain_text("09:00–12:00")
    page.get_by_role("button", name="改回平常").click()
    page.get_by_role("dialog").get_by_role("button", name="改回平常").click()
    expect(closed).to_be_hidden()
    assert manager.rows()[call].fields["due_at"] == due


def test_f021_public_holidays_are_loaded_for_a_year_that_has_none(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    admin = desk_of(ADMIN)
    page = hours_page(chromium, server.address, ADMIN)
    other = next(unit for unit in UNITS if unit != ADMIN.unit)
    page.get_by_label("單位").select_option(other)
    page.get_by_role("button", name="後一年").click()
    year = (datetime.now(UTC) + TAIPEI).year + 1
    expect(page.get_by_text(f"{year} 年還沒有特別的日子。")).to_be_visible()
    page.get_by_role("button", name=f"載入 {year} 年國定假日").click()
    days = page.get_by_role("grid", name="特別的日子").get_by_role("row")
    expect(days.filter(has_text="01/01")).to_contain_text("開國紀念日")
    loaded = [row.fields for row in admin.of(Kind.CALENDAR_DAY)]
    assert {(each["unit"], each["date"][:4]) for each in loaded} == {(other, str(year))}
    page.get_by_role("button", name=f"載入 {year} 年國定假日").click()
    expect(page.get_by_text("國定假日都在了，沒有加。")).to_be_visible()


def test_f020_a_district_of_a_customer_is_in_the_table_with_one_click(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    call = log_call(desk_of(CLERK))
    page = hours_page(chromium, server.address, MANAGER)
    page.get_by_role("button", name="板橋區（市區）").click()
    add_district(page, "三峽區", "郊區")
    choose_zone(page, "板橋區", "郊區")
    manager = desk_of(MANAGER)
    assert districts_of(manager) == {"板橋區": "suburban", "三峽區": "suburban"}
    assert manager.rows()[call].fields["zone"] == "urban"

    page.get_by_role("button", name="拿掉三峽區").click()
    expect(page.get_by_role("row").filter(has_text="三峽區")).to_be_hidden()
    with said(page, "三峽區", "suburban"):
        page.get_by_role("button", name="復原").click()
    expect(page.get_by_role("row").filter(has_text="三峽區")).to_be_visible()
    choose_zone(page, "三峽區", "市區")
    assert districts_of(manager) == {"板橋區": "suburban", "三峽區": "urban"}


def add_district(page: Page, name: str, zone: str) -> None:
    """Type a district and add it by Enter."""
    page.get_by_role("group", name="市區或郊區", exact=True).get_by_role("button", name=zone).click()
    page.get_by_label("地區名稱").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_label("地區名稱")).to_have_value("")
    expect(zone_of(page, name, zone)).to_have_attribute("aria-pressed", "true")


def choose_zone(page: Page, name: str, zone: str) -> None:
    """Choose a district's zone in its row; it is said to the server when this returns."""
    with said(page, name, {"市區": "urban", "郊區": "suburban"}[zone]):
        zone_of(page, name, zone).click()
    expect(zone_of(page, name, zone)).to_have_attribute("aria-pressed", "true")


def said(page: Page, name: str, zone: str) -> AbstractContextManager[object]:
    """Wait until the server has answered this very choice: an earlier one's answer may still be on its way."""
    asked = {"name": name, "zone": zone}
    return page.expect_response(
        lambda answer: answer.url.endswith("/districts") and answer.request.post_data_json == asked
    )


def zone_of(page: Page, name: str, zone: str) -> Locator:
    """The button of one zone in a district's row."""
    return page.get_by_role("group", name=f"{name}是市區或郊區").get_by_role("button", name=zone)


def districts_of(desk: Desk) -> dict[str, str]:
    """Return each district's zone."""
    return {row.fields["name"]: row.fields["zone"] for row in desk.of(Kind.DISTRICT)}
