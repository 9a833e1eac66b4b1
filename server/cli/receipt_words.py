"""What a file of receipts proves, in plain words for a terminal."""

from collections.abc import Iterator, Mapping

import msgspec

from schemas.problems import Code
from schemas.registry import Kind
from schemas.scalars import is_instant
from schemas.sentences import SENTENCES, Language
from server.cli.moments import moment
from server.cli.receipts import Proofs, Proven, ProvenStretch
from server.cli.whose_words import device_words
from server.platform.kind_words import KIND_WORDS

_CODES = frozenset(Code)
_KINDS = frozenset(Kind)


def receipt_words(proofs: Proofs, names: Mapping[str, str]) -> list[str]:
    """Return the proof as lines: first what holds, then each receipt with its entries.

    ``names`` is id to name, for those that are known where the file is read; what is not known stands by its id.
    """
    entries = sum(len(each.entries) for each in proofs.stretches)
    company = names.get(proofs.head.company, proofs.head.company)
    lines = [f"驗證相符：{len(proofs.stretches):,} 張回條，{entries:,} 筆操作，公司 {company}"]
    for stretch in proofs.stretches:
        lines += _stretch(stretch, names)
    if proofs.without:
        lines.append(f"另有 {proofs.without:,} 筆操作沒有回條：伺服器還沒收到，或當時沒有簽。")
    return lines


def _stretch(stretch: ProvenStretch, names: Mapping[str, str]) -> Iterator[str]:
    receipt, record = stretch.receipt, stretch.record
    whose = device_words(
        names.get(record.device, f"裝置 {record.device}"), names.get(record.user, f"人員 {record.user}")
    )
    yield f"{moment(receipt.at)} 伺服器簽收 {len(stretch.entries):,} 筆操作，{whose}"
    for each in stretch.entries:
        yield f"  {_entry(each, names)}"


def _entry(proven: Proven, names: Mapping[str, str]) -> str:
    operation, stamp = proven.operation, proven.stamp
    received = f"{moment(stamp.received_at)} 收到"
    verdict = "" if stamp.verdict == "applied" else f"，保留待處理：{_sentence(stamp.problem)}"
    if proven.sha256 is not None:
        return f"{received}：個資已依要求刪除的一筆，只證明送出時的指紋 {proven.sha256}{verdict}"
    if operation is None:
        return f"{received}：讀不懂的內容{verdict}"
    kind = KIND_WORDS[Kind(operation.kind)].zh_hant if operation.kind in _KINDS else operation.kind
    said = {field: _readable(field, value, names) for field, value in operation.fields.items()}
    what = names.get(operation.doc, operation.doc)
    return f"{received}：{moment(operation.at)} 寫的{kind} {what} {msgspec.json.encode(said).decode()}{verdict}"


def _readable(field: str, value: object, names: Mapping[str, str]) -> object:
    """Return a field's value as a person reads it: an instant by the company's clock, an id by its name."""
    if is_instant(field) and isinstance(value, int):
        return moment(value)
    return names.get(value, value) if isinstance(value, str) else value


def _sentence(problem: str | None) -> str:
    return SENTENCES[Code(problem)].in_language(Language.ZH_HANT) if problem in _CODES else problem or ""
