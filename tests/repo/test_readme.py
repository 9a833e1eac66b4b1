"""The README shows what the product looks like, also to those who cannot see the pictures."""

import re

from tests.repo.tree import ROOT, committed, text

PICTURE = re.compile(r"<img\b[^>]*>")
PARTS = re.compile(r'\b(src|alt)="([^"]+)"')
FIRST_LINES = 25
PNG = b"\x89PNG\r\n\x1a\n"


def test_the_readme_shows_every_kept_picture_near_its_top_and_says_what_is_on_it() -> None:
    top = "\n".join(text("README.md").splitlines()[:FIRST_LINES])
    shown = [dict(PARTS.findall(picture)) for picture in PICTURE.findall(top)]
    kept = [path for path in committed() if path.startswith("docs/img/")]
    assert len(kept) == 2
    assert sorted(picture["src"] for picture in shown) == kept
    assert all(picture.get("alt") for picture in shown)
    assert all((ROOT / path).read_bytes().startswith(PNG) for path in kept)
