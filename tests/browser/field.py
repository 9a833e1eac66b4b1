"""What a technician does on his phone, gesture by gesture, as the screens offer it."""

import re

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.people import PHONE, Seat, choose_pin, enter_pin, installed, phone_of, sign_in
from tests.server.world import Person
from tests.support.pictures import picture

FAULT = "壓縮機過熱保護"
ACTION = "更換啟動繼電器"
REOPENED_MOST = 40
FEE = 1_650
"""Whole dollars."""


def ready_phone(
    chromium: Browser, address: str, technician: Person, customer: str, size: ViewportSize = PHONE
) -> tuple[Seat, Page]:
    """Return the technician's enrolled phone with the app installed and the customer's job on it."""
    phone = phone_of(chromium, address, size)
    return phone, made_ready(phone, technician, customer)


def made_ready(phone: Seat, technician: Person, *customers: str) -> Page:
    """Sign in on a fresh phone, enrol it, and wait until the app is installed and the customers' jobs are there."""
    page = phone.open()
    sign_in(page, technician.login)
    choose_pin(page)
    for customer in customers:
        expect(page.get_by_role("link", name=customer)).to_be_visible()
    installed(page)
    return page


def opened_cold(phone: Seat) -> Page:
    """Open the installed app in a new tab and unlock it."""
    page = phone.open()
    page.get_by_role("heading", name="輸入解鎖碼").wait_for()
    enter_pin(page)
    return page


def travel(page: Page) -> None:
    page.get_by_role("button", name="開始前往").click()


def arrive(page: Page) -> None:
    """Arrive; what was done is written on the next screen."""
    page.get_by_role("button", name="到達", exact=True).click()
    page.get_by_role("heading", name="施作").wait_for()


def write_work(page: Page, fault: str = FAULT, action: str = ACTION, fee: int = FEE) -> None:
    """Say what was wrong and what was done."""
    _describe(page, "故障", fault)
    _describe(page, "處理", action)
    page.get_by_role("group", name="結果").get_by_role("button", name="修好").click()
    page.get_by_label("費用（元）").fill(str(fee))


def _describe(page: Page, what: str, words: str) -> None:
    page.get_by_role("group", name=what, exact=True).get_by_role("button", name="其他").click()
    page.get_by_label(f"{what}說明").fill(words)


def begin(page: Page, customer: str) -> None:
    """Go there, and write what was done."""
    page.get_by_role("link", name=customer).click()
    travel(page)
    arrive(page)
    write_work(page)


def hand_over(page: Page, customer: str) -> None:
    """The customer reads and signs what is written, and the visit is finished."""
    show_customer(page)
    sign(page, customer)
    finish(page)


def visit(page: Page, customer: str) -> None:
    """The whole visit, from the list to the customer's signature."""
    begin(page, customer)
    hand_over(page, customer)


def finish_what_was_begun(page: Page, customer: str) -> None:
    """Go on with a draft that still says what was written, to the customer's signature."""
    page.get_by_role("link", name=customer).click()
    page.get_by_role("button", name="繼續施作").click()
    expect(page.get_by_label("處理說明")).to_have_value(ACTION)
    hand_over(page, customer)


def reopen_until_fault_is(page: Page, fault: str) -> None:
    """Open the form anew until it shows what came from the office: an open one never changes under one's hands."""
    for _ in range(REOPENED_MOST):
        page.get_by_role("button", name="繼續施作").click()
        if page.get_by_label("故障說明").input_value() == fault:
            return
        page.get_by_role("button", name="回上一頁").click()
        page.get_by_role("heading", name="今日").wait_for()
    raise AssertionError(f"the phone never showed {fault}")


def show_customer(page: Page) -> None:
    """Hand over the phone: the customer reads what he will sign."""
    page.get_by_role("button", name="請客戶看內容").click()
    page.get_by_role("heading", name="服務內容確認").wait_for()


def leave_work(page: Page) -> None:
    """Go back to the list; what was written is kept."""
    page.get_by_role("button", name="回上一頁").click()
    page.get_by_role("heading", name="今日").wait_for()


def sign(page: Page, name: str) -> None:
    """The customer draws two strokes on the empty pad."""
    pad = page.get_by_role("img", name=re.compile(name))
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    for start in (0.25, 0.55):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (start + 0.2), box["y"] + 100, steps=8)
        page.mouse.up()


def sign_for(page: Page, capacity: str, name: str) -> None:
    """Somebody signs for the customer: in which capacity, his name, then his hand."""
    page.get_by_role("button", name="換人簽").click()
    page.get_by_role("button", name=capacity, exact=True).click()
    page.get_by_label("簽名的人").fill(name)
    sign(page, name)


def leave_unsigned(page: Page, note: str, why: str = "客戶不在") -> None:
    """Finish without a signature, because the customer is not there or, as another button says, will not sign."""
    page.get_by_role("button", name=why).click()
    asked = page.get_by_role("dialog", name=why)
    asked.get_by_label("原因").fill(note)
    complete = asked.get_by_role("button", name="不簽名完成")
    complete.click()
    expect(asked.get_by_role("alert")).to_contain_text("先拍一張現場照片")
    asked.get_by_label("拍照").set_input_files(
        {"name": "IMG.png", "mimeType": "image/png", "buffer": picture(form="PNG")}
    )
    expect(asked.get_by_role("alert")).to_be_hidden()
    complete.click()
    page.get_by_role("heading", name="服務內容確認").wait_for(state="hidden")


def finish(page: Page) -> None:
    """Finish, and wait until the phone says that it is kept."""
    page.get_by_role("button", name="完成這件").click()
    page.get_by_role("heading", name="服務內容確認").wait_for(state="hidden")
