"""A phone's storage is copied onto a second one, both are used, and nothing of either is lost."""

from collections.abc import Callable

from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call
from tests.browser.office import office_page
from tests.browser.people import phone_of, sign_in_again
from tests.prior import phone
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

KEY = "cloned phone"
OTHER, LATER = "吳淑芬", "黃雅琪"


def test_both_branches_of_a_copied_phone_arrive_and_the_office_is_told(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visits = {name: dispatch(manager, log_call(clerk, name)) for name in (CUSTOMER, OTHER, LATER)}
    seat, copied_seat = phone_of(chromium, server.address), phone_of(chromium, server.address)
    phone.use_key(seat.context, KEY)
    page = field.made_ready(seat, TECHNICIAN, CUSTOMER)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    phone.fill(copied_seat.context, server.address, KEY, phone.kept(page))
    copy = field.opened_cold(copied_seat)

    server.kill()
    field.visit(page, CUSTOMER)
    field.visit(copy, OTHER)
    server.start()
    clerk.await_fact(visits[CUSTOMER], "finished_at")
    copy.get_by_role("link", name="要重新登入才能傳送").click()
    sign_in_again(copy, TECHNICIAN.login)
    clerk.await_fact(visits[OTHER], "finished_at")
    field.visit(page, LATER)
    clerk.await_fact(visits[LATER], "finished_at")

    signed = {row.fields["signer_name"]: row.fields["visit"] for row in clerk.of(Kind.SIGNATURE)}
    assert signed == visits
    office = office_page(chromium, server.address, MANAGER)
    office.get_by_role("link", name="設定").click()
    office.get_by_role("link", name="還原報告").click()
    told = office.get_by_role("article").filter(has_text="兩台都在用同一個身分")
    expect(told).to_contain_text(TECHNICIAN.name)
    expect(told.get_by_role("link").filter(has_text=OTHER).first).to_be_visible()
