"""Statements that are used with every request, past SQLAlchemy's execution: on SQLite that is nearly all they cost.

SQLAlchemy writes their text, once for each database. PostgreSQL is asked through it as ever, with what was built once.
"""

import json
import sqlite3
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy import ARRAY, CTE, Boolean, Delete, Dialect, Integer, Select, Update, bindparam, literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement

from server.platform.kept_connections import as_sqlalchemy_tells, driver_of
from server.platform.sqlite_driver import InlineConnection

Found: TypeAlias = Any
"""A row with its columns' names as attributes."""

_SQLITE: Dialect = sqlite.dialect(paramstyle="qmark")


class _Among(FunctionElement[int]):
    """Whether a column holds one of a list's values; unlike ``in_`` its text is the same for every length.

    A number and no truth value: of that SQLAlchemy makes ``... = 1`` for SQLite, which looks through every row then.
    """

    type = Integer()
    name = "among"
    inherit_cache = True


def among(column: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    """Return the condition that a column holds one of the values that are given under a name as a list."""
    return _Among(column, bindparam(name, type_=ARRAY(column.type)))


@compiles(_Among)
def _any(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy hands on what it was given
    column, values = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Among, "sqlite")
def _each(element: _Among, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - as above
    column, values = (compiler.process(each, **how) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - SQLAlchemy's own words


class _Pairs(FunctionElement[str]):
    """The pairs of an object in JSON, as rows of a ``key`` and a ``value``."""

    name = "pairs"
    inherit_cache = True


@compiles(_Pairs)
def _texts(element: _Pairs, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - as above
    return f"json_each_text(CAST({_only(element, compiler, how)} AS JSON))"


@compiles(_Pairs, "sqlite")
def _values(element: _Pairs, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - as above
    return f"json_each({_only(element, compiler, how)})"


def _only(element: _Pairs, compiler: SQLCompiler, how: Mapping[str, Any]) -> str:
    (text,) = (compiler.process(each, **how) for each in element.clauses)
    return text


def looked_up(pairs: Mapping[str, str], name: str) -> CTE:
    """Return rows of a ``key`` and a ``value`` to join with: one parameter, however many pairs there are.

    Rows of their own, which both databases look up by an index or a hash that they make for it; left to SQLite it
    would go through all pairs for each row.
    """
    rows = _Pairs(literal(json.dumps(dict(pairs)))).table_valued("key", "value")
    return select(rows.c.key, rows.c.value).cte(name).prefix_with("MATERIALIZED")


class Statement:
    """What is built once and run often; its parameters are named by ``bindparam`` and :func:`among`."""

    def __init__(self, built: Select[Any] | Update | Delete) -> None:
        self._built = built

    @cached_property
    def _compiled(self) -> tuple[str, Sequence[str], Mapping[str, Any]]:
        """The text for SQLite, its parameters in their order, and those of them that are constants."""
        compiled = self._built.compile(dialect=_SQLITE)
        constants = {name: value for name, value in compiled.params.items() if not compiled.binds[name].required}
        return str(compiled), compiled.positiontup or (), constants

    async def run(self, connection: AsyncConnection, **values: Any) -> None:  # noqa: ANN401 - a parameter's own type
        """Run it; raises what SQLAlchemy raises."""
        if connection.dialect.name == "sqlite":
            await self._rows(connection, values)
        else:
            await connection.execute(self._built, values)

    async def _rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        text, names, constants = self._compiled
        given = {**constants, **values}
        return await _rows(connection, text, [_bound(given[name]) for name in names])


class Question(Statement):
    """A query that is built once and asked often."""

    def __init__(self, query: Select[Any]) -> None:
        super().__init__(query)
        self._row = _maker(query)

    async def ask(self, connection: AsyncConnection, **values: Any) -> Sequence[Found]:  # noqa: ANN401 - a parameter's own type
        """Return all rows that answer it; raises what SQLAlchemy raises."""
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._built, values)).all()
        return [self._row(row) for row in await self._rows(connection, values)]


async def run_for_each(connection: AsyncConnection, text: str, rows: list[tuple[Any, ...]]) -> None:
    """Run a statement, in the database's own words, for each row as the driver takes it; raises as SQLAlchemy does."""
    if connection.dialect.name != "sqlite":
        await connection.exec_driver_sql(text, rows)
        return
    driver = driver_of(connection)
    try:
        await driver.write_rows(text, rows)
    except sqlite3.Error as error:
        raise as_sqlalchemy_tells(text, error) from error


async def _rows(connection: AsyncConnection, text: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
    driver = driver_of(connection)
    try:
        if isinstance(driver, InlineConnection):
            return driver.answer(text, values)
        return list(await driver.execute_fetchall(text, values))
    except sqlite3.Error as error:
        raise as_sqlalchemy_tells(text, error) from error


def _bound(value: object) -> object:
    return json.dumps(value) if isinstance(value, list) else value


def _maker(query: Select[Any]) -> Callable[[Sequence[Any]], Found]:
    """Return what makes a row of its values; SQLite keeps truth values as 0 and 1."""
    columns = query.selected_columns
    named: Any = namedtuple("Found", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024 - named by the query
    truths = [place for place, column in enumerate(columns) if isinstance(column.type, Boolean)]

    def with_truths(values: Sequence[Any]) -> Found:
        own = list(values)
        for place in truths:
            own[place] = None if own[place] is None else bool(own[place])
        return named._make(own)

    return with_truths if truths else named._make
