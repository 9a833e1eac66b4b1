"""A phone that was stopped while it was offline: its signed visit reaches the office, and then the phone is empty."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.office import office_page
from tests.server.world import ADMIN, CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

KEPT = """async () => {
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result);
    });
    for (const store of database.objectStoreNames) {
      const request = database.transaction(store).objectStore(store).getAllKeys();
      const keys = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
      rows.push(...keys.filter((key) => key !== 'pins').map((key) => `${store} ${key}`));
      if (keys.includes('pins')) {
        const pins = database.transaction(store).objectStore(store).get('pins');
        await new Promise((resolve) => { pins.onsuccess = resolve; });
        rows.push(...Object.keys(pins.result).map((key) => `pin of ${key}`));
      }
    }
    database.close();
  }
  return rows.sort();
}"""
"""Everything that the browser keeps, as store and key."""
EMPTY = ["kept me", "kept wiped"]


def signed_offline(server: ServerProcess, chromium: Browser) -> Page:
    """A phone on which a visit was worked and signed while nothing reached the office."""
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.set_offline(True)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.hand_over(page, CUSTOMER)
    return page


def test_a_phone_revoked_while_offline_hands_in_its_signed_visit_and_is_empty_then(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk, manager = desk_of(CLERK), desk_of(MANAGER)
    visit = sent_out(clerk, manager)
    page = signed_offline(server, chromium)
    [device] = [row.id for row in manager.of(Kind.DEVICE) if row.fields["place"] == "field"]
    manager.ask("POST", f"/api/devices/{device}/revoke", {})
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="登入")).to_be_visible()
    expect(page.get_by_text("沒送出的紀錄已交給辦公室或匯出")).to_be_visible()
    assert page.evaluate(KEPT) == EMPTY
    page.reload()
    expect(page.get_by_text("這台裝置上的資料已經清除")).to_be_visible()
    assert manager.of(Kind.SIGNATURE) == []

    office = office_page(chromium, server.address, MANAGER)
    office.get_by_role("link", name="設定").click()
    office.get_by_role("link", name="裝置").click()
    office.get_by_role("row", name="資料已清除").click()
    office.get_by_role("link", name="到「待決定」處理").click()
    expect(office.get_by_text(f"{TECHNICIAN.name}的")).to_be_visible()
    office.get_by_label("原因（必填）").fill("已向本人確認")
    office.get_by_role("button", name="全部放行").click()
    expect(office.get_by_text("以原來的人具名")).to_be_visible()
    signature = manager.one(Kind.SIGNATURE)
    assert (signature.fields["visit"], signature.fields["signer_name"]) == (visit, CUSTOMER)
    for name in ("strokes_sha256", "image_sha256"):
        manager.await_file(signature.fields[name])
    [told] = [each for each in manager.history(Kind.SIGNATURE, signature.id) if each["verdict"] == "applied"]
    assert (told["author"], told["place"]) == (TECHNICIAN.user, "field")
    clerk.ask("POST", f"/api/calls/{manager.one(Kind.SERVICE_CALL).id}/close", {})


def test_a_phone_whose_persons_account_was_closed_hands_in_its_work_too(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    manager, admin = desk_of(MANAGER), desk_of(ADMIN)
    sent_out(desk_of(CLERK), manager)
    page = signed_offline(server, chromium)
    admin.ask("POST", f"/api/accounts/{TECHNICIAN.user}", {"deactivated": True})
    page.context.set_offline(False)
    expect(page.get_by_text("這台裝置上的資料已經清除")).to_be_visible()
    assert page.evaluate(KEPT) == EMPTY
    [quarantine] = manager.ask("GET", "/api/quarantines")
    assert (quarantine["cause"], quarantine["announced"]) == ("account", quarantine["arrived"])
    assert quarantine["waiting"] > 0
