"""Nothing that is committed names a registry, a path of somebody's machine, or a secret."""

import re

import pytest

from tests.repo.tree import committed, text

BANNED = {
    "registry": r"registry\.(npmjs|yarnpkg)\.|\b(files\.)?pypi\.org|pythonhosted\.org|\b(deb|security)\.debian\.org",
    "index": r"--(extra-)?index-url|--find-link[s]",
    "machine path": r"(?<![\w.~-])/(?:root|home|Users)/\w|(?<![\w.~-])/work/(?:main|shared)\b",
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
}
EXCEPTIONS: dict[str, str] = {}
"""path -> why it may"""


@pytest.mark.parametrize("what", BANNED)
def test_no_committed_file_names_a(what: str) -> None:
    pattern = re.compile(BANNED[what])
    found = {
        path: hit.group() for path in committed() if path not in EXCEPTIONS and (hit := pattern.search(text(path)))
    }
    assert found == {}
