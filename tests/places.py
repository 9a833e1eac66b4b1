"""Where on screen a rule stands: the names of docs/features.md, held against the app's addresses, files and words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tests.repo.tree import committed, text, written

EVERYWHERE = "everywhere"
"""What holds on every page, and so has no place of its own."""

_UI = "pwa/src/ui"
_TABLES = MappingProxyType({"office": f"{_UI}/office/routes.ts", "phone": f"{_UI}/phone/kit.ts"})
_PATH = re.compile(r"^  (\w+): '(/[^']*)',$", re.MULTILINE)
_TEXTS = re.compile(r"texts\('(\w+)', \{\n(.*?)\n\}", re.DOTALL)
_TEXT = re.compile(r"^  (\w+): '([^']*)',$", re.MULTILINE)
_IMPORTED = re.compile(r"""(?:from|import\()\s*['"](\.[^'"]+)['"]""")
_NAME = re.compile(r"([^（]+)(?:（(.+)）)?")


class Place(NamedTuple):
    """A page or a part of one: its route in the office or on the phone, the file that is shown, the words that name it.

    What stands at an address of its own, such as a customer's copy, has no route.
    """

    route: str | None
    file: str
    words: str


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "登記與派工": Place("office:register", f"{_UI}/office/RegisterPage.svelte", "office.register"),
        "看板": Place("office:board", f"{_UI}/office/BoardPage.svelte", "board.board"),
        "清單": Place("office:board", f"{_UI}/office/BoardList.svelte", "board.list"),
        "叫修": Place("office:call", f"{_UI}/office/CallDetail.svelte", "kinds.service_call"),
        "派工": Place("office:call", f"{_UI}/office/DispatchForm.svelte", "kinds.dispatch"),
        "接叫修": Place("office:intake", f"{_UI}/office/IntakePage.svelte", "intake.title"),
        "服務憑證": Place("office:voucher", f"{_UI}/office/VoucherPage.svelte", "office.vouchers"),
        "客戶資料袋": Place("office:customer", f"{_UI}/office/CustomerPage.svelte", "customerFile.title"),
        "保養契約": Place("office:contracts", f"{_UI}/office/ContractsPage.svelte", "contracts.title"),
        "到達時限": Place("office:arrivals", f"{_UI}/office/ArrivalsPage.svelte", "arrivals.title"),
        "行政工作": Place("office:workingTime", f"{_UI}/office/WorkingTimePage.svelte", "adminTimes.title"),
        "日終核對": Place("office:reconciliation", f"{_UI}/office/ReconciliationPage.svelte", "reconciliation.title"),
        "待決定": Place("office:inbox", f"{_UI}/office/InboxPage.svelte", "inbox.title"),
        "人員": Place("office:people", f"{_UI}/office/PeoplePage.svelte", "settings.people"),
        "請假與代理": Place("office:leave", f"{_UI}/office/LeavePage.svelte", "settings.leave"),
        "裝置": Place("office:devices", f"{_UI}/office/DevicesPage.svelte", "settings.devices"),
        "單位": Place("office:units", f"{_UI}/office/UnitsPage.svelte", "settings.units"),
        "服務時間": Place("office:hours", f"{_UI}/office/HoursPage.svelte", "settings.hours"),
        "常用語與費用": Place("office:presets", f"{_UI}/office/PresetsPage.svelte", "settings.presets"),
        "匯入": Place("office:import", f"{_UI}/office/ImportPage.svelte", "settings.import"),
        "還原報告": Place("office:healing", f"{_UI}/office/HealingPage.svelte", "settings.healing"),
        "稽核紀錄": Place("office:audit", f"{_UI}/office/AuditPage.svelte", "settings.audit"),
        "系統狀態": Place("office:health", f"{_UI}/office/HealthPage.svelte", "settings.health"),
        "今日": Place("phone:today", f"{_UI}/phone/Today.svelte", "phone.today"),
        "搜尋": Place("phone:find", f"{_UI}/phone/Find.svelte", "phone.find"),
        "傳送": Place("phone:outbox", f"{_UI}/phone/Outbox.svelte", "phone.outbox"),
        "工單": Place("phone:job", f"{_UI}/phone/Job.svelte", "job.title"),
        "施作": Place("phone:work", f"{_UI}/phone/Work.svelte", "work.title"),
        "無法完成": Place("phone:undone", f"{_UI}/phone/Undone.svelte", "undone.title"),
        "簽名": Place("phone:finish", f"{_UI}/phone/Finish.svelte", "kinds.signature"),
        "客戶副本": Place(None, f"{_UI}/copy/CopyPage.svelte", "kinds.signature_copy"),
    }
)
"""Name, as the screens say it, to what is there."""


def named(where: str) -> Sequence[str]:
    """Return the places that a cell of the table names: ``登記與派工（看板、清單）`` are three."""
    return [name for cell in where.split(",") for name in _named(cell.strip()) if name]


def _named(cell: str) -> Sequence[str]:
    found = _NAME.fullmatch(cell)
    return (found.group(1), *(found.group(2) or "").split("、")) if found else (cell,)


def address(name: str) -> str:
    """Return what stands beside a name on paper: which face of the app, and the address there."""
    place = PLACES.get(name)
    if place is None or place.route is None:
        return name
    face, route = place.route.split(":")
    return f"{name} ({face} #{_paths(face).get(route, '?')})"


def faults(where: str) -> Iterator[str]:
    """Say in words what a cell of the table names that is not in the app."""
    for name in named(where):
        if name == EVERYWHERE:
            continue
        place = PLACES.get(name)
        if place is None:
            yield f"names {name}, which is no place of the app (tests/places.py)"
        else:
            yield from (f"names {name}, {fault}" for fault in _faults(name, place))


def _faults(name: str, place: Place) -> Iterator[str]:
    face, route = (place.route or ":").split(":")
    if place.route is not None and route not in _paths(face):
        yield f"whose address {place.route} there is not"
    if place.file not in committed():
        yield f"whose file {place.file} there is not"
    elif place.file not in _shown():
        yield f"whose file {place.file} nothing shows"
    if _words().get(place.words) != name:
        yield f"but {place.words} says {_words().get(place.words)}"


@cache
def _paths(face: str) -> Mapping[str, str]:
    return dict(_PATH.findall(text(_TABLES[face])))


@cache
def _words() -> Mapping[str, str]:
    """Return every plain text of the screens, by the name of its texts and its key."""
    every = [found for path in written(".ts", under=(f"{_UI}/text/",)) for found in _TEXTS.findall(text(path))]
    return {f"{name}.{key}": said for name, block in every for key, said in _TEXT.findall(block)}


@cache
def _shown() -> frozenset[str]:
    """Return the files of the screens that another file of the app shows."""
    sources = [path for path in written(".svelte", ".ts", under=("pwa/src/",)) if not path.endswith(".test.ts")]
    return frozenset(_joined(path, imported) for path in sources for imported in _IMPORTED.findall(text(path)))


def _joined(path: str, imported: str) -> str:
    parts = path.split("/")[:-1]
    for step in imported.split("/"):
        if step == "..":
            parts.pop()
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
