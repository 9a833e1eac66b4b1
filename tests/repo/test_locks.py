"""What is installed is exactly what was locked, and no lock says from where."""

import json
import re

from tests.repo.tree import committed, text

PINNED = re.compile(r"^([\w.-]+)==([^ ;\\]+)", re.MULTILINE)


def pins(path: str) -> dict[str, str]:
    return dict(PINNED.findall(text(path)))


def test_every_python_package_is_pinned_with_its_hashes() -> None:
    for path in ("requirements.lock", "requirements-dev.lock"):
        entries = text(path).replace("\\\n", "").splitlines()
        packages = [entry for entry in entries if entry and not entry.lstrip().startswith("#")]
        assert [entry for entry in packages if "==" not in entry or "--hash=sha256:" not in entry] == []
        assert packages


def test_the_tests_run_with_the_packages_that_are_shipped() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_every_javascript_package_is_pinned_with_its_hash() -> None:
    wanted = json.loads(text("pwa/package.json"))
    locked = json.loads(text("pwa/package-lock.json"))["packages"]
    for name, version in (wanted.get("dependencies", {}) | wanted["devDependencies"]).items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert [path for path, entry in locked.items() if path and "integrity" not in entry] == []


def test_no_lock_says_where_a_package_came_from() -> None:
    assert [path for path in committed() if path.endswith(("uv.lock", "pylock.toml", "yarn.lock"))] == []
    assert [path for path in committed() if path.endswith(".lock") and "://" in text(path)] == []
    locked = json.loads(text("pwa/package-lock.json"))["packages"]
    assert [path for path, entry in locked.items() if "://" in entry.get("resolved", "")] == []
