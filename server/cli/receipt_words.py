"""What a file of receipts proves, in plain words for a terminal."""

from collections.abc import Iterator

import msgspec

from schemas.problems import Code
from schemas.registry import Kind
from schemas.sentences import SENTENCES, Language
from server.cli.kind_words import KIND_WORDS
from server.cli.moments import moment
from server.cli.receipts import Proofs, Proven, ProvenStretch

_CODES = frozenset(Code)
_KINDS = frozenset(Kind)


def receipt_words(proofs: Proofs) -> list[str]:
    """Return the proof as lines: first what holds, then each receipt with its entries."""
    entries = sum(len(each.entries) for each in proofs.stretches)
    lines = [f"驗證相符：{len(proofs.stretches):,} 張回條，{entries:,} 筆紀錄，公司 {proofs.head.company}"]
    for stretch in proofs.stretches:
        lines += _stretch(stretch)
    if proofs.without:
        lines.append(f"另有 {proofs.without:,} 筆沒有回條：伺服器還沒收到，或當時沒有簽。")
    return lines


def _stretch(stretch: ProvenStretch) -> Iterator[str]:
    receipt, record = stretch.receipt, stretch.record
    count = len(stretch.entries)
    yield f"{moment(receipt.at)} 伺服器簽收 {count:,} 筆，人員 {record.user}，裝置 {record.device}"
    for each in stretch.entries:
        yield f"  {_entry(each)}"


def _entry(proven: Proven) -> str:
    operation, stamp = proven.operation, proven.stamp
    received = f"{moment(stamp.received_at)} 收到"
    verdict = "" if stamp.verdict == "applied" else f"，保留待處理：{_sentence(stamp.problem)}"
    if operation is None:
        return f"{received}：讀不懂的內容{verdict}"
    kind = KIND_WORDS[Kind(operation.kind)] if operation.kind in _KINDS else operation.kind
    fields = msgspec.json.encode(operation.fields).decode()
    return f"{received}：{moment(operation.at)} 寫的{kind} {operation.doc} {fields}{verdict}"


def _sentence(problem: str | None) -> str:
    return SENTENCES[Code(problem)].in_language(Language.ZH_HANT) if problem in _CODES else problem or ""
