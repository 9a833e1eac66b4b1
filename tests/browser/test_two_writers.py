"""Two people write the same visit without knowing of each other."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, expect

from schemas.registry import Kind
from tests.browser import field, office
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

OFFICE_FAULT = "冷媒外漏"


def test_another_field_is_merged_and_the_same_field_waits_for_one_click(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    clerk.await_fact(visit, "arrived_at")
    phone.context.set_offline(True)
    clerk.write(Kind.SERVICE_VISIT, visit, {"category": "contract"})
    clerk.write(Kind.SERVICE_VISIT, visit, {"fault": OFFICE_FAULT})
    field.write_work(page)
    field.show_customer(page)
    for heading in ("施作", "今日"):
        page.get_by_role("button", name="回上一頁").click()
        page.get_by_role("heading", name=heading).wait_for()
    phone.context.set_offline(False)
    clerk.await_fact(visit, "action")

    row = clerk.rows()[visit]
    assert (row.fields["category"], row.fields["action"]) == ("contract", field.ACTION)
    assert list(row.rivals) == ["fault"]
    manager = office.office_page(chromium, server.address, MANAGER)
    manager.get_by_role("link", name="待決定").click()
    expect(manager.get_by_role("heading", name="故障，要用哪一個")).to_be_visible()
    choices = manager.get_by_role("region", name="選一件來決定。")
    for author, place in ((f"技術員 {TECHNICIAN.name}", "在現場"), (f"業務員 {CLERK.name}", "在辦公室")):
        expect(choices.get_by_text(author)).to_be_visible()
        expect(choices.get_by_text(re.compile(rf"{place}，.*\d\d:\d\d 寫入"))).to_be_visible()
    expect(choices.get_by_role("button", name=f"保留{field.FAULT}")).to_be_visible()

    choices.get_by_role("button", name=f"改用{OFFICE_FAULT}").click()
    expect(choices.get_by_text("沒有待決定的事。")).to_be_visible()
    field.reopen_until_fault_is(page, OFFICE_FAULT)
    told = [operation["fields"] for operation in clerk.history(Kind.SERVICE_VISIT, visit)]
    faults = [fields["fault"] for fields in told if "fault" in fields]
    assert [(fault["value"], fault["standing"]) for fault in faults] == [
        (OFFICE_FAULT, "superseded"),
        (field.FAULT, "superseded"),
        (OFFICE_FAULT, "shown"),
    ]
