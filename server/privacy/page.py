"""The page with which a customer reads his own data, without a network and without this program."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from schemas.registry import SHAPES, Kind
from schemas.sentences import Language
from server.privacy.collecting import Collected, Written
from server.privacy.page_words import (
    BLANK,
    COUNTED,
    FILE_MISSING,
    INTRODUCTION,
    KINDS,
    PAIR,
    TITLE,
    WRITTEN,
)
from server.privacy.words import Telling
from server.records.ledger import Stored

_STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans TC','PingFang TC','Microsoft JhengHei',sans-serif;color:#1c2733;"
    "max-width:1100px;margin:0 auto;padding:24px}h1{font-size:26px}h2{font-size:20px;margin-top:36px}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #c9d3dc;padding:6px 10px;text-align:left;vertical-align:top}"
    "th{background:#eef3f6;white-space:nowrap}td{overflow-wrap:anywhere;min-width:5em}"
    "img{max-width:320px;max-height:320px}.muted{color:#5b6b79}"
    ":lang(zh-Hans){font-family:system-ui,'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif}"
    "@media print{body{max-width:none;padding:0}.wide{overflow:visible}}"
)

_UNTOLD = frozenset(
    {"unit", "deleted", "confirmed_sha256", "content_sha256", "device", "device_signature", "template", "secret"}
)
"""Fields that mean nothing to a reader; they stand in the CSVs and in data.json."""

_TAGS: Mapping[Language, str] = {Language.ZH_HANT: "zh-Hant-TW", Language.ZH_HANS: "zh-Hans", Language.EN: "en"}
"""What ``lang`` says, as on the screens."""


def page(collected: Collected, files: Mapping[str, str], made_at: int, language: Language) -> str:
    """Return the page; ``files`` is a file's SHA-256 to where it lies beside it, without those that are missing."""
    telling = Telling.page(language, collected.names)
    title = escape(telling.say(TITLE, name=collected.name or collected.customer))
    sections = [_section(kind, collected, files, telling) for kind in KINDS]
    return (
        "<!doctype html>\n"
        f'<html lang="{_TAGS[language]}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">'
        f"<style>{_STYLE}</style></head><body>"
        f"<h1>{title}</h1>"
        f'<p class="muted">{telling.say(INTRODUCTION, made_at=telling.moment(made_at))}</p>'
        f"{''.join(sections)}{_operations(collected, telling)}</body></html>\n"
    )


def fields_of(kind: Kind, stored: Iterable[Stored]) -> list[str]:
    """Return the fields of which anything is shown, in the order of their kind."""
    told = {field for each in stored for field in each.fields}
    return [field for field in SHAPES[kind].__struct_fields__ if field in told]


def _section(kind: Kind, collected: Collected, files: Mapping[str, str], telling: Telling) -> str:
    stored = collected.documents[kind]
    if not stored:
        return ""
    fields = [field for field in fields_of(kind, stored) if field not in _UNTOLD]
    rows = [[_cell(field, each.fields.get(field), files, telling) for field in fields] for each in stored]
    heading = telling.say(COUNTED, what=telling.kind(kind), count=len(stored))
    return f"<h2>{heading}</h2>{_table([telling.field(field) for field in fields], rows)}"


def _cell(field: str, value: object, files: Mapping[str, str], telling: Telling) -> str:
    if field.endswith("_sha256") and value is not None:
        place = files.get(str(value))
        if place is None:
            return f'<span class="muted">{telling.say(FILE_MISSING)}</span>'
        return f'<a href="{place}">{_picture(place)}</a>'
    return escape(telling.value(field, value)).replace("\n", "<br>")


def _picture(place: str) -> str:
    return place.rpartition("/")[2] if place.endswith(".txt") else f'<img src="{place}" alt="">'


def _operations(collected: Collected, telling: Telling) -> str:
    rows = [
        [
            telling.moment(each.written_at),
            escape(telling.author(each.author)),
            telling.place(each.place),
            telling.kind(Kind(each.kind)),
            "<br>".join(escape(line) for line in written_lines(each, telling, without=_UNTOLD)),
            telling.verdict(each.verdict),
        ]
        for each in collected.operations
    ]
    heads = [telling.field("at"), *(telling.head(each) for each in ("author", "place", "kind", "fields", "verdict"))]
    return f"<h2>{telling.say(COUNTED, what=telling.say(WRITTEN), count=len(rows))}</h2>{_table(heads, rows)}"


def written_lines(written: Written, telling: Telling, without: frozenset[str] = frozenset()) -> Iterable[str]:
    """Yield what an operation wrote, field by field."""
    for field, value in written.fields.items():
        if field not in without:
            told = telling.value(field, value) or telling.say(BLANK)
            yield telling.say(PAIR, field=telling.field(field), value=told)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{each}</th>" for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
