"""The addresses that the console prints: for this machine, and for phones."""

import socket
from ipaddress import ip_address
from pathlib import Path

import pytest

from server.cli.addresses import address, interface_addresses, words_for_phones
from server.platform.settings import Settings

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a setting, not a binding
CERTIFICATE = Path("certificate.pem")
TWO_INTERFACES = ["192.168.1.20", "10.0.0.5"]
HINT = "手機的瀏覽器只收 https：用 TLS_CERT 和 TLS_KEY 啟動，或架代理，見 README。"


def told(settings: Settings) -> list[str]:
    return words_for_phones(settings, lambda: TWO_INTERFACES)


def test_whoever_listens_everywhere_is_told_an_address_for_each_interface() -> None:
    settings = Settings(host=EVERYWHERE, tls_cert=CERTIFICATE)
    assert address(settings) == "https://localhost:8400"
    assert told(settings) == ["手機開 https://192.168.1.20:8400", "手機開 https://10.0.0.5:8400"]


def test_without_a_certificate_he_is_told_that_phones_need_one() -> None:
    assert told(Settings(host=EVERYWHERE)) == [
        "手機開 http://192.168.1.20:8400",
        "手機開 http://10.0.0.5:8400",
        HINT,
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.5", "::1", "localhost"])
def test_where_only_this_machine_is_listened_to_phones_are_not_spoken_of(host: str) -> None:
    assert told(Settings(host=host)) == []


def test_behind_a_proxy_its_operator_knows_the_address() -> None:
    assert told(Settings(host=EVERYWHERE, proxies=("10.0.0.1",))) == []


@pytest.mark.parametrize(
    ("host", "shown"),
    [("192.168.1.20", "192.168.1.20"), ("2001:db8::5", "[2001:db8::5]"), ("office.example", "office.example")],
)
def test_an_address_that_was_chosen_is_the_one_that_is_told(host: str, shown: str) -> None:
    settings = Settings(host=host, tls_cert=CERTIFICATE)
    assert address(settings) == f"https://{shown}:8400"
    assert told(settings) == [f"手機開 https://{shown}:8400"]


def test_the_interfaces_of_this_machine_are_asked_without_traffic(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("somebody was asked over the network")

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    assert all(ip_address(each).version == 4 for each in interface_addresses())
    assert "127.0.0.1" not in interface_addresses()


def test_an_interface_without_an_address_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "if_nameindex", lambda: [(1, "lo"), (2, "not-there")])
    assert interface_addresses() == []
