"""Coroutines that one thread advances step by step in whatever order, and that can be cut off anywhere."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Pause:
    """A place where something else may happen, or where the power may fail; nothing goes on before ``until`` holds."""

    def __init__(self, until: Callable[[], bool] | None = None) -> None:
        self.until = until

    def __await__(self) -> Generator["Pause", None, None]:
        yield self


class Task(Generic[Result]):
    """A coroutine on its way; it ends with a result, with an error, or cut off."""

    def __init__(self, coroutine: Coroutine[Any, Any, Result]) -> None:
        self._coroutine = coroutine
        self._until: Callable[[], bool] | None = None
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.running = True
        self.cut_off = False
        self.is_second = False
        """Whether this is the second copy of a request."""

    @property
    def ready(self) -> bool:
        """Whether it can go on now."""
        return self.running and (self._until is None or self._until())

    def advance(self) -> None:
        """Run to the next pause or to the end, if it can; an error is kept for whoever waits."""
        if not self.ready:
            return
        try:
            self._until = self._coroutine.send(None).until
        except StopIteration as end:
            self.result, self.running = end.value, False
        except Exception as error:  # noqa: BLE001 - it belongs to whoever waits for the task
            self.error, self.running = error, False

    def cut(self) -> None:
        """End it where it stands, as a crash does."""
        self.cut_off = self.running
        self.running = False
        self._coroutine.close()

    def finish(self) -> Result:
        """Run to the end and return the result."""
        while self.running:
            self.advance()
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]
