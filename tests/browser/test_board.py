"""The dispatch board with the real server: by mouse, by keyboard, and what the desk proposes (F015)."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from schemas.registry import Kind
from tests.browser import office
from tests.browser.desk import Desk, dispatch, log_call
from tests.server.world import CLERK, MANAGER, TECHNICIAN, TECHNICIAN_TWO, Person
from tests.support.processes import ServerProcess

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
"""What the board does not depend on the database."""

QUARTER_MS = int(timedelta(minutes=15).total_seconds() * 1000)
TAIPEI = ZoneInfo("Asia/Taipei")
NAME = "周麗華"


def board_page(chromium: Browser, address: str, person: Person) -> Page:
    """Return the board of tomorrow, on which any hour is still to come, as somebody reaches it."""
    page = office.office_page(chromium, address, person)
    page.get_by_role("link", name="看板").click()
    page.get_by_role("region", name="派工板").wait_for()
    page.get_by_role("button", name="後一天").click()
    return page


def lane(page: Page, person: Person) -> Locator:
    return page.get_by_role("region", name="派工板").get_by_role("listitem").filter(has_text=person.name)


def block(page: Page, person: Person, name: str = NAME) -> Locator:
    return lane(page, person).get_by_role("button", name=name)


def drag(page: Page, what: Locator, person: Person, share: float) -> None:
    """Take hold of something and let it fall on somebody's lane, at a share of its hours."""
    track = lane(page, person).locator("[data-lane]")
    track.scroll_into_view_if_needed()
    box = track.bounding_box()
    assert box
    what.hover()
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * share / 2, box["y"] + 20)
    page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=4)
    expect(lane(page, person).get_by_text(re.compile("派 |移到 "))).to_be_visible()
    page.mouse.up()


def test_f015_a_manager_drags_a_call_to_a_technician_and_moves_it_by_keyboard(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    call = log_call(desk_of(CLERK), NAME)
    manager = desk_of(MANAGER)
    page = board_page(chromium, server.address, MANAGER)
    drag(page, page.get_by_role("row").filter(has_text=NAME), TECHNICIAN, 0.5)
    expect(block(page, TECHNICIAN)).to_be_visible()
    sent = manager.one(Kind.DISPATCH)
    assert (sent.fields["call"], sent.fields["technician"]) == (call, TECHNICIAN.user)
    assert sent.fields["planned_at"] % QUARTER_MS == 0

    block(page, TECHNICIAN).focus()
    for key in ("m", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("status").filter(has_text="已移到")).to_be_visible()
    later = manager.one(Kind.DISPATCH)
    assert later.id == sent.id
    assert later.fields["planned_at"] == sent.fields["planned_at"] + 2 * QUARTER_MS

    page.get_by_role("button", name="復原").click()
    expect(page.get_by_role("status").filter(has_text="已復原")).to_be_visible()
    assert manager.one(Kind.DISPATCH).fields["planned_at"] == sent.fields["planned_at"]


def test_f015_a_job_that_is_dragged_to_somebody_else_is_called_back_from_the_first(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    manager = desk_of(MANAGER)
    first = dispatch(manager, log_call(desk_of(CLERK), NAME))
    noon = datetime.combine(datetime.now(TAIPEI) + timedelta(days=1), time(12), TAIPEI)
    order = {"technician": TECHNICIAN.user, "planned_at": int(noon.timestamp() * 1000)}
    manager.ask("POST", f"/api/dispatches/{first}/move", order)
    page = board_page(chromium, server.address, MANAGER)
    drag(page, block(page, TECHNICIAN), TECHNICIAN_TWO, 0.6)
    expect(block(page, TECHNICIAN_TWO)).to_be_visible()
    expect(block(page, TECHNICIAN)).to_be_hidden()
    before, after = sorted(manager.of(Kind.DISPATCH), key=lambda row: row.id != first)
    assert before.fields["cancelled_reason"] == "改派"
    assert (after.fields["technician"], after.fields["dispatched_by"]) == (TECHNICIAN_TWO.user, MANAGER.user)


def test_f015_what_a_clerk_proposes_is_accepted_with_one_key(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    call = log_call(desk_of(CLERK), NAME)
    manager = desk_of(MANAGER)
    theirs = board_page(chromium, server.address, CLERK)
    ours = board_page(chromium, server.address, MANAGER)
    theirs.get_by_role("row").filter(has_text=NAME).click()
    drag(theirs, theirs.get_by_role("row").filter(has_text=NAME), TECHNICIAN_TWO, 0.25)
    expect(theirs.get_by_role("button", name="收回提議")).to_be_visible()
    expect(ours.get_by_role("region", name="選取的叫修")).to_contain_text(f"{CLERK.name}提議")
    proposed = manager.rows()[call].fields
    assert (proposed["proposed_technician"], proposed["proposed_by"]) == (TECHNICIAN_TWO.user, CLERK.user)
    assert manager.of(Kind.DISPATCH) == []

    ours.keyboard.press("d")
    expect(block(ours, TECHNICIAN_TWO)).to_be_visible()
    sent = manager.one(Kind.DISPATCH).fields
    assert (sent["technician"], sent["planned_at"]) == (TECHNICIAN_TWO.user, proposed["proposed_for"])


def test_the_board_is_a_page_of_its_own_that_opens_again(server: ServerProcess, chromium: Browser) -> None:
    page = board_page(chromium, server.address, MANAGER)
    with page.expect_download() as saved:
        page.get_by_role("button", name="匯出").click()
        page.get_by_role("dialog").get_by_role("button", name="Excel").click()
    assert re.fullmatch(r"派工板-\d{4}-\d\d-\d\d\.xlsx", saved.value.suggested_filename)
    page.goto(f"{server.address}/")
    page.get_by_role("region", name="派工板").wait_for()
    expect(page.get_by_role("link", name="登記與派工")).to_have_attribute("aria-current", "page")
