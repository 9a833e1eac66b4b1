"""Telling whoever listens that there is something new; a missed poke is harmless (SPEC L5)."""

import asyncio
from collections import defaultdict


class Pokes:
    """In-process wake-ups, one line per company."""

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
        for company in [*self._listening]:
            self.poke(company)

    def poke(self, company: str) -> None:
        """Wake everybody who listens."""
        for event in self._listening.get(company, ()):
            event.set()
