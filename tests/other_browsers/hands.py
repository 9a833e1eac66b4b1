"""Two browsers as a person's hands meet them: pressing, drawing and typing are real input events."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.other_browsers.installing import FOLDER
from tests.support.processes import ending_with_us

HERE = Path(__file__).parent
DISPLAY = ":87"
MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"

Point = tuple[float, float]


class Hands(Protocol):
    """What a browser lets somebody do; places are CSS pixels of the window."""

    def open(self, url: str) -> None:
        """Open an address."""

    def reopen(self, url: str) -> None:
        """Close the page and open an address in a new one."""

    def run(self, script: str) -> Any:  # noqa: ANN401 - JSON
        """Return what an expression in the page comes to."""

    def press(self, at: Point) -> None:
        """Press and release at a place."""

    def stroke(self, points: Sequence[Point]) -> None:
        """Draw a line."""

    def type(self, text: str) -> None:
        """Type into what has the focus."""


class Firefox:
    """Firefox ESR through puppeteer-core."""

    def __init__(self, profile: Path) -> None:
        firefox = shutil.which("firefox-esr") or shutil.which("firefox")
        if firefox is None:
            raise FileNotFoundError("there is no Firefox; `.ci/debian-packages browsers` installs it")
        environment = {"FIREFOX": firefox, "PROFILE": str(profile), "PUPPETEER": str(FOLDER / "package.json")}
        self._node = subprocess.Popen(
            ending_with_us(["node", HERE / "firefox.mjs"]),
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _do(self, *deed: object) -> Any:  # noqa: ANN401 - JSON
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(json.dumps(deed) + "\n")
        self._node.stdin.flush()
        line = self._node.stdout.readline()
        assert line, "Firefox or what drives it has ended"
        told = json.loads(line)
        assert "error" not in told, told["error"]
        return told["result"]

    def open(self, url: str) -> None:
        self._do("open", url)

    def reopen(self, url: str) -> None:
        self._do("reopen", url)

    def run(self, script: str) -> Any:  # noqa: ANN401 - JSON
        return self._do("run", script)

    def press(self, at: Point) -> None:
        self._do("press", *at)

    def stroke(self, points: Sequence[Point]) -> None:
        self._do("stroke", points)

    def type(self, text: str) -> None:
        self._do("type", text)

    def close(self) -> None:
        """End the browser and what drives it."""
        with self._node:
            self._do("close")


class WebKit:
    """WebKitGTK's MiniBrowser through Selenium: the engine that Safari has, without Safari's own rules of storage."""

    def __init__(self, log: Path) -> None:
        sys.path.append(str(FOLDER / "python"))
        from selenium import webdriver  # noqa: PLC0415 - not among the project's libraries
        from selenium.webdriver.common.action_chains import ActionChains  # noqa: PLC0415 - as above

        options = webdriver.WebKitGTKOptions()
        options.binary_location = str(next(Path("/").glob(MINI_BROWSERS.removeprefix("/"))))
        options.add_argument("--automation")
        driver = shutil.which("WebKitWebDriver")
        service = webdriver.WebKitGTKService(executable_path=driver, log_output=str(log))
        self._driver: Any = webdriver.WebKitGTK(options=options, service=service)
        self._driver.set_window_size(430, 932)
        self._driver.set_script_timeout(30)
        self._actions = ActionChains

    def open(self, url: str) -> None:
        self._driver.get(url)

    def reopen(self, url: str) -> None:
        old = self._driver.current_window_handle
        self._driver.switch_to.new_window("tab")
        new = self._driver.current_window_handle
        self._driver.switch_to.window(old)
        self._driver.close()
        self._driver.switch_to.window(new)
        self._driver.get(url)

    def run(self, script: str) -> Any:  # noqa: ANN401 - JSON
        return self._driver.execute_async_script(
            f"const done = arguments[0]; Promise.resolve({script}).then(done, (error) => done(String(error)))"
        )

    def press(self, at: Point) -> None:
        pointer = self._pointer()
        pointer.pointer_action.move_to_location(round(at[0]), round(at[1])).pointer_down().pointer_up()
        pointer.perform()

    def stroke(self, points: Sequence[Point]) -> None:
        pointer = self._pointer()
        first, *others = [(round(x), round(y)) for x, y in points]
        pointer.pointer_action.move_to_location(*first).pointer_down()
        for other in others:
            pointer.pointer_action.move_to_location(*other)
        pointer.pointer_action.pointer_up()
        pointer.perform()

    def type(self, text: str) -> None:
        self._driver.switch_to.active_element.send_keys(text)

    def _pointer(self) -> Any:  # noqa: ANN401 - Selenium ships no types
        return self._actions(self._driver, duration=20).w3c_actions

    def close(self) -> None:
        """End the browser."""
        self._driver.quit()


@contextmanager
def display() -> Iterator[None]:
    """Give WebKitGTK a screen that nobody sees; it ends with this process."""
    screen = subprocess.Popen(ending_with_us(["Xvfb", DISPLAY, "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]))
    before = os.environ.get("DISPLAY")
    os.environ["DISPLAY"] = DISPLAY
    try:
        yield
    finally:
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before
        screen.terminate()
        screen.wait(30)
