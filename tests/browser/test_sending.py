"""What a phone has captured arrives once, and nobody leaves while it has not."""

from collections import Counter
from collections.abc import Callable

from playwright.sync_api import Browser, Page, Request, Route, expect

from schemas.registry import Kind
from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.browser.people import enter_pin, sign_in_again
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess

PUSH = "**/sync/v1/push"
DELIVERED = "全部已送達"
CLOSES_THE_SHEET = """() => {
    const share = () => Promise.reject(new DOMException('closed', 'AbortError'));
    Object.defineProperties(navigator, { canShare: { value: () => true }, share: { value: share } });
}"""
"""A system that shares files, whose person closes the sheet."""


def test_an_answer_that_is_lost_after_the_commit_leaves_no_duplicate(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    answers: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.status)
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    phone.context.route(PUSH, lose_the_first_answer)
    field.travel(page)
    expect(page.get_by_role("button", name="到達", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert [status // 100 for status in answers] == [2, 2]
    assert [told["seq"] for told in clerk.history(Kind.SERVICE_VISIT, visit)] == [1]


def test_of_two_tabs_one_sends_and_the_other_takes_over_when_it_is_closed(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, first = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    second = field.opened_cold(phone)
    pushes: Counter[Page] = Counter()

    def count(request: Request) -> None:
        if request.url.endswith("/sync/v1/push"):
            pushes[request.frame.page] += 1

    phone.context.on("request", count)
    field.travel(second)
    expect(first.get_by_role("button", name="到達", exact=True)).to_be_visible()
    clerk.await_fact(visit, "en_route_at")
    expect(first.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert set(pushes) == {first}

    first.close()
    field.arrive(second)
    second.get_by_role("button", name="回上一頁").click()
    second.get_by_role("link", name="今日").click()
    expect(second.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert set(pushes) == {first, second}
    told = clerk.history(Kind.SERVICE_VISIT, visit)
    assert [operation["seq"] for operation in told] == [1, 2]
    assert len({operation["actor"] for operation in told}) == 1


def test_signing_out_with_unsent_work_is_refused_until_it_is_sent(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    server.kill()
    field.travel(page)
    sign_out(page)
    refusal = page.get_by_role("dialog", name="還有紀錄沒送出")
    expect(refusal).to_be_visible()
    server.start()
    refusal.get_by_role("button", name="現在傳送").click()
    expect(page.get_by_text("都送出了。")).to_be_visible()
    page.get_by_role("link", name="今日").click()
    sign_out(page)
    expect(page.get_by_role("heading", name="登入")).to_be_visible()


def test_signing_out_with_unsent_work_is_allowed_once_it_was_exported_and_the_work_stays(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    clerk = desk_of(CLERK)
    visit = sent_out(clerk, desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.route(PUSH, lambda route: route.abort())
    field.travel(page)
    sign_out(page)
    with page.expect_download() as download:
        page.get_by_role("dialog", name="還有紀錄沒送出").get_by_role("button", name="匯出檔案").click()
    assert b"en_route_at" not in download.value.path().read_bytes(), "nobody but the office reads it"
    page.get_by_role("button", name="登出").click()
    expect(page.get_by_role("heading", name="登入")).to_be_visible()
    assert clerk.of(Kind.SERVICE_VISIT) == []

    phone.context.unroute(PUSH)
    sign_in_again(page, TECHNICIAN.login)
    enter_pin(page)
    expect(page.get_by_role("article", name=CUSTOMER)).to_contain_text("前往中")
    expect(page.get_by_role("link", name=DELIVERED)).to_be_visible()
    assert [told["seq"] for told in clerk.history(Kind.SERVICE_VISIT, visit)] == [1]


def test_a_share_sheet_that_is_closed_is_no_export_and_nobody_leaves(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk]
) -> None:
    sent_out(desk_of(CLERK), desk_of(MANAGER))
    phone, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    phone.context.route(PUSH, lambda route: route.abort())
    page.evaluate(CLOSES_THE_SHEET)
    field.travel(page)
    sign_out(page)
    refusal = page.get_by_role("dialog", name="還有紀錄沒送出")
    refusal.get_by_role("button", name="匯出檔案").click()
    expect(refusal.get_by_text("檔案沒有交出去。")).to_be_visible()
    refusal.get_by_role("button", name="先不登出").click()
    page.get_by_role("button", name="登出").click()
    expect(refusal).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("link", name="我的帳號").click()
    page.get_by_role("button", name="登出").click()
