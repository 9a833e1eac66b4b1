"""How an installation is configured: environment variables, read once."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

LEAST_TOMBSTONE_DAYS = 30
"""A device on a month's leave must not begin at nought when it is back."""


class SettingError(ValueError):
    """A setting that no installation can have; its words name it, for whoever started the command."""


class Settings(Struct, frozen=True, kw_only=True):
    """The installation's settings; the defaults serve one company on one machine with SQLite."""

    data: Path = Path("data")
    database_url: str = ""
    blobs_url: str = ""
    """Object storage for the files, as ``s3://bucket/folder``; empty keeps them on the disk."""
    host: str = "127.0.0.1"
    port: int = 8400
    workers: int = 1
    """Processes that share the port; more than one asks for PostgreSQL."""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    pwa: Path = Path(__file__).parent.parent.parent / "pwa" / "dist"
    tombstone_days: int = 400
    """How long devices are told what is gone; one that was away for longer begins its next sync at nought."""
    proxies: tuple[str, ...] = ()
    """Addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed."""

    @property
    def url(self) -> str:
        """SQLAlchemy URL of the database, with its asynchronous driver named."""
        given = self.database_url or f"sqlite:///{self.data / 'fieldproof.db'}"
        for scheme, driver in _DRIVERS:
            if given.startswith(scheme):
                return driver + given[len(scheme) :]
        return given

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of this machine, which one process has for itself."""
        return self.url.startswith("sqlite")

    @property
    def blobs(self) -> Path:
        """Folder of the content-addressed files."""
        return self.data / "blobs"

    @property
    def uploads(self) -> Path:
        """Folder of the files that have not arrived whole."""
        return self.data / "uploads"

    @property
    def snapshots(self) -> Path:
        """Folder of what lies ready for first syncs; it may be emptied at any time."""
        return self.data / "snapshots"


_DRIVERS = (
    ("postgres://", "postgresql+asyncpg://"),
    ("postgresql://", "postgresql+asyncpg://"),
    ("sqlite://", "sqlite+aiosqlite://"),
)


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Return the settings that an environment names; the README lists them.

    Empty means unset. TRUST_PROXY is 1 for a proxy on this machine, else the addresses of proxies, by commas.
    Raises ``SettingError`` for what is no number, or too small.
    """
    given = {name: value for name, value in environ.items() if value}
    defaults = Settings()
    return Settings(
        data=Path(given.get("DATA", defaults.data)),
        database_url=given.get("DATABASE_URL", ""),
        blobs_url=given.get("BLOBS_URL", ""),
        host=given.get("HOST", defaults.host),
        port=_number(given, "PORT", defaults.port),
        workers=_number(given, "WORKERS", defaults.workers),
        tls_cert=Path(given["TLS_CERT"]) if "TLS_CERT" in given else None,
        tls_key=Path(given["TLS_KEY"]) if "TLS_KEY" in given else None,
        pwa=Path(given.get("PWA", defaults.pwa)),
        tombstone_days=_number(given, "TOMBSTONE_DAYS", defaults.tombstone_days, LEAST_TOMBSTONE_DAYS),
        proxies=_proxies(given.get("TRUST_PROXY", "0")),
    )


def _number(given: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    try:
        number = int(given.get(name, default))
    except ValueError as error:
        raise SettingError(f"{name}={given[name]} 不是整數。") from error
    if number < least:
        raise SettingError(f"{name}={number} 太小，至少 {least}。")
    return number


def _proxies(given: str) -> tuple[str, ...]:
    known = {"0": (), "1": ("127.0.0.1", "::1")}
    return known[given] if given in known else tuple(part.strip() for part in given.split(","))
