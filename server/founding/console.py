"""Where the operator of this installation reads what nobody else may."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from schemas.start import DemoAccount


@runtime_checkable
class Console(Protocol):
    """The terminal that the server was started from."""

    def show_accounts(self, accounts: Sequence[DemoAccount]) -> None:
        """Show who can sign in to the demonstration; the answer that tells it may be lost on its way."""
        ...
