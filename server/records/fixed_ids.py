"""Ids that follow from what a document is about: whoever writes about the same thing writes the same document."""

from hashlib import sha256

_LENGTH = 32


def id_about(*subject: str) -> str:
    """Return the id of the one document about a subject, which is told by parts that hold no slash but the last."""
    return sha256("/".join(subject).encode()).hexdigest()[:_LENGTH]
