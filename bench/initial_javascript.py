"""What a technician's phone must load before the first screen."""

import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import brotli

from bench.lines import line

DIST = Path("pwa/dist")
LIMIT_KB = 120
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
_REFERRED = re.compile(r"""(?:src|href)="/?(assets/[\w.-]+\.js)\"""")


def initial_files(dist: Path) -> set[str]:
    """Return the page's scripts, the technician's chunk, and everything that these import."""
    waiting = _REFERRED.findall((dist / "index.html").read_text())
    waiting += [f"assets/{path.name}" for path in dist.glob("assets/PhoneApp-*.js")]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [f"assets/{each}" for each in _IMPORTED.findall((dist / name).read_text())]
    return found


def measure() -> Iterator[str]:
    """Yield the size of what runs before the technician sees his jobs: by gzip, and by brotli as most phones get it."""
    files = [(DIST / name).read_bytes() for name in initial_files(DIST)]
    gzip_kb, br_kb = (_kb(pack, files) for pack in (gzip.compress, brotli.compress))
    yield line("initial_javascript", gzip_kb=gzip_kb, br_kb=br_kb, files=len(files), limit_kb=LIMIT_KB)


def _kb(pack: Callable[[bytes], bytes], files: Iterable[bytes]) -> float:
    return round(sum(len(pack(each)) for each in files) / 1_000, 1)
