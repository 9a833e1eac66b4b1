"""The product as a process: one address, a one-time code while it is empty, a polite end."""

import os
import signal
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.platform.keys import DeviceKey, base64url
from tests.support.processes import ending_with_us

STOP_S = 10
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
