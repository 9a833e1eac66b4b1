"""The technician's phone by itself: killed at every step, locked, called back, shut out, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, dispatch, log_call, sent_out
from tests.browser.people import PIN, choose_pin, enter_pin, sign_in_again, type_code
from tests.server.world import CLERK, MANAGER, TECHNICIAN, TECHNICIAN_TWO, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What a phone keeps does not depend on the office's database."""

PUSH = "**/sync/v1/push"
HERE = "存在這台裝置"
DELIVERED = "全部已送達"


def test_f030_killed_after_every_step_it_goes_on_where_it_was_and_everything_arrives_once(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    server.kill()

    def killed() -> Page:
        page.close()
        return field.opened_cold(phone)

    page = killed()
    field.travel(page)
    expect(page.get_by_role("button", name="到達", exact=True)).to_be_visible()
    page = killed()
    field.arrive(page)
    page = killed()
    page.get_by_role("button", name="繼續施作").click()
    field.write_work(page)
    expect(page.get_by_text(HERE)).to_be_visible()
    page = killed()
    page.get_by_role("button", name="繼續施作").click()
    expect(page.get_by_label("處理說明")).to_have_value(field.ACTION)
    field.show_customer(page)
    field.sign_for(page, "家人", "陳太太")
    expect(page.get_by_role("status").filter(has_text=HERE)).to_be_attached()
    page = killed()
    page.get_by_role("button", name="繼續施作").click()
    field.show_customer(page)
    expect(page.get_by_role("img", name="陳太太（家人） 的簽名")).to_be_visible()
    field.finish(page)
    page = killed()
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("已完成")
    page.get_by_role("link", name=HERE).click()
    expect(page.get_by_text("服務紀錄和簽名")).to_be_visible()

    server.start()
    expect(page.get_by_text("都送出了。")).to_be_visible()
    manager = desk_of(MANAGER)
    visit, signature = manager.one(Kind.SERVICE_VISIT), manager.one(Kind.SIGNATURE)
    told = manager.history(Kind.SERVICE_VISIT, visit.id) + manager.history(Kind.SIGNATURE, signature.id)
    assert [operation["seq"] for operation in told] == [1, 2, 3, 4, 5]
    assert {operation["verdict"] for operation in told} == {"applied"}
    assert (signature.fields["role"], signature.fields["signer_name"]) == ("family", "陳太太")
    for name in ("strokes_sha256", "image_sha256"):
        manager.ask("HEAD", f"/blobs/{signature.fields[name]}")


@pytest.mark.parametrize(
    ("reason", "said", "note"), [("absent", "客戶不在", "按鈴沒人應"), ("refused", "客戶不簽", "說要先問家人")]
)
def test_f031_an_unsigned_visit_needs_a_reason_a_photo_and_the_managers_word_before_it_is_closed(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], reason: str, said: str, note: str
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.show_customer(page)
    field.leave_unsigned(page, note, said)
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_text(f"{said}，沒有簽名")).to_be_visible()
    fields = clerk.rows()[visit].fields
    assert (fields["unsigned_reason"], fields["unsigned_note"]) == (reason, note)
    assert fields["action"] == field.ACTION
    assert "finished_at" in fields

    register = office.office_page(chromium, server.address, CLERK)
    expect(register.get_by_role("region", name="經過")).to_contain_text(said)
    expect(register.get_by_role("button", name="結案並歸檔")).to_be_disabled()
    expect(register.get_by_text("服務主任確認以後才能結案")).to_be_visible()
    register.get_by_role("link", name="看憑證").click()
    expect(register.get_by_role("grid", name="服務紀錄")).to_contain_text(said)
    expect(register.get_by_role("note")).to_contain_text(f"{said}：{note}。主任要在")

    desk = office.office_page(chromium, server.address, MANAGER)
    desk.get_by_role("link", name="看憑證").click()
    desk.get_by_role("button", name="確認沒簽").click()
    desk.get_by_role("dialog").get_by_role("button", name="確認沒簽").click()
    expect(desk.get_by_role("note")).to_contain_text(f"{MANAGER.name}")
    expect(desk.get_by_role("note")).to_contain_text("已確認")
    register.get_by_role("link", name="登記與派工").click()
    expect(register.get_by_role("button", name="結案並歸檔")).to_be_enabled()


def test_a_job_that_was_taken_away_stays_on_the_phone_until_it_was_seen(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    taken = sent_out(clerk, manager)
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    page.close()
    manager.ask("POST", f"/api/dispatches/{taken}/cancel", {"reason": "改派"})
    dispatch(manager, clerk.rows()[taken].fields["call"], TECHNICIAN_TWO)
    page = field.opened_cold(phone)
    gone = page.get_by_role("article", name=CUSTOMER)
    expect(gone).to_contain_text(f"已改派給{TECHNICIAN_TWO.name}")
    page.close()
    page = field.opened_cold(phone)
    gone = page.get_by_role("article", name=CUSTOMER)
    gone.get_by_role("button", name="知道了").click()
    expect(page.get_by_text("今天沒有工作。")).to_be_visible()
    page.reload()
    enter_pin(page)
    expect(page.get_by_text("今天沒有工作。")).to_be_visible()


def test_a_session_that_ended_never_stops_capturing_and_signing_in_sends(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.clear_cookies()
    field.travel(page)
    expect(page.get_by_role("link", name="要重新登入才能傳送")).to_be_visible()
    field.arrive(page)
    page.get_by_role("button", name="回上一頁").click()
    page.goto(f"{server.address}/#/")
    page.get_by_role("link", name="要重新登入才能傳送").click()
    sign_in_again(page, TECHNICIAN.login)
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert [told["seq"] for told in clerk.history(Kind.SERVICE_VISIT, visit)] == [1, 2]


def test_five_wrong_codes_ask_for_the_password_and_then_for_another_code(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    page.reload()
    for left in (4, 3, 2, 1):
        type_code(page, PIN[::-1])
        expect(page.get_by_text(f"還可以試 {left} 次")).to_be_visible()
    type_code(page, PIN[::-1])
    page.get_by_role("button", name="重新登入").click()
    sign_in_again(page, TECHNICIAN.login)
    choose_pin(page)
    expect(page.get_by_role("link", name=CUSTOMER)).to_be_visible()


def test_what_is_on_the_phone_is_found_without_the_server(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    log_call(desk_of(CLERK), "林志豪")
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    server.kill()
    page.get_by_role("link", name="搜尋").click()
    page.get_by_label("客戶、電話、序號").fill("001947")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(2)
    page.get_by_label("客戶、電話、序號").fill("林志")
    page.get_by_role("main").get_by_role("link", name="林志豪").first.click()
    expect(page.get_by_role("link", name="02-2960-1188")).to_be_visible()
