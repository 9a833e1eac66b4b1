"""From opening the installed app, with the server gone and the browser just started, to the technician's list."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from bench.lines import line
from bench.served import served
from tests.browser.desk import Desk, dispatch, log_call
from tests.browser.field import made_ready
from tests.browser.people import PHONE, PIN, Seat, chromium_path
from tests.server.world import CLERK, MANAGER, TECHNICIAN

JOBS = 20
ROUNDS = 7
SLOWED = (1, 4)
"""How many times slower the page's processor is made: 4 is a cheap phone."""

_LOCK, _LIST = "輸入解鎖碼", "article"
_WATCH = f"""(() => {{
  const seen = (window.seen = {{}});
  const look = () => {{
    if (!seen.lock && document.body?.textContent.includes('{_LOCK}')) seen.lock = performance.now();
    if (!seen.list && document.querySelectorAll('{_LIST}').length >= {JOBS}) seen.list = performance.now();
  }};
  new MutationObserver(look).observe(document, {{ childList: true, subtree: true, characterData: true }});
}})()"""


def _browser(playwright: Playwright, profile: Path) -> BrowserContext:
    """Start a browser of its own on a kept profile, as a phone starts an app that the system has ended."""
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium_path(), viewport=PHONE, has_touch=True, locale="zh-TW"
    )


def _opened(context: BrowserContext, address: str, slower: int) -> tuple[float, float]:
    """Open the app; the milliseconds to the lock, and from the code's last digit to the list of all jobs."""
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(address)
    page.get_by_role("heading", name=_LOCK).wait_for()
    for digit in PIN[:-1]:
        page.get_by_role("button", name=digit, exact=True).click()
    unlocked_at = _last_digit(page)
    page.wait_for_function("() => window.seen.list")
    seen = page.evaluate("() => window.seen")
    return seen["lock"], seen["list"] - unlocked_at


def _last_digit(page: Page) -> float:
    """Enter the last digit from inside the page and return when: the driver's own time does not count."""
    button = page.get_by_role("button", name=PIN[-1], exact=True)
    pressed: float = button.evaluate("(button) => { const now = performance.now(); button.click(); return now; }")
    return pressed


def _prepared(playwright: Playwright, profile: Path, address: str) -> None:
    clerk, manager = Desk(address, CLERK), Desk(address, MANAGER)
    for number in range(JOBS):
        dispatch(manager, log_call(clerk, f"客戶{number:02}"))
    context = _browser(playwright, profile)
    page = made_ready(Seat(context, address), TECHNICIAN, "客戶00")
    expect(page.locator(_LIST)).to_have_count(JOBS)
    context.close()
    clerk.close()
    manager.close()


def measure() -> Iterator[str]:
    """Yield the milliseconds to the lock and from the code to the list, as medians and worst, for each processor."""
    with (
        served() as serving,
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory(prefix="fieldproof-bench-phone-") as folder,
    ):
        profile = Path(folder)
        _prepared(playwright, profile, serving.address)
        serving.process.kill()
        for slower in SLOWED:
            rounds = []
            for _ in range(ROUNDS):
                context = _browser(playwright, profile)
                time.sleep(0.5)  # the browser's own start is over
                rounds.append(_opened(context, serving.address, slower))
                context.close()
            totals = [to_lock + to_list for to_lock, to_list in rounds]
            yield line(
                "cold_start_offline_ms",
                cpu_slowed=slower,
                jobs=JOBS,
                rounds=ROUNDS,
                to_lock=round(median(each[0] for each in rounds)),
                code_to_list=round(median(each[1] for each in rounds)),
                median=round(median(totals)),
                worst=round(max(totals)),
                limit=2_000,
            )
