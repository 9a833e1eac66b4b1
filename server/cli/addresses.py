"""Where browsers find this server: on this machine, and from phones in the same network."""

import fcntl
import socket
import struct
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, ip_address

from server.platform.settings import Settings

Interfaces = Callable[[], Sequence[str]]

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - a comparison, not a binding
_THIS_MACHINE = ("127.0.0.1", "::1", *_EVERYWHERE)
_SIOCGIFADDR = 0x8915
"""Linux's request for the IPv4 address of an interface (netdevice(7)); the answer has it from the 20th byte on."""


def address(settings: Settings) -> str:
    """Return the address that a browser on this machine opens."""
    return _url(settings, "localhost" if settings.host in _THIS_MACHINE else settings.host)


def interface_addresses() -> list[str]:
    """Return the IPv4 addresses by which others may reach this machine; asks the kernel and nobody else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        found = [_address_of(asking, name) for _, name in socket.if_nameindex()]
    return [str(each) for each in found if each and not each.is_loopback and not each.is_link_local]


def words_for_phones(settings: Settings, interfaces: Interfaces = interface_addresses) -> list[str]:
    """Return the lines that tell how a phone gets here: an address for each interface, and what is missing for it.

    None where only this machine is listened to, and behind a proxy, whose address only its operator knows.
    """
    if settings.proxies or _is_this_machine(settings.host):
        return []
    hosts = interfaces() if settings.host in _EVERYWHERE else [settings.host]
    missing = (
        [] if settings.tls_cert else ["手機的瀏覽器只收 https：用 TLS_CERT 和 TLS_KEY 啟動，或架代理，見 README。"]
    )
    return [*(f"手機開 {_url(settings, host)}" for host in hosts), *missing]


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _url(settings: Settings, host: str) -> str:
    scheme = "https" if settings.tls_cert else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _address_of(asking: socket.socket, interface: str) -> IPv4Address | None:
    """Return the address of an interface; None for one that has none."""
    request = struct.pack("256s", interface.encode()[:15])
    try:
        return IPv4Address(fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, request)[20:24])
    except OSError:
        return None
