"""What people do at the office's pages."""

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.people import OFFICE, computer_of, sign_in
from tests.server.world import Person


def office_page(chromium: Browser, address: str, person: Person, size: ViewportSize = OFFICE) -> Page:
    """Return the page of somebody who has just signed in and enrolled his computer."""
    page = computer_of(chromium, address, size).open()
    sign_in(page, person.login)
    expect(page.get_by_role("grid", name="叫修登記簿")).to_be_visible()
    return page


def voucher_page(chromium: Browser, address: str, person: Person) -> Page:
    """Return the page of somebody who has opened the voucher of the register's first call."""
    page = office_page(chromium, address, person)
    page.get_by_role("link", name="看憑證").click()
    page.get_by_role("grid", name="服務紀錄").wait_for()
    return page


def edit_entry(page: Page, **typed: str) -> None:
    """Change fields of the chosen entry of a voucher, by their labels; it is saved when its dialog is gone."""
    page.get_by_role("button", name="修改紀錄").click()
    dialog = page.get_by_role("dialog", name="修改服務紀錄")
    for label, value in typed.items():
        control = dialog.get_by_label(label, exact=True)
        if control.evaluate("(control) => control.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    dialog.get_by_role("button", name="存檔").click()
    dialog.wait_for(state="hidden")


def log_by_keyboard(page: Page, customer: str, phone: str = "02-2960-1188") -> None:
    """Take the call of a new customer without a hand on the mouse."""
    page.keyboard.press("F2")
    expect(page.locator('[data-key="1"]').get_by_label("電話")).to_be_focused()
    type_call(page, customer, phone)


def type_call(page: Page, customer: str, phone: str) -> None:
    """Type the call of a new customer from the telephone on, and log it."""
    _type(page, phone, customer, "新北市板橋區文化路一段 188 號")
    page.keyboard.press("Alt+2")
    _type(page, "冰箱", "KR-528WN", "KR528-001947")
    page.keyboard.press("Space")
    page.keyboard.press("Alt+3")
    page.keyboard.type("冷藏室不冷")
    page.keyboard.press("Enter")
    expect(page.locator('[data-key="1"]').get_by_label("電話")).to_have_value("")


def _type(page: Page, *texts: str) -> None:
    """Fill one field after the other."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def dispatch(page: Page, customer: str, technician: Person) -> None:
    """Send somebody to a customer's call."""
    page.get_by_role("row").filter(has_text=customer).click()
    page.get_by_role("radio", name=technician.name).check()
    page.get_by_role("button", name=f"派給{technician.name}").click()
    expect(page.get_by_role("region", name="經過")).to_contain_text(f"派給{technician.name}")


def close_and_file(page: Page) -> None:
    """Close the chosen call and file its voucher: one act."""
    page.get_by_role("button", name="結案並歸檔").click()
    expect(page.get_by_role("region", name="經過")).to_contain_text("結案並歸檔")
