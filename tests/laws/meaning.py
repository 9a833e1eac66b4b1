"""What a document means, in the words in which the two languages are compared: those of the vectors' ``expect``."""

from typing import Any

import msgspec

from schemas.merge_rules import MERGE_RULES
from schemas.registry import Kind
from sync.document import Document, asks, is_deleted, rivals, shown_fields


def seen(document: Document, kind: str) -> dict[str, Any]:
    """Return what is shown, what stands, what is asked and what is deleted, as JSON values."""
    rules = MERGE_RULES[Kind(kind)]
    return {
        "shown": shown_fields(document, rules),
        "registers": {
            field: [list(msgspec.to_builtins(write.origin.dot)) for write in register]
            for field, register in document.registers.items()
        },
        "rivals": sorted(rivals(document)),
        "asks": list(asks(document, rules)),
        "deleted": is_deleted(document),
        "contested": msgspec.to_builtins(list(document.contested)),
    }
