"""A version that was released is named everywhere, and what it kept is frozen for all later ones."""

import re
import tomllib

import pytest

from server import VERSION
from tests.repo.tree import ROOT, committed, text

RELEASED = re.findall(r"^## (\d+\.\d+\.\d+)\b", text("CHANGELOG.md"), re.MULTILINE)


def test_the_newest_release_is_the_version_of_the_project() -> None:
    assert RELEASED[0] == tomllib.loads(text("pyproject.toml"))["project"]["version"] == VERSION


@pytest.mark.parametrize("version", RELEASED)
@pytest.mark.parametrize("what", ["phone.json", "office/manifest.json"])
def test_what_a_release_kept_is_frozen(version: str, what: str) -> None:
    assert f"tests/prior/{version}/{what}" in committed(), f"make freeze VERSION={version}"


def test_nothing_is_frozen_that_was_not_released() -> None:
    frozen = {path.parent.name for path in (ROOT / "tests/prior").glob("*/phone.json")}
    assert frozen == set(RELEASED)
