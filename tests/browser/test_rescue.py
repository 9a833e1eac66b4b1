"""Unsent work leaves the phone as a file with the server gone; the office takes it in, then the phone sends it too."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.office import office_page
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess


def test_a_sealed_export_is_taken_in_once_and_the_phone_sees_it_delivered(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    server.kill()
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.hand_over(page, CUSTOMER)
    page.get_by_role("link", name="存在這台裝置").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="匯出檔案").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".fprescue"
    assert CUSTOMER.encode() not in file.read_bytes()
    phone.context.set_offline(True)

    server.start()
    office = office_page(chromium, server.address, MANAGER)
    office.get_by_role("link", name="待決定").click()
    for already in (False, True):
        office.get_by_role("button", name="收匯出檔").click()
        dialog = office.get_by_role("dialog", name="收進手機匯出的檔")
        dialog.get_by_label("選檔案").set_input_files(file)
        expect(dialog.get_by_text(f"{TECHNICIAN.name}的手機，")).to_be_visible()
        if already:
            expect(dialog.get_by_text("都已經在這裡")).to_be_visible()
            dialog.get_by_role("button", name="關閉").click()
        else:
            dialog.get_by_role("button", name="收進來").click()
            expect(office.get_by_text("收進來了。")).to_be_visible()
    manager = desk_of(MANAGER)
    signature = manager.one(Kind.SIGNATURE)
    assert signature.fields["visit"] == visit
    manager.await_file(signature.fields["strokes_sha256"])
    before = manager.history(Kind.SERVICE_VISIT, visit)

    phone.context.set_offline(False)
    expect(page.get_by_text("都送出了。").or_(page.get_by_text("已送達")).first).to_be_visible()
    page.goto(f"{server.address}/#/")
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    assert manager.history(Kind.SERVICE_VISIT, visit) == before
