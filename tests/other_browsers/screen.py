"""The page as somebody reads it: things by what they are and how they are called, waited for until they are there."""

import json
import time
from typing import Any

from tests.other_browsers.hands import Hands, Point

PATIENCE_S = 90
"""More than anything takes in a slow browser on two busy cores."""

_KINDS = {
    "button": "button, [role=button]",
    "link": "a[href]",
    "heading": "h1, h2, h3",
    "field": "input, textarea",
    "image": "[role=img], img",
    "article": "article",
    "group": "[role=group], fieldset",
}

_FIND = """(() => {
  const [selector, name, exact, within, groups] = %s;
  const words = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  const called = (element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join(' ');
    const by = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    const legend = element.querySelector(':scope > legend')?.textContent;
    return [element.getAttribute('aria-label'), by, labels, legend, element.getAttribute('alt'), element.textContent].map(words);
  };
  const fits = (element, wanted) => called(element).some((each) => each && (exact ? each === wanted : each.includes(wanted)));
  const shown = (element) => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
  const roots = within ? [...document.querySelectorAll(groups)].filter((element) => fits(element, within)) : [document];
  for (const root of roots) {
    const found = [...root.querySelectorAll(selector)].find((element) => shown(element) && fits(element, name) && !element.disabled);
    if (found) {
      found.scrollIntoView({ block: 'center' });
      const box = found.getBoundingClientRect();
      return [box.x, box.y, box.width, box.height];
    }
  }
  return null;
})()"""  # noqa: E501 - a program in another language


class Screen:
    """What somebody sees and does in one browser."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands

    def box(self, kind: str, name: str, *, exact: bool = False, within: str = "") -> tuple[float, float, float, float]:
        """Wait until the thing is there and enabled, bring it into view and return where it is."""
        asked = json.dumps([_KINDS[kind], name, exact, within, _KINDS["group"]], ensure_ascii=False)
        x, y, width, height = self.wait(_FIND % asked, f"{kind} {name}")
        return x, y, width, height

    def press(self, name: str, kind: str = "button", *, exact: bool = False, within: str = "") -> None:
        """Press a thing in its middle."""
        self.hands.press(_middle(self.box(kind, name, exact=exact, within=within)))

    def fill(self, label: str, text: str) -> None:
        """Write into an empty field."""
        self.press(label, "field")
        self.hands.type(text)

    def see(self, text: str) -> None:
        """Wait until a text stands on the page."""
        self.wait(f"document.body.textContent.includes({json.dumps(text, ensure_ascii=False)})", text)

    def wait(self, script: str, what: str) -> Any:  # noqa: ANN401 - JSON
        """Wait until an expression comes to something, and return it."""
        deadline = time.monotonic() + PATIENCE_S
        while not (found := self.hands.run(script)):
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} never came; the page says:\n{self.hands.run('document.body.innerText')}")
            time.sleep(0.1)
        return found

    def draw(self, name: str) -> None:
        """Draw two strokes on a pad."""
        x, y, width, height = self.box("image", name)
        for start in (0.25, 0.55):
            points = [(x + width * (start + 0.02 * step), y + height * (0.25 + 0.05 * step)) for step in range(9)]
            self.hands.stroke(points)


def _middle(box: tuple[float, float, float, float]) -> Point:
    return box[0] + box[2] / 2, box[1] + box[3] / 2
