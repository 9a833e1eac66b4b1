"""A technician hands over his receipts as a file, and the company's public key alone proves what he handed in."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser import field
from tests.browser.desk import CUSTOMER, Desk, sent_out
from tests.server.world import CLERK, MANAGER, TECHNICIAN, Person
from tests.support.processes import ServerProcess


def test_a_file_of_receipts_from_the_phone_is_proven_without_the_server_and_refused_once_it_was_changed(
    server: ServerProcess, chromium: Browser, desk_of: Callable[[Person], Desk], tmp_path: Path
) -> None:
    visit = sent_out(desk_of(CLERK), desk_of(MANAGER))
    _, page = field.ready_phone(chromium, server.address, TECHNICIAN, CUSTOMER)
    field.travel(page)
    field.arrive(page)
    field.write_work(page)
    field.leave_work(page)
    expect(page.get_by_role("link", name="全部已送達")).to_be_visible()
    page.get_by_role("link", name="我的帳號").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="匯出回條").click()
    file = tmp_path / "receipts.jsonl"
    download.value.save_as(file)
    key = server.console("receipt-key").stdout.strip()
    server.kill()

    proof = verified(file, key)
    assert proof.returncode == 0, proof.stderr
    assert "驗證相符" in proof.stdout
    assert visit in proof.stdout
    file.write_text(file.read_text().replace("arrived_at", "arrived_av"))
    changed = verified(file, key)
    assert changed.returncode == 1
    assert "驗證不符。" in changed.stderr


def verified(file: Path, key: str) -> subprocess.CompletedProcess[str]:
    """Check a file where there is neither a server nor a database."""
    command = (sys.executable, "-m", "server", "verify-receipt", str(file), f"--key={key}")
    nowhere = {"DATA": str(file.parent / "none")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=nowhere)
