"""What was read of the database and need not be read again until somebody commits."""

from collections.abc import Hashable
from typing import Generic, TypeVar

from server.platform.database import Database

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MAX_REMEMBERED = 20_000
"""Entries at the most: bounds the memory that strangers' questions can take."""


class Remembered(Generic[Key, Value]):
    """Values by key, all forgotten with the next commit of whatever process (see ``Database.version``)."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._version: Hashable | None = None
        self._kept: dict[Key, Value] = {}

    async def version(self) -> Hashable | None:
        """Return what has to be taken before a value is read, to be handed to :meth:`keep`."""
        version = await self._database.version()
        if version is None or version != self._version:
            self._kept.clear()
            self._version = version
        return version

    async def get(self, key: Key) -> Value | None:
        """Return the value, None where it is unknown or something was committed since it was read."""
        return self._kept.get(key) if await self.version() is not None else None

    def keep(self, key: Key, value: Value, version: Hashable | None) -> None:
        """Remember a value that was read after ``version`` was taken; does nothing if it may be outdated by now."""
        if version is None or version != self._version:
            return
        if len(self._kept) >= MAX_REMEMBERED:
            self._kept.clear()
        self._kept[key] = value
