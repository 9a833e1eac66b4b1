"""Clock, chance and cryptography enter through named doors only, in both languages."""

import ast
import re
from collections.abc import Iterator

from tests.repo.tree import is_test, parsed, text, written

CLOCK_AND_CHANCE = {
    "date.today",
    "datetime.now",
    "datetime.utcnow",
    "os.getrandom",
    "os.urandom",
    "random",
    "secrets",
    "time.monotonic",
    "time.perf_counter",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
    "func.now",
}
PYTHON_DOORS = {
    "server/platform/ambient.py": "the only wall clock, random source and id maker; passed in everywhere else",
}
BROWSER_CLOCK_AND_CHANCE = re.compile(
    r"\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b|\bperformance\.now\b"
)
BROWSER_DOORS = {
    "pwa/src/platform/ambient.ts": "the twin of server/platform/ambient.py",
}
BROWSER_KEYS = re.compile(r"\bcrypto\s*\.\s*subtle\b|\bsubtle\s*\.\s*(sign|verify|encrypt|decrypt|digest|deriveKey)\b")
BROWSER_KEY_DOORS = {
    "pwa/src/net/device_key.ts": "the device's key pair, never extractable",
    "pwa/src/net/receipts.ts": "the office's public key, to verify its receipts",
    "pwa/src/ui/entry/pin_code.ts": "the lock's PBKDF2, beside the page's thread; it guards no data (ADR 11)",
    "pwa/src/vault/seal.ts": "the vault's envelopes",
}


def words(path: str) -> Iterator[str]:
    """What a Python file imports or reads, as "module" and "owner.name"."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute):
            yield ".".join(ast.unparse(node).split(".")[-2:])


def users_of(banned: set[str], doors: dict[str, str]) -> dict[str, set[str]]:
    paths = written(".py", under=("schemas/", "sync/", "server/"))
    found = {path: banned.intersection(words(path)) for path in paths if path not in doors}
    return {path: hits for path, hits in found.items() if hits}


def browser_users_of(banned: re.Pattern[str], doors: dict[str, str]) -> dict[str, list[str]]:
    paths = [path for path in written(".ts", ".svelte", under=("pwa/src/",)) if not is_test(path)]
    found = {path: [hit.group() for hit in banned.finditer(text(path))] for path in paths if path not in doors}
    return {path: hits for path, hits in found.items() if hits}


def test_the_server_asks_only_its_surroundings_for_time_and_chance() -> None:
    assert users_of(CLOCK_AND_CHANCE, PYTHON_DOORS) == {}


def test_the_app_asks_only_its_surroundings_for_time_and_chance() -> None:
    assert browser_users_of(BROWSER_CLOCK_AND_CHANCE, BROWSER_DOORS) == {}


def test_the_app_uses_keys_in_its_named_files_only() -> None:
    assert browser_users_of(BROWSER_KEYS, BROWSER_KEY_DOORS) == {}
