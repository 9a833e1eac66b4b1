"""The server is restored from a backup of before somebody worked: what the office's browsers had brings it all back."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from schemas.protocol import PullPut
from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import sign_in_again
from tests.server.world import ADMIN, CLERK, MANAGER, PASSWORD, TECHNICIAN, Person
from tests.support.processes import ServerProcess

HANDED_IN = (Kind.SERVICE_VISIT, Kind.SIGNATURE)
MADE = (Kind.CUSTOMER, Kind.ASSET, Kind.SERVICE_CALL, Kind.SERVICE_VOUCHER, Kind.DISPATCH)
RESTORED = "從備份還原"


def made(reader: Desk) -> dict[str, dict[str, object]]:
    """What stands of one call and all that belongs to it, numbers and dispatch included."""
    return {row.id: row.fields for row in reader.rows().values() if _is_made(row)}


def _is_made(row: PullPut) -> bool:
    return row.kind in MADE


def handed_in(reader: Desk) -> dict[str, dict[str, object]]:
    """What stands of a visit and its signature."""
    return {row.id: row.fields for row in reader.rows().values() if row.kind in HANDED_IN}


def test_a_signed_visit_comes_back_from_the_office_although_its_phone_is_gone(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    reader = desk_of(MANAGER)
    clerk = office.office_page(chromium, server.address, CLERK)
    manager = office.office_page(chromium, server.address, MANAGER)
    office.log_by_keyboard(clerk, CUSTOMER)
    office.dispatch(manager, CUSTOMER, TECHNICIAN)
    backup = tmp_path / "before.tgz"
    server.console("backup", str(backup))
    visit = reader.one(Kind.DISPATCH).id
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.visit(page, CUSTOMER)
    reader.await_fact(visit, "finished_at")
    reader.one(Kind.SIGNATURE)
    before = handed_in(reader)
    phone.context.close()
    with manager.expect_response(lambda answer: "/sync/v1/entrusted" in answer.url):
        manager.reload()
    expect(manager.get_by_role("row").filter(has_text=CUSTOMER)).to_be_visible()

    server.kill()
    server.console("restore", str(backup), "--replace")
    server.start()
    assert handed_in(reader) == {}
    manager.reload()
    reader.await_fact(visit, "finished_at")
    assert handed_in(reader) == before


def test_a_call_its_numbers_and_its_dispatch_come_back_from_the_browsers_that_saw_them(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    reader = desk_of(MANAGER)
    clerk = office.office_page(chromium, server.address, CLERK)
    manager = office.office_page(chromium, server.address, MANAGER)
    backup = tmp_path / "before.tgz"
    server.console("backup", str(backup))
    office.log_by_keyboard(clerk, CUSTOMER)
    office.dispatch(manager, CUSTOMER, TECHNICIAN)
    before = made(reader)
    visit, call = reader.one(Kind.DISPATCH).id, reader.one(Kind.SERVICE_CALL).id

    server.kill()
    server.console("restore", str(backup), "--replace")
    server.start()
    assert made(reader) == {}
    manager.reload()
    reader.await_fact(visit, "technician")
    clerk.reload()
    clerk.get_by_role("link", name="登記與派工").click()
    expect(clerk.get_by_role("row").filter(has_text=CUSTOMER)).to_contain_text(TECHNICIAN.name)
    reader.await_fact(call, "symptom")
    assert made(reader) == before

    field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    admin = office.office_page(chromium, server.address, ADMIN)
    admin.get_by_role("link", name="設定").click()
    admin.get_by_role("link", name="還原報告").click()
    expect(admin.get_by_role("row").filter(has_text="系統自己寫的")).to_be_visible()


def test_a_person_whose_session_a_restore_lost_reads_why_he_signs_in_again_on_the_phone_and_in_the_office(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    manager = office.office_page(chromium, server.address, MANAGER)
    backup = tmp_path / "before.tgz"
    server.console("backup", str(backup))
    for context in (phone.context, manager.context):
        context.clear_cookies()
    field.travel(page)
    page.get_by_role("link", name="要重新登入才能傳送").click()
    expect(page.get_by_role("heading", name="登入")).to_be_visible()
    expect(page.get_by_text(RESTORED)).to_have_count(0)
    sign_in_again(page, TECHNICIAN.login)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    manager.reload()
    manager.get_by_role("button", name="重新登入").click()
    sign_in_again_in_dialog(manager)

    server.kill()
    server.console("restore", str(backup), "--replace")
    server.start()
    page.get_by_role("link", name="要重新登入才能傳送").click()
    expect(page.get_by_role("note")).to_contain_text(RESTORED)
    expect(page.get_by_role("note")).to_contain_text("這台裝置上的紀錄都還在")
    sign_in_again(page, TECHNICIAN.login)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    expect(manager.get_by_role("note")).to_contain_text(RESTORED)
    manager.get_by_role("button", name="重新登入").click()
    sign_in_again_in_dialog(manager)
    expect(manager.get_by_text(RESTORED)).to_have_count(0)


def sign_in_again_in_dialog(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("帳號").fill(MANAGER.login)
    dialog.get_by_label("密碼", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="重新登入").click()
    dialog.wait_for(state="hidden")
