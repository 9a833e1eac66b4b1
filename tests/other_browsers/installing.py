"""`python -m tests.other_browsers.installing`: what drives the browsers, in a folder of its own."""

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(".browsers").absolute()
PUPPETEER = {"puppeteer-core": "25.16.0"}
SELENIUM = "selenium==4.51.0"


def main() -> None:
    """Install what is missing or of another version than this file says."""
    stamp, wanted = FOLDER / "ok", json.dumps([PUPPETEER, SELENIUM])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "package.json").write_text(json.dumps({"private": True, "dependencies": PUPPETEER}))
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error"], cwd=FOLDER, check=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
    subprocess.run([*pip, "--target", str(FOLDER / "python"), SELENIUM], check=True)
    stamp.write_text(wanted)


if __name__ == "__main__":
    main()
