"""Whether the server is well in plain words, for a terminal: a line for each fact, what to do below it."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from schemas.health import (
    BackupFacts,
    DatabaseKind,
    Health,
    HolidayFacts,
    RestoreFacts,
    ServerFacts,
    WaitingFacts,
)
from schemas.vocabulary import Advice, Wellness
from server.cli.moments import moment
from server.cli.status import Status

EXIT_CODES: Mapping[Wellness, int] = MappingProxyType({Wellness.WELL: 0, Wellness.LOOK: 1, Wellness.BAD: 2})

_WELLNESS: Mapping[Wellness, str] = MappingProxyType(
    {Wellness.WELL: "正常　　", Wellness.LOOK: "要留意　", Wellness.BAD: "要處理　"}
)
_DATABASES: Mapping[DatabaseKind, str] = MappingProxyType({"sqlite": "SQLite", "postgresql": "PostgreSQL"})
ADVICE: Mapping[Advice, str] = MappingProxyType(
    {
        Advice.NOT_RUNNING: "這台主機上沒有程式在服務。啟動它：fieldproof serve。",
        Advice.DISK_LOW: "磁碟快滿了。清掉不用的檔案，或換大一點的磁碟。",
        Advice.DISK_FULL: "磁碟要滿了，滿了就收不進手機送來的紀錄。現在就清出空間。",
        Advice.BACKUP_NEVER: "還沒有備份過。現在備份一次：fieldproof backup 檔名，之後每天一次。",
        Advice.BACKUP_UNREADABLE: "最近一次的備份檔讀不回來。換一個磁碟再備份一次。",
        Advice.BACKUP_VERY_OLD: "超過 7 天沒有備份。現在備份一次，再查每天的備份為什麼停了。",
        Advice.BACKUP_OLD: "超過 26 小時沒有備份。查每天的備份有沒有照時間做。",
        Advice.BACKUP_LACKS_FILES: "有照片或簽名不見了，備份裡沒有。從較早的備份找，還原到另一台看。",
        Advice.DEVICES_SILENT: "有裝置 3 天沒連上，還有沒送出的紀錄。請用的人打開程式、連上網路。",
        Advice.QUARANTINE_WAITING: "停用的裝置交回了紀錄。請服務主任在待決定裡放行或退回。",
        Advice.HELD_WAITING: "有紀錄等了超過 3 天。請服務主任到待決定處理。",
        Advice.FILES_GONE: "有照片或簽名在哪台裝置上都找不到。請技術員補拍，或請客戶補簽，明細看還原報告。",
        Advice.DEVICES_AWAITED: "還原之後還有裝置沒連上。請用的人打開程式；不再用的裝置就停用。",
        Advice.REPORT_OPEN: "還原報告裡還有沒處理的。到還原報告逐件處理。",
        Advice.AUDIT_BROKEN: "資料庫可能被改過。先備份現在的樣子，再聯絡系統負責人。",
        Advice.CLOCK_OFF: "主機和資料庫的時鐘差太多。兩台都打開自動校時。",
        Advice.HOLIDAYS_MISSING: "有單位沒有今年的國定假日，放假日也在算到達時限。請服務主任到「服務時間」載入。",
        Advice.HOLIDAYS_DUE: "有單位還沒有明年的國定假日。年底前請服務主任到「服務時間」載入。",
    }
)
"""What to do about each thing that is not well."""


class _Judged(Protocol):
    """Facts of one sort with their verdict."""

    @property
    def wellness(self) -> Wellness: ...
    @property
    def advice(self) -> tuple[Advice, ...]: ...


_KIB, _STEP = 1 << 10, 1_000


def status_words(told: Sequence[Status]) -> list[str]:
    """Return the facts as lines; companies are named where there are several."""
    lines: list[str] = []
    for each in told:
        if len(told) > 1:
            lines.append(f"{each.name}：")
        lines += _lines(each.health)
    return lines


def size_words(count: int) -> str:
    """Return a number of bytes as people say it: ``18 KB``, ``1.1 MB``, ``20.5 GB``."""
    size = count / _KIB
    for unit in ("KB", "MB", "GB"):
        if size < _STEP:
            return f"{max(1, round(size))} KB" if unit == "KB" else f"{size:.1f} {unit}"
        size /= _KIB
    return f"{size:.1f} TB"


def _lines(health: Health) -> Iterator[str]:
    storage, devices, audit, clock = health.storage, health.devices, health.audit, health.clock
    kept = f"{_DATABASES[storage.database]} {size_words(storage.database_bytes)}"
    free = 100 * storage.disk_free // max(storage.disk_total, 1)
    room = f"磁碟剩 {size_words(storage.disk_free)}（{free}%）"
    quarantined = f"停用後交回待處理 {devices.stopped_waiting:,} 台、{devices.quarantined:,} 筆"
    yield from _fact("程式", health.server, _server(health.server))
    yield from _fact("資料", storage, f"資料庫 {kept}，照片和簽名 {size_words(storage.files_bytes)}，{room}")
    yield from _fact("備份", health.backup, _backup(health.backup))
    active = f"使用中 {devices.active:,} 台，3 天沒連上又有沒送出的 {devices.silent:,} 台"
    yield from _fact("裝置", devices, f"{active}，{quarantined}")
    yield from _fact("等人處理", health.waiting, _waiting(health.waiting))
    yield from _fact("還原", health.restore, _restore(health.restore))
    checked = f"{audit.entries:,} 筆，查了最近 {audit.checked:,} 筆，{audit.broken:,} 筆不符"
    yield from _fact("稽核紀錄", audit, checked)
    yield from _fact("國定假日", health.holidays, _holidays(health.holidays))
    if clock is not None:
        yield from _fact("時鐘", clock, f"資料庫和主機差 {abs(clock.ahead_ms) / 1_000:.1f} 秒")


def _fact(name: str, facts: _Judged, said: str) -> Iterator[str]:
    yield f"{_WELLNESS[facts.wellness]} {name}：{said}"
    for each in facts.advice:
        yield f"　　　　　→ {ADVICE[each]}"


def _server(server: ServerFacts) -> str:
    since = f"{moment(server.started_at)} 啟動" if server.started_at is not None else "沒有在執行"
    return f"{server.version} 版，{since}"


def _backup(backup: BackupFacts) -> str:
    if backup.at is None:
        return "沒有"
    verified = "讀得回來" if backup.verified else "讀不回來"
    missing = f"，缺 {backup.missing:,} 個檔案" if backup.missing else ""
    return f"{moment(backup.at)}，{size_words(backup.bytes)}，{verified}{missing}"


def _waiting(waiting: WaitingFacts) -> str:
    since = f"（最早 {moment(waiting.held_since)}）" if waiting.held_since is not None else ""
    more = "以上" if waiting.more_files else ""
    files = f"還沒收到的照片和簽名 {waiting.files_missing:,} 件{more}，其中找不到的 {waiting.files_gone:,} 件"
    return f"保留待處理 {waiting.held:,} 筆{since}，兩個值待選 {waiting.rivals:,} 件，{files}"


def _holidays(holidays: HolidayFacts) -> str:
    lacking = (f"缺 {each.year} 年：{'、'.join(each.units)}" for each in holidays.missing)
    return "，".join((f"{holidays.units:,} 個單位", *lacking))


def _restore(restore: RestoreFacts) -> str:
    last = f"上次 {moment(restore.at)}" if restore.at is not None else "沒有還原過"
    back = f"，還沒回來的裝置 {restore.awaited:,} 台" if restore.at is not None else ""
    return f"{last}{back}，一直沒送到 {restore.losses:,} 件，複製或還原過的裝置 {restore.partings:,} 件"
