"""A day in the life of a unit: intake, dispatch, two technicians without a network, one clock wrong, the day signed."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from schemas.registry import Kind
from schemas.vocabulary import Channel, Priority
from tests.browser import field, office
from tests.browser.desk import Desk
from tests.browser.people import Seat, phone_of
from tests.server.world import CLERK, MANAGER, TECHNICIAN, TECHNICIAN_TWO, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the pages do does not depend on the database."""

YESTERDAYS, FIRST, SECOND, THIRD, LEFT = "張麗華", "陳美惠", "吳淑芬", "黃雅琪", "林俊宏"
TAIPEI = timedelta(hours=8)
FRIDAY = 5
WRONG_BY = timedelta(minutes=40)
MINUTE = timedelta(minutes=1)
ABOUT = timedelta(minutes=2)
"""Of a clock that is asked over a network on a busy machine."""


def test_f017_f024_a_day_in_the_life(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = office.office_page(chromium, server.address, CLERK)
    for phone, name in enumerate((FIRST, SECOND, THIRD, LEFT), 22960_1188):
        office.log_by_keyboard(clerk, name, f"0{phone}")
    log_yesterdays_letter(clerk, YESTERDAYS)
    manager = office.office_page(chromium, server.address, MANAGER)
    expect(manager.get_by_role("button", name="未派工 5")).to_be_visible()
    carried_over_first(manager)
    for name, technician in (
        (YESTERDAYS, TECHNICIAN),
        (FIRST, TECHNICIAN),
        (SECOND, TECHNICIAN_TWO),
        (THIRD, TECHNICIAN_TWO),
    ):
        office.dispatch(manager, name, technician)

    right, wrong = phone_of(chromium, server.address), phone_of(chromium, server.address)
    put_forward(wrong.context)
    one = field.made_ready(right, TECHNICIAN, FIRST, YESTERDAYS)
    two = field.made_ready(wrong, TECHNICIAN_TWO, SECOND, THIRD)
    expect(one.get_by_role("article").first).to_contain_text(YESTERDAYS)
    without_network(right, wrong, away=True)
    field.visit(one, FIRST)
    field.visit(two, THIRD)
    field.visit(one, YESTERDAYS)
    two.get_by_role("link", name=SECOND).click()
    field.travel(two)
    without_network(right, wrong, away=False)

    desk = desk_of(MANAGER)
    calls = {row.fields["contact_name"]: row.id for row in desk.of(Kind.SERVICE_CALL)}
    visits = {row.fields["call"]: row.id for row in desk.of(Kind.DISPATCH)}
    for name in (FIRST, THIRD, YESTERDAYS):
        desk.await_fact(visits[calls[name]], "finished_at")
    desk.await_fact(visits[calls[SECOND]], "en_route_at")
    expect(one.get_by_role("link", name="全部已送達")).to_be_visible()  # or closing would warn of missing files
    clerk.get_by_role("link", name="登記與派工").click()
    clerk.get_by_role("row").filter(has_text=FIRST).click()
    office.close_and_file(clerk)
    clerk.get_by_role("row").filter(has_text=YESTERDAYS).click()
    say_why_late(clerk)
    office.close_and_file(clerk)
    sign_the_day(clerk)

    the_register_is_right(desk)
    the_vouchers_are_right(desk)
    the_right_time_is_shown(clerk, the_clocks_are_right(desk)[THIRD])
    the_reconciliation_is_right(desk)


def put_forward(phone: BrowserContext) -> None:
    """Set the phone's clock wrong; it goes on from there."""
    phone.clock.install(time=datetime.now(UTC) + WRONG_BY)


def without_network(*phones: Seat, away: bool) -> None:
    """Take phones to where there is no network, or back."""
    for phone in phones:
        phone.context.set_offline(away)


def log_yesterdays_letter(page: Page, customer: str) -> None:
    """Log what came by letter the day before and was not seen until today."""
    page.keyboard.press("F2")
    page.get_by_role("button", name="改時間").click()
    page.get_by_label("叫修時間").fill(f"{working_day_before_today():%Y-%m-%d}T09:30")
    page.get_by_label("改時間的原因").fill("信昨天到，今天才拆")
    page.get_by_label("管道").select_option(label="信件")
    page.locator('[data-key="1"]').get_by_label("電話").focus()
    office.type_call(page, customer, "0229601177")


def working_day_before_today() -> datetime:
    day = datetime.now(UTC) + TAIPEI - timedelta(days=1)
    return day - timedelta(days=max(0, day.isoweekday() - FRIDAY))


def carried_over_first(manager: Page) -> None:
    """What was left of yesterday stands above all new calls (F018)."""
    head = manager.get_by_role("row", name=re.compile("優先派工.*1 件"))
    expect(head).to_be_visible()
    rows = manager.get_by_role("grid", name="叫修登記簿").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("優先派工")
    expect(rows.nth(2)).to_contain_text(YESTERDAYS)


def say_why_late(page: Page) -> None:
    """What came by letter the day before was reached after its limit (F023)."""
    expect(page.get_by_text("到達超過時限，選了原因才能結案。")).to_be_visible()
    page.get_by_label("逾時原因").select_option(label="其他")
    page.get_by_label("說明").fill("信當天沒拆")
    page.get_by_role("button", name="儲存原因").click()


def sign_the_day(page: Page) -> None:
    """Hold the register against the vouchers, and sign what is left."""
    page.get_by_role("link", name="日終核對").click()
    for head, name in (
        ("未派工 1 件", LEFT),
        ("憑證攜出，還沒有結果 1 件", SECOND),
        ("完成，還沒結案 1 件", THIRD),
    ):
        expect(page.get_by_role("row", name=re.compile(head))).to_be_visible()
        expect(page.get_by_role("row").filter(has_text=name)).to_be_visible()
    page.get_by_role("button", name="核對無誤，簽核").click()
    expect(page.get_by_text(re.compile("簽核：未派 1、攜出 1、未結案 1")).first).to_be_visible()


def the_register_is_right(desk: Desk) -> None:
    calls = {row.fields["contact_name"]: row.fields for row in desk.of(Kind.SERVICE_CALL)}
    numbers = sorted(each["number"].rpartition("-")[2] for each in calls.values())
    assert numbers == [f"{n:06}" for n in range(1, 6)]
    assert {name for name, each in calls.items() if each["channel"] == Channel.LETTER} == {YESTERDAYS}
    assert {name for name, each in calls.items() if "closed_at" in each} == {FIRST, YESTERDAYS}
    by_call = {row.fields["call"]: row.fields for row in desk.of(Kind.DISPATCH)}
    names = {row.id: row.fields["contact_name"] for row in desk.of(Kind.SERVICE_CALL)}
    sent = {names[call]: (each["technician"], each["priority"]) for call, each in by_call.items()}
    assert sent == {
        YESTERDAYS: (TECHNICIAN.user, Priority.CARRIED_OVER),
        FIRST: (TECHNICIAN.user, Priority.NORMAL),
        SECOND: (TECHNICIAN_TWO.user, Priority.NORMAL),
        THIRD: (TECHNICIAN_TWO.user, Priority.NORMAL),
    }


def the_vouchers_are_right(desk: Desk) -> None:
    """Whose call is closed has his voucher in its file; who was visited or is visited, with the technician."""
    names = {row.fields["asset"]: row.fields["contact_name"] for row in desk.of(Kind.SERVICE_CALL)}
    vouchers = {names[row.id]: row.fields for row in desk.of(Kind.SERVICE_VOUCHER)}
    out = {name for name, each in vouchers.items() if each.get("checked_out_at", 0) > each.get("filed_at", 0)}
    assert out == {SECOND, THIRD}
    assert {vouchers[name]["checked_out_to"] for name in out} == {TECHNICIAN_TWO.user}
    assert "checked_out_at" not in vouchers[LEFT]


def the_clocks_are_right(desk: Desk) -> dict[str, timedelta]:
    """Each visit is told with how wrong its phone's clock was, in the order in which it really was."""
    names = {row.id: row.fields["contact_name"] for row in desk.of(Kind.SERVICE_CALL)}
    visits = {names[row.fields["call"]]: row.fields for row in desk.of(Kind.SERVICE_VISIT)}
    wrong = {name: timedelta(milliseconds=each.get("arrived_clock_offset_ms", 0)) for name, each in visits.items()}
    assert abs(abs(wrong[THIRD]) - WRONG_BY) < ABOUT
    assert max(abs(wrong[FIRST]), abs(wrong[YESTERDAYS])) < ABOUT
    really = {
        name: timedelta(milliseconds=visits[name]["arrived_at"]) + wrong[name] for name in (FIRST, THIRD, YESTERDAYS)
    }
    assert sorted(really, key=lambda name: really[name]) == [FIRST, THIRD, YESTERDAYS]
    return really


def the_right_time_is_shown(clerk: Page, really: timedelta) -> None:
    """The course of the call tells when its technician was there, not what his phone believed."""
    clerk.get_by_role("link", name="登記與派工").click()
    clerk.get_by_role("row").filter(has_text=THIRD).click()
    at = datetime.fromtimestamp(0, UTC) + really + TAIPEI
    arrived = clerk.get_by_role("listitem").filter(has_text=re.compile("^.{0,20}到達"))
    near = (at - MINUTE, at, at + MINUTE)
    expect(arrived).to_contain_text(re.compile("|".join(f"{each:%H:%M}" for each in near)))


def the_reconciliation_is_right(desk: Desk) -> None:
    signed = desk.one(Kind.RECONCILIATION).fields
    assert (signed["undispatched"], signed["out"], signed["unclosed"]) == (1, 1, 1)
    assert signed["signed_by"] == CLERK.user
