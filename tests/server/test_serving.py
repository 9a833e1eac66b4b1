"""The product as a process: one address, a one-time code while it is empty, a polite end."""

import os
import signal
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.platform.keys import DeviceKey, base64url
from tests.support.databases import PostgresServer
from tests.support.processes import ending_with_us

STOP_S = 10
STUCK_S = 60
"""After this a test is stuck; nothing here is measured by it."""
CODE = "一次性代碼："
COMPANY = {
    "company": "青松電器",
    "unit_name": "板橋服務中心",
    "unit_code": "BAN",
    "unit_kind": "center",
    "admin_name": "吳建宏",
    "login": "admin",
}


class Console:
    """A running server with what it has printed."""

    def __init__(self, process: subprocess.Popen[str], lines: list[str]) -> None:
        self.process = process
        self.lines = lines

    @property
    def address(self) -> str:
        return next(line.split()[1] for line in self.lines if line.startswith("Fieldproof http"))

    @property
    def code(self) -> str | None:
        return next((line.partition(CODE)[2] for line in self.lines if CODE in line), None)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(STOP_S)


@contextmanager
def started(data: Path, url: str, settings: Mapping[str, str] | None = None) -> Iterator[Console]:
    """Run the server on a free port until the block ends; it has printed all that it prints at a start."""
    environment = os.environ | {"DATA": str(data), "DATABASE_URL": url, "PORT": "0"} | dict(settings or {})
    command = ending_with_us([sys.executable, "-m", "server"])
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        console = Console(process, [])
        try:
            assert process.stdout is not None
            for line in process.stdout:
                console.lines.append(line.strip())
                if line.startswith("Fieldproof http"):
                    break
            yield console
        finally:
            process.kill()


def founded(console: Console) -> httpx.Cookies:
    """Found a company with the printed code and return its admin's session, which speaks from a device."""
    password = base64url(os.urandom(12))
    device = {"name": "Chrome", "place": "office", "public_key": base64url(DeviceKey().point)}
    with httpx.Client(base_url=console.address) as browser:
        founding = COMPANY | {"code": console.code, "password": password}
        browser.post("/api/start/company", json=founding).raise_for_status()
        browser.post("/api/session", json={"login": COMPANY["login"], "password": password}).raise_for_status()
        browser.post("/api/devices", json=device).raise_for_status()
        return browser.cookies


def test_an_empty_installation_prints_its_address_and_a_code_that_changes_with_every_start(
    tmp_path: Path, empty_database_url: str
) -> None:
    codes = set()
    for _ in range(2):
        with started(tmp_path / "data", empty_database_url) as console:
            assert httpx.get(f"{console.address}/api/start").json() == {"state": "empty"}
            codes.add(console.code)
            assert console.stop() == 0
    assert None not in codes
    assert len(codes) == 2


def test_a_founded_company_is_there_after_a_restart_and_no_code_is_printed(
    tmp_path: Path, empty_database_url: str
) -> None:
    with started(tmp_path / "data", empty_database_url) as console:
        cookies = founded(console)
        console.process.kill()
    with started(tmp_path / "data", empty_database_url) as console:
        assert console.code is None
        assert httpx.get(f"{console.address}/api/start").json() == {"state": "ready"}
        session = httpx.get(f"{console.address}/api/session", cookies=cookies)
        assert session.json()["name"] == COMPANY["admin_name"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_politely_while_somebody_listens(tmp_path: Path, empty_database_url: str, how: signal.Signals) -> None:
    with started(tmp_path / "data", empty_database_url) as console:
        cookies = founded(console)
        with httpx.stream("GET", f"{console.address}/sync/v1/live", cookies=cookies, timeout=STOP_S) as live:
            assert next(live.iter_lines()) == "event: hello"
            assert console.stop(how) == 0


def test_many_who_listen_keep_nobody_out(tmp_path: Path) -> None:
    with started(tmp_path / "data", "") as console, ExitStack() as listeners:
        cookies = founded(console)
        client = listeners.enter_context(httpx.Client(cookies=cookies, limits=httpx.Limits(), timeout=STUCK_S))
        for _ in range(150):  # granian serves 128 at once if it is not told otherwise
            live = listeners.enter_context(client.stream("GET", f"{console.address}/sync/v1/live"))
            assert next(live.iter_lines()) == "event: hello"
        assert httpx.get(f"{console.address}/api/start", timeout=STUCK_S).json() == {"state": "ready"}


def test_its_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    with started(tmp_path / "data", "") as console:
        assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
        assert (tmp_path / "data" / "fieldproof.db").exists()
        assert console.stop() == 0


def test_two_servers_do_not_share_a_folder(tmp_path: Path) -> None:
    with started(tmp_path / "data", ""), started(tmp_path / "data", "") as second:
        assert second.process.wait(STOP_S) == 1
        assert "正由另一個程序使用" in second.lines[-1]


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with started(tmp_path / "one", "") as first:
        port = str(httpx.URL(first.address).port)
        with started(tmp_path / "two", "", {"PORT": port}) as second:
            assert second.process.wait(STOP_S) == 1
            assert len(second.lines) == 1


@pytest.mark.parametrize(("asked", "why"), [("2", "SQLite 只能由一個程序使用"), ("0", "至少要 1")])
def test_that_many_processes_cannot_serve_this_database_is_told_in_one_line(
    tmp_path: Path, asked: str, why: str
) -> None:
    with started(tmp_path / "data", "", {"WORKERS": asked}) as console:
        assert console.process.wait(STOP_S) == 1
        assert len(console.lines) == 1
        assert why in console.lines[0]


def test_a_database_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    nowhere = f"postgresql://fieldproof@/fieldproof?host={tmp_path}"
    with started(tmp_path / "data", nowhere) as console:
        assert console.process.wait(STOP_S) == 1
        assert len(console.lines) == 1
        assert "資料庫連不上" in console.lines[0]


@pytest.fixture
def postgresql_url(postgres: PostgresServer) -> Iterator[str]:
    name = f"serving_{uuid4().hex}"
    yield postgres.create(name)
    postgres.drop(name)


def workers_of(console: Console) -> set[int]:
    """The processes that a server started, by the kernel's own list."""
    children = Path(f"/proc/{console.process.pid}/task/{console.process.pid}/children")
    return {int(pid) for pid in children.read_text().split()}


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + STUCK_S
    while not is_so():
        assert time.monotonic() < deadline, "it never came to it"
        time.sleep(0.05)


def answers(console: Console) -> bool:
    try:
        return httpx.get(f"{console.address}/api/start").is_success
    except httpx.TransportError:
        return False


def test_several_processes_serve_one_company_and_stop_politely_while_somebody_listens(
    tmp_path: Path, postgresql_url: str
) -> None:
    with started(tmp_path / "data", postgresql_url, {"WORKERS": "2"}) as console:
        assert len(workers_of(console)) == 2
        cookies = founded(console)
        for _ in range(12):  # connections are dealt out by the kernel: all on one side would be chance
            assert httpx.get(f"{console.address}/api/start").json() == {"state": "ready"}
            assert httpx.get(f"{console.address}/api/session", cookies=cookies).is_success
        with httpx.stream("GET", f"{console.address}/sync/v1/live", cookies=cookies, timeout=STOP_S) as live:
            assert next(live.iter_lines()) == "event: hello"
            left = workers_of(console)
            assert console.stop() == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in left)


def test_a_process_that_is_killed_is_started_again_and_one_whose_keeper_is_killed_ends(
    tmp_path: Path, postgresql_url: str
) -> None:
    with started(tmp_path / "data", postgresql_url, {"WORKERS": "2"}) as console:
        before = workers_of(console)
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(workers_of(console) - {min(before)}) == 2)
        until(lambda: answers(console))
        left = workers_of(console)
        console.process.kill()
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))


def test_with_a_certificate_the_address_is_https(tmp_path: Path) -> None:
    certificate, key = certified(tmp_path)
    settings = {"TLS_CERT": str(certificate), "TLS_KEY": str(key)}
    with started(tmp_path / "data", "", settings) as console:
        assert console.address.startswith("https://localhost:")
        trust = ssl.create_default_context(cafile=certificate)
        answer = httpx.get(f"{console.address}/api/start", verify=trust)
        assert answer.json() == {"state": "empty"}


@pytest.mark.parametrize(("settings", "status"), [({}, 403), ({"TRUST_PROXY": "1"}, 200)])
def test_only_a_proxy_that_is_trusted_says_how_the_browser_came(
    tmp_path: Path, settings: dict[str, str], status: int
) -> None:
    (tmp_path / "pwa").mkdir()
    (tmp_path / "pwa" / "index.html").write_text("shell")
    forwarded = {"host": "fieldproof.example", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}
    with started(tmp_path / "data", "", settings | {"PWA": str(tmp_path / "pwa")}) as console:
        assert httpx.get(console.address, headers=forwarded | {"accept": "text/html"}).status_code == status


def certified(folder: Path) -> tuple[Path, Path]:
    """Return a certificate for localhost and its key, made for this test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "certificate.pem", folder / "key.pem"
