"""Telling whoever listens that there is something new; a missed poke is harmless (SPEC L5)."""

import asyncio
from collections import defaultdict


class Pokes:
    """Wake-ups inside one process, one line per company (between processes: ``Relay``)."""

    def __init__(self) -> None:
        self.ended = False
        self._listening: dict[str, set[asyncio.Event]] = defaultdict(set)

    def listen(self, company: str) -> asyncio.Event:
        """Return an event that is set whenever the company's log may have grown; give it back with ``leave``."""
        event = asyncio.Event()
        self._listening[company].add(event)
        return event

    def leave(self, company: str, event: asyncio.Event) -> None:
        """Stop listening."""
        self._listening[company].discard(event)

    def end(self) -> None:
        """Wake everybody for the last time: the server stops, and a listener that stays would keep it from doing so."""
        self.ended = True
        self.poke_all()

    def poke(self, company: str) -> None:
        """Wake everybody who listens."""
        for event in self._listening.get(company, ()):
            event.set()

    def poke_all(self) -> None:
        """Wake everybody, of whatever company."""
        for company in [*self._listening]:
            self.poke(company)
