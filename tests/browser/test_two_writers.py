"""Two people write the same visit without knowing of each other."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from server.records.covers import covered_asset_id
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

OFFICE_FAULT = "冷媒外漏"

DAY_MS = 86_400_000


def test_another_field_is_merged_and_the_same_field_waits_for_one_click(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    desk = desk_of(CLERK)
    visit = sent_out(desk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    desk.await_fact(visit, "arrived_at")
    phone.context.set_offline(True)
    under_contract(desk, visit)
    clerk = office.voucher_page(chromium, server.address, CLERK)
    office.edit_entry(clerk, 類別="契約")
    office.edit_entry(clerk, 故障=OFFICE_FAULT)
    desk.await_fact(visit, "fault")
    field.write_work(page)
    field.leave_work(page)
    phone.context.set_offline(False)
    desk.await_fact(visit, "action")
    assert list(desk.rows()[visit].rivals) == ["fault"]

    for row in (f"處理 {field.ACTION}", "類別 契約"):
        expect(clerk.get_by_role("row", name=row)).to_be_visible()
    page.get_by_role("link", name=CUSTOMER).click()
    expect(page.get_by_text("契約").first).to_be_visible()
    page.get_by_role("button", name="回上一頁").click()

    manager = office.office_page(chromium, server.address, MANAGER)
    decide_in_the_inbox(manager)
    field.reopen_until_fault_is(page, OFFICE_FAULT)
    both_stay_in_the_history(clerk)
    told = [operation["fields"] for operation in desk.history(Kind.SERVICE_VISIT, visit)]
    faults = [fields["fault"] for fields in told if "fault" in fields]
    assert [(fault["value"], fault["standing"]) for fault in faults] == [
        (OFFICE_FAULT, "superseded"),
        (field.FAULT, "superseded"),
        (OFFICE_FAULT, "shown"),
    ]


def under_contract(desk: Desk, visit: str) -> None:
    """The product has a maintenance contract since yesterday."""
    fields, now, contract = desk.rows()[visit].fields, desk.ambient.now(), "contract-one"
    unit, asset = fields["unit"], fields["asset"]
    agreed = {"unit": unit, "valid_from": now - DAY_MS, "valid_until": now + DAY_MS}
    desk.write(Kind.MAINTENANCE_CONTRACT, contract, agreed)
    listed = {"unit": unit, "contract": contract, "asset": asset}
    desk.write(Kind.COVERED_ASSET, covered_asset_id(contract, asset), listed)


def decide_in_the_inbox(manager: Page) -> None:
    """Both values, who wrote them, where and when; one click settles it."""
    manager.get_by_role("link", name="待決定").click()
    expect(manager.get_by_role("heading", name="故障，要用哪一個")).to_be_visible()
    choices = manager.get_by_role("region", name="選一件來決定。")
    for author, place in ((f"技術員 {TECHNICIAN.name}", "在現場"), (f"業務員 {CLERK.name}", "在辦公室")):
        expect(choices.get_by_text(author)).to_be_visible()
        expect(choices.get_by_text(re.compile(rf"{place}，.*\d\d:\d\d 寫入"))).to_be_visible()
    expect(choices.get_by_role("button", name=f"保留{field.FAULT}")).to_be_visible()
    choices.get_by_role("button", name=f"改用{OFFICE_FAULT}").click()
    expect(choices.get_by_text("沒有待決定的事。")).to_be_visible()


def both_stay_in_the_history(clerk: Page) -> None:
    """The voucher's page tells the decision and what each of the two had written."""
    expect(clerk.get_by_role("row", name=f"故障 {OFFICE_FAULT}")).to_be_visible()
    clerk.get_by_role("button", name="歷程").click()
    told = clerk.get_by_role("dialog", name="歷程").get_by_role("listitem")
    for author, fault, standing in (
        (MANAGER.name, OFFICE_FAULT, "現在顯示"),
        (TECHNICIAN.name, field.FAULT, "之後改過"),
        (CLERK.name, OFFICE_FAULT, "和現在相同"),
    ):
        wrote = told.filter(has_text=author).filter(has_text=re.compile(f"故障\\s*{fault}\\s*{standing}"))
        expect(wrote).to_have_count(1)
