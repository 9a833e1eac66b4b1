"""Real processes for tests: they end with the test process, even when that one is killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

START_TIMEOUT_S = 120
STOP_TIMEOUT_S = 30


def ending_with_us(command: Sequence[str | Path], user: str | None = None) -> list[str | Path]:
    """The command, run as ``user``, with SIGINT from the kernel as soon as the process that starts it is gone."""
    identity = ["--reuid", user, "--regid", user, "--init-groups"] if user else []
    return ["setpriv", "--pdeathsig", "INT", *identity, "--", *command]


def free_port() -> int:
    """A TCP port on 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class ServerProcess:
    """The product itself at one address, started as people start it; it can be killed and started again.

    ``data`` is the folder of everything it keeps; ``settings`` are further environment variables.
    """

    def __init__(self, data: Path, database_url: str, settings: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = data / "server.log"
        self._environment = os.environ | {"DATA": str(data), "DATABASE_URL": database_url, "PORT": str(self.port)}
        self._environment |= settings or {}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers; raises RuntimeError with its log when it does not."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                ending_with_us([sys.executable, "-m", "server"]),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError("the server did not start:\n" + self.log.read_text())
            time.sleep(0.05)

    @property
    def pid(self) -> int:
        """The process that was started; raises RuntimeError while there is none."""
        if self._process is None:
            raise RuntimeError("the server is not running")
        return self._process.pid

    def console(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Type a command where the server runs, and return what it said."""
        command = (sys.executable, "-m", "server", *words)
        return subprocess.run(command, capture_output=True, text=True, check=True, env=self._environment)

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it politely; raises TimeoutExpired when it does not end."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            os.killpg(process.pid, how)
        try:
            process.wait(STOP_TIMEOUT_S)
        finally:
            _kill_group(process.pid)

    def _answers(self) -> bool:
        try:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=1)
            connection.request("GET", "/")
            connection.getresponse()
            connection.close()
        except (OSError, HTTPException):
            return False
        return True


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return  # nobody was left
