"""What a technician's phone must load before the first screen."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from bench.lines import line

DIST = Path("pwa/dist")
LIMIT_KB = 120
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
_REFERRED = re.compile(r"""(?:src|href)="/?(assets/[\w.-]+\.js)\"""")


def initial_files(dist: Path) -> dict[str, int]:
    """Return file to gzip size in bytes of the page's scripts and everything they import before they run."""
    waiting = _REFERRED.findall((dist / "index.html").read_text())
    sizes: dict[str, int] = {}
    while waiting:
        name = waiting.pop()
        if name in sizes:
            continue
        source = (dist / name).read_text()
        sizes[name] = len(gzip.compress(source.encode(), 9))
        waiting += [f"assets/{each}" for each in _IMPORTED.findall(source)]
    return sizes


def measure() -> Iterator[str]:
    """Yield the gzip size of what runs before the first screen, and of the chunk with the technician's screens."""
    sizes = initial_files(DIST)
    phone = next((path for path in DIST.glob("assets/PhoneApp-*.js")), None)
    extra = len(gzip.compress(phone.read_bytes(), 9)) if phone else 0
    total = sum(sizes.values()) + extra
    yield line("initial_javascript", gzip_kb=round(total / 1_000, 1), files=len(sizes) + bool(phone), limit_kb=LIMIT_KB)
