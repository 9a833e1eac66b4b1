"""What a module of shapes defines itself, in the order in which it is written there."""

from enum import StrEnum
from types import ModuleType
from typing import TypeVar

from msgspec import Struct

Shape = TypeVar("Shape")


def structs_of(*modules: ModuleType) -> tuple[type[Struct], ...]:
    """Return the Structs that modules define."""
    return _defined(Struct, modules)


def words_of(*modules: ModuleType) -> tuple[type[StrEnum], ...]:
    """Return the closed vocabularies that modules define."""
    return _defined(StrEnum, modules)


def _defined(kind: type[Shape], modules: tuple[ModuleType, ...]) -> tuple[type[Shape], ...]:
    return tuple(
        each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, kind) and each.__module__ == module.__name__
    )
