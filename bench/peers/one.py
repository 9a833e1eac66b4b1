"""`python -m bench.peers.one NAME MEASURE`: measure one of them in this process and print the numbers as JSON.

A process for each keeps what one client leaves behind out of the next one's figures. ``OPTIONS`` in the environment
holds the adapter's options as JSON.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from bench.peers.adapter import Adapter
from bench.peers.names import ADAPTERS
from bench.peers.phases import Run, many_records, one_by_one
from bench.peers.ratios import Numbers


def adapter_of(name: str, work: Path, options: Mapping[str, str]) -> Adapter:
    """Return somebody's adapter, not started yet."""
    module, kind = ADAPTERS[name].split(".")
    made: Adapter = getattr(import_module(f"bench.peers.{module}"), kind)(work, options)
    return made


async def measured(adapter: Adapter, measure: str, options: Mapping[str, str]) -> dict[str, Numbers]:
    """Return the numbers of one measure by phase."""
    if measure == "one_by_one":
        return {measure: await one_by_one(adapter)}
    if measure == "many_records":
        return {measure: await many_records(adapter, int(options.get("many", "100000")))}
    run = Run(
        adapter,
        devices=int(options.get("devices", "50")),
        listened=int(options.get("listened", "200")),
        poll_seconds=int(options.get("poll_seconds", "5")),
    )
    return await run.everything()


def main(name: str, measure: str) -> None:
    """Measure and print."""
    options = json.loads(os.environ.get("OPTIONS", "{}"))
    with tempfile.TemporaryDirectory(prefix="fieldproof-peers-") as folder:
        adapter = adapter_of(name, Path(folder) / "work", options)
        try:
            adapter.start()
            numbers = asyncio.run(measured(adapter, measure, options))
        finally:
            adapter.close()
    sys.stdout.write(json.dumps(numbers) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
