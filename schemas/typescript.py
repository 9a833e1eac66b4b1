"""TypeScript source text for plain values, closed vocabularies and doc comments."""

import inspect
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum

WIDTH = 120
_INDENT = "  "
_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*")


class Source(str):
    """Text that is TypeScript already and is printed as it stands."""

    __slots__ = ()


def literal(value: object, room: int = WIDTH, indent: str = "") -> str:
    """Return the source of a value made of mappings, collections, strings, integers, booleans, null and ``Source``.

    ``room`` is what is left of the first line; what does not fit in one line is broken, one member a line.
    """
    if isinstance(value, Source):
        return value
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, Mapping):
        return _members(((f"{_key(key)}: ", member) for key, member in value.items()), "{ }", room, indent)
    if isinstance(value, Collection):
        return _members((("", member) for member in value), "[]", room, indent)
    raise TypeError(f"no source for {type(value).__name__}")


def quoted(text: str) -> str:
    """Return a string literal in single quotes."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def grouped(number: int) -> str:
    """Return an integer literal with its thousands apart."""
    return f"{number:_}"


def _key(key: object) -> str:
    text = str(key)
    return text if _IDENTIFIER.fullmatch(text) else quoted(text)


def _members(members: Iterable[tuple[str, object]], brackets: str, room: int, indent: str) -> str:
    inner = indent + _INDENT
    lines = [prefix + literal(member, WIDTH - len(inner + prefix) - 1, inner) for prefix, member in members]
    return enclosed(lines, brackets, room, indent)


def enclosed(lines: Sequence[str], brackets: str, room: int = WIDTH, indent: str = "") -> str:
    """Return members between brackets such as ``[]`` or ``{ }``: in one line if they fit, else one a line."""
    opening, space, closing = brackets[0], brackets[1:-1], brackets[-1]
    flat = opening + space + ", ".join(lines) + space + closing if lines else opening + closing
    if "\n" not in flat and len(flat) <= room:
        return flat
    return f"{opening}\n" + "".join(f"{indent}{_INDENT}{line},\n" for line in lines) + indent + closing


def comment(text: str, indent: str = "") -> str:
    """Return a doc comment of a docstring's text, reStructuredText's double backquotes made single."""
    lines = inspect.cleandoc(text).replace("``", "`").split("\n")
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    return "".join([f"{indent}/**\n", *(f"{indent} * {line}".rstrip() + "\n" for line in lines), f"{indent} */\n"])


def constant(name: str, value: object, said: str = "") -> str:
    """Return an exported constant whose type is as narrow as its value, with its doc comment."""
    head, tail = f"export const {name} = ", ";" if isinstance(value, str | int) else " as const;"
    return (comment(said) if said else "") + head + literal(value, WIDTH - len(head + tail)) + tail + "\n"


def vocabulary(words: type[StrEnum]) -> str:
    """Return a closed vocabulary: its words in their order as ``UPPER_SNAKE``, and the type of one of them."""
    name = upper_snake(words.__name__)
    return (
        constant(name, [word.value for word in words], words.__doc__ or "")
        + f"export type {words.__name__} = (typeof {name})[number];\n"
    )


def upper_snake(name: str) -> str:
    """Return ``UPPER_SNAKE`` for ``CamelCase``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()
