"""General work is logged on a phone without a network, and the office sees it once it is sent (1-1(4), F006)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from schemas.vocabulary import AdminWork
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import BANQIAO, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the phone keeps does not depend on the office's database."""


def test_f006_general_work_is_logged_without_a_network_and_the_office_sees_it_once_it_is_sent(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    server.kill()
    page.close()
    page = field.opened_cold(phone)

    page.get_by_role("button", name="記行政工作").click()
    page.get_by_role("dialog").get_by_role("button", name="其他").click()
    page.get_by_role("dialog").get_by_role("button", name="開始").click()
    expect(page.get_by_text("選其他要寫做了什麼。")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="零件管理").click()
    running = page.get_by_role("region", name="進行中")
    expect(running).to_contain_text("零件管理")
    field.travel(page)
    expect(page.get_by_text(re.compile("已出發。「零件管理」結束"))).to_be_visible()
    expect(running).to_be_hidden()
    expect(page.get_by_role("button", name=re.compile("^修改 *零件管理"))).to_contain_text("未送出")

    server.start()
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    line = desk_of(MANAGER).one(Kind.ADMIN_TIME)
    assert (line.fields["unit"], line.fields["user"], line.fields["work"]) == (
        BANQIAO,
        TECHNICIAN.user,
        AdminWork.PARTS,
    )
    assert line.fields["ended_at"] >= line.fields["started_at"]

    desk = office.office_page(chromium, server.address, MANAGER)
    desk.get_by_role("link", name="行政工作").click()
    row = desk.get_by_role("grid", name="行政工作").get_by_role("row", name=TECHNICIAN.name)
    expect(row).to_contain_text("零件管理")
    desk.get_by_role("button", name="修改").click()
    desk.get_by_role("dialog").get_by_role("button", name="設備工具維護").click()
    desk.get_by_role("dialog").get_by_role("button", name="存檔").click()
    expect(row).to_contain_text("設備工具維護")
    expect(page.get_by_role("button", name=re.compile("^修改 *設備工具維護"))).to_be_visible()
    desk.get_by_role("button", name="歷程").click()
    expect(desk.get_by_role("dialog")).to_contain_text(MANAGER.name)
