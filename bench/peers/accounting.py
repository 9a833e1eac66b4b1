"""What a server and its children cost: processor seconds and memory, from Linux' own books."""

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")
_EVERY_S = 0.1
_SPENT = slice(11, 15)
"""User and system time, its own and its reaped children's, behind the name in /proc/PID/stat (proc(5))."""


def _stat(process: int) -> list[str]:
    try:
        return (_PROC / str(process) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def tree(roots: Iterable[int]) -> set[int]:
    """Return the processes and all their descendants that live."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            children.setdefault(int(stat[1]), []).append(int(entry.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        process = waiting.pop()
        if process not in found and _stat(process):
            found.add(process)
            waiting += children.get(process, [])
    return found


def processor_seconds(roots: Iterable[int]) -> float:
    """Return what the trees have spent so far."""
    return sum(int(ticks) for process in tree(roots) for ticks in _stat(process)[_SPENT]) / _TICKS


def memory(roots: Iterable[int]) -> int:
    """Return the trees' memory in bytes; what several processes share is counted once (PSS)."""
    return sum(map(_pss, tree(roots)))


def _pss(process: int) -> int:
    try:
        lines = (_PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1_024 for line in lines if line.startswith("Pss:")), 0)


@dataclass
class Cost:
    """What one phase took: seconds on the wall, processor seconds of server and client, the server's memory."""

    seconds: float = 0.0
    server_cpu_s: float = 0.0
    client_cpu_s: float = 0.0
    peak_bytes: int = 0
    grown_bytes: int = 0
    load: float = 0.0


@contextmanager
def costing(roots: Iterable[int]) -> Iterator[Cost]:
    """Measure what happens in the block; the cost is complete once it is left."""
    servers, cost, ended = list(roots), Cost(), threading.Event()
    at_first = cost.peak_bytes = memory(servers)

    def watch() -> None:
        while not ended.wait(_EVERY_S):
            cost.peak_bytes = max(cost.peak_bytes, memory(servers))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    server, client, began = processor_seconds(servers), time.process_time(), time.perf_counter()
    try:
        yield cost
    finally:
        cost.seconds = time.perf_counter() - began
        cost.client_cpu_s = time.process_time() - client
        cost.server_cpu_s = processor_seconds(servers) - server
        ended.set()
        watching.join()
        cost.peak_bytes = max(cost.peak_bytes, memory(servers))
        cost.grown_bytes = cost.peak_bytes - at_first
        cost.load = os.getloadavg()[0]


def folder_bytes(folder: Path) -> int:
    """Return what a folder holds."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def ended(process: subprocess.Popen[bytes], patience_s: float = 10) -> None:
    """End one process that was started in a session of its own, with its children."""
    if process.poll() is None:
        os.killpg(process.pid, 15)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
