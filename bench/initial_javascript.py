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
    """Return file to gzip size in bytes of the page's scripts, the technician's chunk, and everything these import."""
    waiting = _REFERRED.findall((dist / "index.html").read_text())
    waiting += [f"assets/{path.name}" for path in dist.glob("assets/PhoneApp-*.js")]
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
    """Yield the gzip size of what runs before the technician sees his jobs."""
    sizes = initial_files(DIST)
    yield line("initial_javascript", gzip_kb=round(sum(sizes.values()) / 1_000, 1), files=len(sizes), limit_kb=LIMIT_KB)
