"""Typing into the search of a large company, letter by letter, in the engine that browsers have too."""

import json
import os
import subprocess
from collections.abc import Iterator

from bench.lines import line

LIMIT_MS = 50
_TYPE = "import('./tests/speed/find.ts').then(async ({ measured }) => console.log(JSON.stringify(await measured())))"


def measure() -> Iterator[str]:
    """Yield the milliseconds of a keystroke and of making the books ready, with the machine's load meanwhile."""
    typed = subprocess.run(("node", "-e", _TYPE), cwd="pwa", check=True, capture_output=True, text=True)
    yield line("find", **json.loads(typed.stdout), limit_ms=LIMIT_MS, load=round(os.getloadavg()[0], 1))
