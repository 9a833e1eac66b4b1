"""The page with which a customer reads his own data, without a network and without this program."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from schemas.registry import SHAPES, Kind
from server.privacy.collecting import Collected, Written
from server.privacy.words import FIELDS, KINDS, VALUES, moment, value_words
from server.records.ledger import Stored

_STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans TC','PingFang TC','Microsoft JhengHei',sans-serif;color:#1c2733;"
    "max-width:1100px;margin:0 auto;padding:24px}h1{font-size:26px}h2{font-size:20px;margin-top:36px}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #c9d3dc;padding:6px 10px;text-align:left;vertical-align:top}"
    "th{background:#eef3f6;white-space:nowrap}td{overflow-wrap:anywhere;min-width:5em}"
    "img{max-width:320px;max-height:320px}.muted{color:#5b6b79}"
    "@media print{body{max-width:none;padding:0}.wide{overflow:visible}}"
)

_UNTOLD = frozenset(
    {"unit", "deleted", "confirmed_sha256", "content_sha256", "device", "device_signature", "template", "secret"}
)
"""Fields that mean nothing to a reader; they stand in the CSVs and in data.json."""

_VERDICTS: Mapping[str, str] = {"applied": "已採用", "held": "待處理或未採用"}


def page(collected: Collected, files: Mapping[str, str], made_at: int) -> str:
    """Return the page; ``files`` is a file's SHA-256 to where it lies beside it, without those that are missing."""
    name = escape(collected.name or collected.customer)
    sections = [_section(kind, collected, files) for kind in KINDS]
    return (
        "<!doctype html>\n"
        f'<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>{name}的個人資料</title>'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">'
        f"<style>{_STYLE}</style></head><body>"
        f"<h1>{name}的個人資料</h1>"
        f'<p class="muted">{moment(made_at)} 從公司的服務系統匯出。這裡是公司留著的、跟您有關的所有資料，'
        "不必連網就能看。每一類另有一個 CSV 檔，用試算表開啟；data.json 給程式讀。</p>"
        f"{''.join(sections)}{_operations(collected)}</body></html>\n"
    )


def fields_of(kind: Kind, stored: Iterable[Stored]) -> list[str]:
    """Return the fields of which anything is shown, in the order of their kind."""
    told = {field for each in stored for field in each.fields}
    return [field for field in SHAPES[kind].__struct_fields__ if field in told]


def _section(kind: Kind, collected: Collected, files: Mapping[str, str]) -> str:
    stored = collected.documents[kind]
    if not stored:
        return ""
    fields = [field for field in fields_of(kind, stored) if field not in _UNTOLD]
    rows = [[_cell(field, each.fields.get(field), collected, files) for field in fields] for each in stored]
    return f"<h2>{KINDS[kind]}（{len(stored)}）</h2>{_table([FIELDS[field] for field in fields], rows)}"


def _cell(field: str, value: object, collected: Collected, files: Mapping[str, str]) -> str:
    if field.endswith("_sha256") and value is not None:
        place = files.get(str(value))
        if place is None:
            return '<span class="muted">檔案不在系統裡</span>'
        return f'<a href="{place}">{_picture(place)}</a>'
    return escape(value_words(field, value, collected.names)).replace("\n", "<br>")


def _picture(place: str) -> str:
    return place.rpartition("/")[2] if place.endswith(".txt") else f'<img src="{place}" alt="">'


def _operations(collected: Collected) -> str:
    rows = [
        [
            moment(each.written_at),
            escape(collected.names.get(each.author, each.author)),
            VALUES["place"].get(each.place, each.place),
            KINDS[Kind(each.kind)],
            "<br>".join(escape(line) for line in written_lines(each, collected.names, without=_UNTOLD)),
            _VERDICTS.get(each.verdict, each.verdict),
        ]
        for each in collected.operations
    ]
    heads = ["時間", "誰", "在哪裡", "類別", "寫了什麼", "結果"]
    return f"<h2>誰在什麼時候寫了什麼（{len(rows)}）</h2>{_table(heads, rows)}"


def written_lines(written: Written, names: Mapping[str, str], without: frozenset[str] = frozenset()) -> Iterable[str]:
    """Yield what an operation wrote, field by field."""
    for field, value in written.fields.items():
        if field not in without:
            yield f"{FIELDS.get(field, field)}：{value_words(field, value, names) or '（空白）'}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{each}</th>" for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
