"""What somebody has to offer to be measured."""

import os
import shutil
import socket
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar

from bench.peers.accounting import ended
from bench.peers.wire import Line, Tally
from bench.peers.workload import Create, Edit
from tests.support.processes import ending_with_us, free_port

Item = TypeVar("Item")

HERE = Path(__file__).parent
START_S = 60


@dataclass(frozen=True)
class Question:
    """'Anything new?' as a request."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass
class Found:
    """What became of a record: its current fields, and what else a client can still get of it."""

    current: Mapping[str, Any]
    others: Sequence[Mapping[str, Any]] = ()
    shown_rivals: Sequence[Mapping[str, Any]] = ()
    """Those of the others that the peer itself shows to a person as an open conflict."""


class Adapter(ABC):
    """One server, and every role that speaks to it by the peer's own protocol.

    The phases do the timing and the counting; an adapter keeps each device's local copy and may ask the server only
    what a client of the peer can ask.
    """

    name: ClassVar[str]
    encodings: ClassVar[Sequence[str]] = ("gzip", "br", "zstd")
    live: ClassVar[bool] = False
    """Whether ``changes(wait=True)`` is told by the server; others are polled back to back: their best case."""

    def __init__(self, work: Path, options: Mapping[str, str]) -> None:
        self.work, self.options = work, options
        self.port = free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.local: dict[tuple[str, str], Any] = {}
        work.mkdir(parents=True, exist_ok=True)

    @abstractmethod
    def start(self) -> None:
        """Start the server on 127.0.0.1 and wait until it answers; no event loop runs yet."""

    def spawn(self, command: Sequence[str | Path], environment: Mapping[str, str], folder: Path | None = None) -> None:
        """Start the server's process, which ends with this one, and wait until it listens."""
        with (self.work / "server.log").open("ab") as log:
            process = subprocess.Popen(
                ending_with_us(command),
                env=os.environ | environment,
                cwd=folder or self.work,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        _wait_for(self.port, process, self.work / "server.log")

    def servers(self) -> list[int]:
        """Return the processes whose work and memory are the server's."""
        return [process.pid for process in self.processes]

    def close(self) -> None:
        """End the server and drop what it kept."""
        for process in self.processes:
            ended(process)
        shutil.rmtree(self.work, ignore_errors=True)

    def line(self, who: str, tally: Tally | None = None, encoding: str | None = None) -> Any:  # noqa: ANN401 - a Line, or what a peer without HTTP has instead
        """Return a connection of somebody."""
        accepted = {"Accept-Encoding": encoding} if encoding else {}
        return Line(self.port, {**self.headers(who), **accepted}, tally)

    def headers(self, who: str) -> Mapping[str, str]:  # noqa: ARG002 - for adapters whose roles differ
        """Return what authenticates somebody."""
        return MappingProxyType({})

    async def set_up(self, devices: Iterable[str]) -> None:  # noqa: B027 - most have nothing to do
        """Make what must be there before anybody writes."""

    def prepare(self, who: str, creates: Sequence[Create]) -> None:  # noqa: B027 - most have nothing to do
        """Do what a device did before it had a network; not timed."""

    def prepare_edits(self, who: str, edits: Sequence[Edit]) -> None:  # noqa: B027 - most have nothing to do
        """Do what somebody did before he had a network; not timed."""

    @abstractmethod
    async def push(self, line: Any, who: str, creates: Sequence[Create]) -> None:  # noqa: ANN401 - see line
        """Upload what a device captured, in the peer's own batches."""

    async def push_files(self, line: Any, who: str) -> None:  # noqa: ANN401, B027 - see line; most have nothing to do
        """Upload what travels beside the records, for peers that keep it so."""

    @abstractmethod
    async def first_sync(self, line: Any, who: str) -> tuple[int, Any]:  # noqa: ANN401 - see line
        """Download everything; return how many records came and a cursor. The office keeps what it needs to edit."""

    async def listen(self, line: Any, cursor: Any) -> None:  # noqa: ANN401, B027 - see line; most have nothing to do
        """Set up what a listening connection needs."""

    @abstractmethod
    async def changes(self, line: Any, cursor: Any, *, wait: bool) -> tuple[dict[str, Mapping[str, Any]], Any]:  # noqa: ANN401 - see line
        """Return what changed behind the cursor, by id, and the new cursor."""

    def question(self, cursor: Any) -> Question:  # noqa: ANN401 - see line
        """Return 'anything new?' as a request; a peer without HTTP answers :meth:`poll_many` instead."""
        raise NotImplementedError

    async def poll_many(self, seconds: float, lines: int) -> tuple[list[float], float] | None:  # noqa: ARG002 - for peers without HTTP
        """Ask for so long on so many connections; return latencies and seconds. None: it can be asked over HTTP."""
        return None

    @abstractmethod
    async def push_edits(self, line: Any, who: str, edits: Sequence[Edit]) -> None:  # noqa: ANN401 - see line
        """Upload edits made on the version of each record that somebody last saw."""

    @abstractmethod
    async def found(self, line: Any, ids: Iterable[str]) -> Mapping[str, Found]:  # noqa: ANN401 - see line
        """Return what became of these records."""


def chunks(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    """Yield the items in portions."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start:\n" + log.read_text(errors="replace")[-2_000:])
