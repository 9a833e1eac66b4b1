"""The parts and screens of the app in a real browser, as the gallery shows them: clean, accessible, and they hold."""

import json
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.browser.people import OFFICE, PHONE, launched
from tests.browser.served import PWA, build, served

PAGES = sorted(path.stem for path in (PWA / "gallery" / "pages").glob("*.svelte"))
PHONE_TURNED: ViewportSize = {"width": 844, "height": 390}
OFFICE_WIDE: ViewportSize = {"width": 1920, "height": 1080}
OFFICE_NARROW: ViewportSize = {"width": 390, "height": 844}
LANGUAGES = ["zh-Hant", "zh-Hans", "en"]
IN_ENGLISH = [
    "office-arrivals",
    "office-contracts",
    "office-health-bad",
    "office-hours",
    "office-inbox",
    "office-intake",
    "office-presets",
    "office-register",
    "office-units",
    "office-voucher",
    "phone-finish",
    "phone-job",
    "phone-outbox",
    "phone-sign-in",
    "phone-today",
    "phone-work",
]
EVERYTHING: Mapping[str, object] = MappingProxyType({})
COLOURS: Mapping[str, object] = MappingProxyType({"runOnly": ["color-contrast", "link-in-text-block"]})
"""What the dark theme changes: its pages are those of the light one in other colours."""
OFFICE_PAGES = [name for name in PAGES if name.startswith("office") and name != "office-parts"]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gallery, built and served on a free port; it is no part of the app itself."""
    built = tmp_path_factory.mktemp("gallery")
    build(built, "build/gallery.config.ts")
    with served(built) as port:
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def phone() -> Iterator[BrowserContext]:
    """A browser that is measured while nothing moves: a box on its way up is a hair less than it will be."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        yield chromium.new_context(has_touch=True, reduced_motion="reduce")
        chromium.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    page = phone.new_page()
    yield page
    page.close()


def show(page: Page, gallery: str, name: str, language: str = "zh-Hant") -> list[str]:
    """Open one page of the gallery; return what the browser complained about."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size(OFFICE if name.startswith("office") else PHONE)
    page.goto(f"{gallery}?page={name}&theme=light&lang={language}")
    page.locator("main").first.wait_for(state="attached")
    return complaints


def shown_in_each_language(page: Page, gallery: str, name: str) -> Iterator[str]:
    """Open one page of the gallery and let it speak one language after the other."""
    show(page, gallery, name)
    for language in LANGUAGES:
        page.evaluate(
            "async (language) => { await speak(language); await new Promise(requestAnimationFrame); }", language
        )
        yield language


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_shown_without_complaint_and_nobody_is_shut_out(page: Page, gallery: str, name: str) -> None:
    complaints = show(page, gallery, name)
    assert shut_out(page) == []
    if name in OFFICE_PAGES and page.locator("table").count() > 0:  # a narrow list scrolls where a wide one does not
        page.set_viewport_size(OFFICE_NARROW)
        assert shut_out(page) == []
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    assert shut_out(page, COLOURS) == []
    assert complaints == []


@pytest.mark.parametrize("size", [OFFICE, OFFICE_NARROW], ids=["wide", "narrow"])
def test_keys_reach_the_last_of_two_hundred_errors(page: Page, gallery: str, size: ViewportSize) -> None:
    show(page, gallery, "office-import-many")
    page.set_viewport_size(size)
    last = page.get_by_role("row", name="4800")
    last.wait_for()
    assert shut_out(page) == []
    if size == OFFICE:  # where there is no room beside it, the page itself scrolls
        page.get_by_role("group", name="有錯的列").focus()
    page.keyboard.press("End")
    expect(last).to_be_in_viewport()


def test_keys_scroll_the_sums_of_general_work_on_a_narrow_screen(page: Page, gallery: str) -> None:
    show(page, gallery, "office-working-time")
    page.set_viewport_size(OFFICE_NARROW)
    expect(page.get_by_role("group", name="各人合計")).to_have_attribute("tabindex", "0")
    assert shut_out(page) == []


@pytest.mark.parametrize("name", IN_ENGLISH)
def test_nobody_is_shut_out_in_english_either(page: Page, gallery: str, name: str) -> None:
    assert show(page, gallery, name, language="en") == []
    assert shut_out(page) == []


def shut_out(page: Page, rules: Mapping[str, object] = EVERYTHING) -> list[str]:
    """Return what is serious among what axe finds by its rules."""
    page.add_script_tag(path=PWA / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate("(rules) => axe.run(document, { resultTypes: ['violations'], ...rules })", dict(rules))
    return [_told(each) for each in found["violations"] if each["impact"] in {"serious", "critical"}]


def _told(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {json.dumps([node['target'] for node in violation['nodes']])}"


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("phone") and name != "phone-parts"])
def test_on_the_phone_nothing_is_too_small_to_tap_or_wider_than_the_screen(page: Page, gallery: str, name: str) -> None:
    for language in shown_in_each_language(page, gallery, name):
        assert too_small(page) == [], language
        assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"], language
        assert smallest_letters(page) >= 16, language


def too_small(page: Page) -> list[str]:
    """Return what a thumb would miss."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, textarea, nav a, .sync, a.row, a[href^="tel:"]')]
            .filter((each) => each.checkVisibility())
            .map((each) => [each.textContent.trim() || each.ariaLabel, each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 48 || box.height < 48)
            .map(([label]) => label)"""
    )
    return small


def smallest_letters(page: Page) -> float:
    """Return the size of the smallest text, in pixels."""
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
            .filter((each) => each.checkVisibility())
            .map((each) => parseFloat(getComputedStyle(each).fontSize))"""
    )
    return min(map(float, sizes))


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_an_office_page_fits_its_screen_only_its_lists_scroll(page: Page, gallery: str, name: str) -> None:
    for language in shown_in_each_language(page, gallery, name):
        for size in (OFFICE, OFFICE_WIDE):
            page.set_viewport_size(size)
            root = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
            assert root == [size["width"], size["height"]], language


@pytest.mark.parametrize("name", ["office-register", "office-register-day"])
def test_the_tools_of_the_register_are_one_line_while_somebody_is_out_of_touch(
    page: Page, gallery: str, name: str
) -> None:
    for language in shown_in_each_language(page, gallery, name):
        page.set_viewport_size({"width": 1280, "height": 800})
        tools = page.locator(".tools").first
        middles: list[float] = tools.evaluate(
            """(tools) => [...tools.children].map((each) => each.getBoundingClientRect())
                .map(({ top, height }) => Math.round(top + height / 2))"""
        )
        assert len(middles) >= 6, language
        assert max(middles) - min(middles) <= 1, language
        assert tools.locator(".chips").evaluate("(one) => one.scrollWidth <= one.clientWidth"), language


@pytest.mark.parametrize("width", [390, 768, 1024, 1280])
@pytest.mark.parametrize(
    "name",
    ["office-people", "office-people-back", "office-devices", "office-devices-stopped", "office-hours", "office-units"],
)
def test_no_list_of_the_settings_scrolls_sideways(page: Page, gallery: str, name: str, width: int) -> None:
    """The tabs above do on a narrow screen, and show the present one."""
    show(page, gallery, name)
    page.set_viewport_size({"width": width, "height": 844})
    page.get_by_role("grid").first.wait_for()
    over = page.evaluate(
        """() => [...document.querySelectorAll('main, main *')]
            .filter((each) => each.scrollWidth > each.clientWidth && getComputedStyle(each).overflowX === 'auto')
            .filter((each) => each.localName !== 'nav')
            .map((each) => each.className)"""
    )
    assert over == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_on_a_narrow_screen_whoever_chooses_a_device_is_taken_to_what_is_told_of_it(page: Page, gallery: str) -> None:
    show(page, gallery, "office-devices")
    page.set_viewport_size({"width": 390, "height": 480})
    page.get_by_role("row", name="舊的公務手機").click()
    expect(page.get_by_role("heading", name="舊的公務手機")).to_be_in_viewport()
    expect(page.get_by_text("3 件等服務主任決定")).to_be_in_viewport()


def test_the_language_is_chosen_on_the_page_itself_without_a_reload(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-sign-in")
    page.get_by_label("帳號").fill("lin")
    for language, code, heading in (
        ("English", "en", "Sign in"),
        ("简体中文", "zh-Hans", "登录"),
        ("繁體中文", "zh-Hant-TW", "登入"),
    ):
        page.get_by_role("button", name=language).click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert page.evaluate("() => document.documentElement.lang") == code
        assert page.locator("[name=username]").input_value() == "lin"


def sign(page: Page) -> None:
    """Draw two strokes on the empty pad of the page."""
    box = page.get_by_role("img", name="陳美惠").bounding_box()
    assert box
    for start in (0.25, 0.55):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * (start + 0.2), box["y"] + 120, steps=8)
        page.mouse.up()


def strokes(page: Page) -> list[str]:
    drawn = page.locator(".pad > svg path").evaluate_all("(all) => all.map((path) => path.getAttribute('d'))")
    return [path for path in drawn if path]


def test_a_signature_is_drawn_taken_back_stroke_by_stroke_and_wiped(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-finish-empty")
    done = page.get_by_role("button", name="完成這件")
    assert done.is_disabled()
    sign(page)
    assert len(strokes(page)) == 2
    assert done.is_enabled()
    page.get_by_role("button", name="退一筆").click()
    assert len(strokes(page)) == 1
    page.get_by_role("button", name="重簽").click()
    assert strokes(page) == []
    assert done.is_disabled()


def test_a_signature_survives_turning_the_phone_and_goes_on_where_the_finger_is(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-finish-empty")
    sign(page)
    before = strokes(page)
    page.set_viewport_size(PHONE_TURNED)
    assert strokes(page) == before
    pad = page.locator(".pad > svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 10, steps=3)
    page.mouse.up()
    drawn = page.locator(".pad > svg path").nth(2).bounding_box()
    assert drawn
    assert abs(drawn["x"] - x) < 3
    assert abs(drawn["y"] - y) < 3
    page.set_viewport_size(PHONE)
    assert strokes(page)[:2] == before


def test_refusing_to_sign_asks_for_a_reason_and_keeps_what_was_written(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-finish-empty")
    page.get_by_role("button", name="客戶不簽").click()
    sheet = page.get_by_role("dialog", name="客戶不簽")
    sheet.get_by_role("button", name="不簽名完成").click()
    assert sheet.get_by_text("沒寫原因").is_visible()
    assert sheet.get_by_text("先拍一張現場照片").is_visible()
    sheet.get_by_label("原因").fill("說要先問家人")
    assert sheet.get_by_label("原因").input_value() == "說要先問家人"
    page.keyboard.press("Escape")
    assert not sheet.is_visible()


def test_chips_write_the_text_and_other_opens_a_field(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-work")
    faults = page.get_by_role("group", name="故障")
    faults.get_by_role("button", name="異音").click()
    assert faults.get_by_role("button", name="異音", pressed=True).is_visible()
    faults.get_by_role("button", name="其他").click()
    field = page.get_by_label("故障說明")
    assert field.input_value() == "不冷、漏水、異音"
    field.fill("不冷、壓縮機很大聲")
    assert faults.get_by_role("button", name="漏水", pressed=False).is_visible()
    assert field.is_visible()


def test_the_lock_takes_digits_by_thumb_and_by_key(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-lock")
    entered = page.get_by_role("status", name=re.compile("已輸入"))
    page.get_by_role("button", name="7", exact=True).click()
    page.keyboard.press("8")
    assert entered.get_attribute("aria-label") == "已輸入 4 位，共 6 位"
    page.keyboard.press("Backspace")
    assert entered.get_attribute("aria-label") == "已輸入 3 位，共 6 位"


def test_a_customers_copy_tells_when_it_was_signed_as_its_language_writes_dates(page: Page, gallery: str) -> None:
    show(page, gallery, "phone-copy")
    for language, moment in (
        ("zh-Hant", "2026/11/23 14:05"),
        ("zh-Hans", "2026/11/23 14:05"),
        ("en", "Nov 23, 2026, 14:05"),
    ):
        page.evaluate("(language) => speak(language)", language)
        expect(page.get_by_text(moment)).to_be_visible()
