"""Typing into the search of a large company, letter by letter, in the engine that browsers have too."""

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any

from bench.lines import line

LIMIT_MS = 50
_BUILD = ("npm", "exec", "--", "vite", "build", "--config", "build/speed.config.ts", "--logLevel", "error")
_TYPE = (
    "import('./node_modules/.speed/find.js')"
    ".then(async ({ measured }) => console.log(JSON.stringify(await measured())))"
)


def measure() -> Iterator[str]:
    """Yield the milliseconds of a keystroke and of making the books ready, with the machine's load meanwhile."""
    typed = measured()
    load = round(os.getloadavg()[0], 1)
    yield line("find", **typed, limit_ms=LIMIT_MS, is_met=typed["worst_ms"] <= LIMIT_MS, load=load)


def measured() -> dict[str, Any]:
    """Build the app's search as one file and let it find; what it took."""
    _in_pwa(_BUILD)
    typed: dict[str, Any] = json.loads(_in_pwa(("node", "-e", _TYPE)))
    return typed


def _in_pwa(command: tuple[str, ...]) -> str:
    return subprocess.run(command, cwd="pwa", check=True, capture_output=True, text=True).stdout
