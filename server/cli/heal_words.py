"""The report of losses and returns in plain words, for a terminal."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from schemas.healing import EpochChange, Loss, MissingFile, Parting, Settled
from schemas.registry import Kind
from schemas.vocabulary import LossState
from server.cli.healing import CompanyReport
from server.cli.moments import moment
from server.cli.whose_words import device_words
from server.records.ledger import SERVER

_CAUSES: Mapping[str, str] = MappingProxyType(
    {"restore": "用還原指令放回備份", "hello": "資料庫換成較舊的，由裝置發現"}
)
_OWN = "系統自己寫的（派工、編號、停用等），由各裝置"
_STATES: Mapping[LossState, str] = MappingProxyType(
    {
        LossState.AWAITED: "裝置剛連上，可能還在補送",
        LossState.SILENT: "裝置超過一天沒有連上",
        LossState.REVOKED: "裝置已停用",
        LossState.GONE: "裝置連上過，已經沒有這些紀錄",
        LossState.EMPTIED: "裝置的瀏覽器清掉了資料",
    }
)
_FILES: Mapping[Kind, str] = MappingProxyType({Kind.PHOTO: "照片", Kind.SIGNATURE: "客戶簽名"})
_FILE_STATES: Mapping[LossState, str] = MappingProxyType(
    {
        LossState.AWAITED: "還在等裝置送來",
        LossState.SILENT: "還在等，裝置超過一天沒有連上",
        LossState.REVOKED: "裝置已停用，打開程式、連上網路就會交回",
        LossState.GONE: "裝置已經沒有，沒有人有了",
        LossState.EMPTIED: "裝置的瀏覽器清掉了資料，沒有人有了",
    }
)


def heal_words(told: CompanyReport) -> list[str]:
    """Return the report as lines."""
    report = told.report
    if not (report.changes or report.losses or report.partings or report.files):
        return [f"{told.company}：沒有還原過，沒有缺少的紀錄和檔案，也沒有複製的裝置。"]
    many = f"{len(report.files):,} 件以上" if report.more_files else f"{len(report.files):,} 件"
    lines = [
        (
            f"{told.company}：還原 {len(report.changes)} 次，缺少 {len(report.losses)} 件"
            f"，複製 {len(report.partings)} 件，缺檔案 {many}"
        )
    ]
    for change in report.changes:
        lines += _change(told, change)
    lines += [_loss(told, each) for each in report.losses]
    lines += [_parting(told, each) for each in report.partings]
    return lines + [_file(told, each) for each in report.files]


def _change(told: CompanyReport, change: EpochChange) -> Iterator[str]:
    cause = _CAUSES.get(change.cause, change.cause)
    yield f"還原 {moment(change.at)}：{cause}。備份到第 {change.fork:,} 次寫入"
    if change.reached is not None:
        lost = change.reached - change.fork
        yield f"  之後至少還有 {lost:,} 次寫入，補回 {change.back:,} 次"
    for back in change.returned:
        anew = f"，其中 {back.unproven:,} 筆沒有回條、重新蓋章" if back.unproven else ""
        is_own = back.device == SERVER
        who = _OWN if is_own else _who(told, back.device, back.user)
        kept = f"，其中 {back.kept_elsewhere:,} 筆由其他裝置代為保存" if back.kept_elsewhere and not is_own else ""
        yield (
            f"  {who}補回 {back.operations:,} 筆、{back.documents:,} 份資料"
            f"，{moment(back.first_at)} 到 {moment(back.last_at)} 收過的{kept}{anew}"
        )
    for one in change.awaited:
        seen = f"上次連上 {moment(one.seen_at)}" if one.seen_at is not None else "沒有連上過"
        yield f"  還沒回來：{_who(told, one.device, one.user)}，{seen}"


def _loss(told: CompanyReport, loss: Loss) -> str:
    since = f"{moment(loss.since)} 起的 " if loss.since is not None else ""
    missing = f"{since}{loss.operations:,} 筆。{_STATES[loss.state]}{_closed(told, loss.settled)}"
    return f"缺少 {_who(told, loss.device, loss.user)}：{missing}"


def _file(told: CompanyReport, file: MissingFile) -> str:
    about = "，".join(filter(None, (file.customer, file.number))) or "不知道是誰的"
    what = f"{_FILES[Kind(file.kind)]}（{about}）"
    since = f"{moment(file.since)} 發現不在原處" if file.was_here else f"{moment(file.since)} 收到紀錄，沒有檔案"
    who = _who(told, file.device, file.user)
    return f"缺檔案：{what}，{who} {moment(file.captured_at)} 寫的，{since}。{_FILE_STATES[file.state]}"


def _parting(told: CompanyReport, parting: Parting) -> str:
    what = "兩台都在用，是複製的" if parting.both else "從備份還原，或是複製的"
    both = f"原來的 {parting.here:,} 筆和這台的 {parting.there:,} 筆都留著{_closed(told, parting.settled)}"
    return f"複製 {_who(told, parting.device, parting.user)}：{moment(parting.at)} 發現，{what}。{both}"


def _closed(told: CompanyReport, settled: Settled | None) -> str:
    return "" if settled is None else f"。{told.users.get(settled.by, settled.by)}已結：{settled.reason}"


def _who(told: CompanyReport, device: str, user: str) -> str:
    return device_words(told.devices.get(device, device), told.users.get(user, user))
