"""``make mutants``: which changes to the core would no law and no vector notice?

Mutates the files that changed since SINCE (a commit; the one before the last), or every file with ALL=1, and lists the
mutants that survived. A survivor is a question, not a failure: many change nothing that anybody could see.
"""

import os
import subprocess
import sys
import tomllib
from pathlib import Path, PurePath

ROOT = Path(__file__).parent.parent


def sources() -> list[str]:
    """What ``[tool.mutmut]`` may mutate."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    paths: list[str] = settings["tool"]["mutmut"]["source_paths"]
    return paths


def changed(since: str) -> list[str]:
    """Patterns of the mutants in the files that differ from a commit."""
    command = ("git", "diff", "--name-only", "--diff-filter=d", since, "--", *sources())
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    modules = (PurePath(path).with_suffix("") for path in answer.stdout.splitlines() if path.endswith(".py"))
    return [".".join(module.parts) + ".*" for module in modules]


def main() -> int:
    """Run mutmut and list the survivors; the exit code is mutmut's."""
    patterns = [] if os.environ.get("ALL") else changed(os.environ.get("SINCE", "HEAD~1"))
    if not patterns and not os.environ.get("ALL"):
        print("nothing that can be mutated has changed; ALL=1 mutates everything")
        return 0
    code = subprocess.run(("mutmut", "run", *patterns), cwd=ROOT, check=False).returncode
    return code or subprocess.run(("mutmut", "results"), cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
