"""The manager goes on leave and somebody acts for him: dispatching and confirming wait for nobody (F015, F031)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import office
from tests.browser.desk import Desk, dispatch, log_call
from tests.server.world import BANQIAO, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What leave does not depend on the database."""

TAIPEI = timezone(timedelta(hours=8))
NAME, UNSIGNED = "周麗華", "陳美惠"


def moment(hours: int) -> str:
    """So many hours from now, as an input for date and time takes it."""
    return (datetime.now(UTC) + timedelta(hours=hours)).astimezone(TAIPEI).strftime("%Y-%m-%dT%H:%M")


def leave_unsigned(technician: Desk, visit: str, call: str) -> None:
    """A visit ends without a signature: nobody was at home, as its photo and note say."""
    now = technician.ambient.now()
    asset = technician.rows()[call].fields["asset"]
    about = {"unit": BANQIAO, "call": call, "asset": asset, "technician": TECHNICIAN.user, "category": "paid"}
    work = {"fault": "壓縮機不運轉", "action": "更換啟動繼電器", "outcome": "fixed", "fee_total": 180_000}
    done = {"arrived_at": now - 60_000, "finished_at": now, "unsigned_reason": "absent", "unsigned_note": "按鈴沒人應"}
    technician.write(Kind.SERVICE_VISIT, visit, about | work | done)


def goes_on_leave(page: Page, substitute: Person) -> None:
    """The manager writes down that he is away, and lets somebody act for him in the same step."""
    page.get_by_role("link", name="設定").click()
    page.get_by_role("link", name="請假與代理").click()
    page.get_by_role("button", name="登記請假").click()
    dialog = page.get_by_role("dialog", name="登記請假")
    dialog.get_by_label("人員").select_option(label=MANAGER.name)
    dialog.get_by_label("開始").fill(moment(-1))
    dialog.get_by_label("結束").fill(moment(48))
    dialog.get_by_label("職務代理人").select_option(label=substitute.name)
    expect(dialog.get_by_label(f"請假期間由{substitute.name}代理服務主任")).to_be_checked()
    dialog.get_by_role("button", name="存檔").click()
    dialog.wait_for(state="hidden")
    expect(page.get_by_role("region", name="代理主任")).to_contain_text(f"{substitute.name} 代理中")


def test_f015_f031_whoever_acts_for_the_manager_dispatches_and_confirms_until_it_ends(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    unsigned = log_call(clerk, UNSIGNED)
    visit = dispatch(manager, unsigned)
    leave_unsigned(desk_of(TECHNICIAN), visit, unsigned)
    waiting, later = log_call(clerk, NAME), log_call(clerk, "鄭凱文")
    desk = office.office_page(chromium, server.address, CLERK)
    desk.get_by_role("row").filter(has_text=NAME).click()
    expect(desk.get_by_text("派工由服務主任做。")).to_be_visible()

    boss = office.office_page(chromium, server.address, MANAGER)
    goes_on_leave(boss, CLERK)
    expect(desk.get_by_role("button", name="代理服務主任到")).to_be_visible()
    desk.get_by_role("row").filter(has_text=NAME).click()
    desk.get_by_role("button", name=f"派給{TECHNICIAN.name}").click()
    expect(desk.get_by_role("status").filter(has_text="已派給")).to_be_visible()
    sent = next(row.fields for row in manager.of(Kind.DISPATCH) if row.fields["call"] == waiting)
    assert sent["dispatched_by"] == CLERK.user

    desk.get_by_role("row").filter(has_text=UNSIGNED).click()
    desk.get_by_role("link", name="看憑證").click()
    desk.get_by_role("button", name="確認沒簽").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("怎麼確認").fill("已電話確認")
    dialog.get_by_role("button", name="確認沒簽").click()
    expect(desk.get_by_role("note")).to_contain_text("已確認")
    assert manager.rows()[visit].fields["confirmed_by"] == CLERK.user

    boss.get_by_role("button", name="提前結束").click()
    boss.get_by_role("dialog").get_by_role("button", name="提前結束").click()
    expect(boss.get_by_role("region", name="代理主任")).to_contain_text("沒有人代理服務主任")
    expect(desk.get_by_role("button", name="代理服務主任到")).to_be_hidden()
    desk.get_by_role("link", name="登記與派工").click()
    desk.get_by_role("row").filter(has_text="鄭凱文").click()
    expect(desk.get_by_text("派工由服務主任做。")).to_be_visible()
    order = {"technician": TECHNICIAN.user, "planned_at": clerk.ambient.now()}
    with pytest.raises(AssertionError, match=r"session\.role_missing"):
        clerk.ask("POST", f"/api/calls/{later}/dispatch", order)
