"""Folders of plain files, served for a browser, and the app's own builds."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

PWA = Path(__file__).parents[2] / "pwa"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing about requests."""

    def end_headers(self) -> None:
        # The product says so of every answer of its own; left unsaid, a browser keeps a file for a tenth of its age.
        self.send_header("cache-control", "no-store")
        super().end_headers()


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[int]:
    """Serve a folder on the loopback address; yield the port, a free one unless it is given."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(_Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def build(folder: Path, config: str) -> None:
    """Build with one of the app's Vite configurations into a folder."""
    words = ("node", "node_modules/vite/bin/vite.js", "build", "--config", config, "--outDir", str(folder))
    subprocess.run((*words, "--emptyOutDir"), cwd=PWA, check=True, stdout=subprocess.DEVNULL)


def release(app: Path) -> None:
    """Make the next build of the app: another title, and a worker that knows it."""
    index, worker = app / "index.html", app / "worker.js"
    index.write_text(index.read_text().replace("<title>", "<title>new "))
    before = worker.read_text()
    after = before.replace('"id":"', '"id":"new').replace(
        '"path":"/index.html","revision":"', '"path":"/index.html","revision":"new'
    )
    assert after != before
    worker.write_text(after)
    for packed in (path.with_name(path.name + ending) for path in (index, worker) for ending in (".br", ".gz")):
        packed.unlink(missing_ok=True)
