"""Statements past SQLAlchemy's execution answer as those within, and look at no more rows than they need."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    MetaData,
    Select,
    String,
    Table,
    bindparam,
    create_engine,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from server.accounts import sessions
from server.platform.database import METADATA, Database
from server.platform.statements import Question, Statement, among, looked_up, run_for_each
from server.records import feed_digests, questions
from tests.support.databases import Databases

NOTED = Table(
    "noted", MetaData(), Column("id", String, primary_key=True), Column("gone", Boolean), Column("word", String)
)
_FOUND = select(NOTED).where(among(NOTED.c.id, "ids")).order_by(NOTED.c.id)
CHANGED = Statement(update(NOTED).where(NOTED.c.id == bindparam("which")).values(word=bindparam("said")))
ROWS = [("a", True, "one"), ("b", False, None), ("c", None, "three")]


@pytest.fixture
def url(databases: Databases) -> Iterator[str]:
    """The URL of an empty database that only this test uses."""
    name = f"statements_{uuid4().hex}"
    yield databases.create(name)
    databases.drop(name)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A database with one table and three rows."""
    opened = Database(url)
    async with opened.writing() as connection:
        await connection.execute(CreateTable(NOTED))
        await connection.execute(insert(NOTED), [dict(zip(("id", "gone", "word"), row, strict=True)) for row in ROWS])
    yield opened
    await opened.close()


@pytest.mark.parametrize("door", ["writing", "reading", "glancing"])
@pytest.mark.parametrize("ids", [[], ["a"], ["a", "b", "c", "none"]])
async def test_a_question_is_answered_as_sqlalchemy_answers_it(database: Database, door: str, ids: list[str]) -> None:
    async with getattr(database, door)() as connection:
        found = await Question(_FOUND).ask(connection, ids=ids)
        within = (await connection.execute(select(NOTED).where(NOTED.c.id.in_(ids)).order_by(NOTED.c.id))).all()
    assert [(row.id, row.gone, row.word) for row in found] == [tuple(row) for row in within]
    assert [row.gone for row in found] == [gone for id_, gone, _ in ROWS if id_ in ids]


async def test_a_change_belongs_to_the_transaction_in_which_it_is_made(database: Database) -> None:
    async def changed(which: str, *, breaks: bool) -> None:
        async with database.writing() as connection:
            await CHANGED.run(connection, which=which, said="changed")
            if breaks:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await changed("a", breaks=True)
    await changed("b", breaks=False)
    async with database.reading() as connection:
        assert [row.word for row in await Question(_FOUND).ask(connection, ids=["a", "b"])] == ["one", "changed"]


async def test_what_the_driver_refuses_is_told_as_sqlalchemy_tells_it(database: Database) -> None:
    async def written_twice() -> None:
        async with database.writing() as connection:
            text = str(insert(NOTED).compile(dialect=connection.dialect))
            await run_for_each(connection, text, [("a", True, "twice")])

    with pytest.raises(IntegrityError):
        await written_twice()


def with_words(pairs: dict[str, str]) -> Select[Any]:
    named = looked_up(pairs, "named")
    rows = select(NOTED.c.id, named.c.value).select_from(NOTED).outerjoin(named, named.c.key == NOTED.c.id)
    return rows.order_by(NOTED.c.id)


async def test_pairs_are_rows_to_join_with_however_many_there_are(database: Database) -> None:
    many = {f"key-{number}": f"value-{number}" for number in range(40_000)}
    async with database.reading() as connection:
        found = (await connection.execute(with_words(many | {"a": "甲"}))).all()
    assert [tuple(row) for row in found] == [("a", "甲"), ("b", None), ("c", None)]


def test_sqlite_looks_pairs_up_and_does_not_go_through_them_for_each_row() -> None:
    engine = create_engine("sqlite://")
    NOTED.create(engine)
    with engine.connect() as connection:
        text = with_words({}).compile(dialect=engine.dialect)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ("{}",)).all()
    engine.dispose()
    assert [row[3] for row in plan if "named" in row[3] and "INDEX" in row[3]], plan


ASKED = {
    **{name: each for name, each in vars(questions).items() if isinstance(each, Statement)},
    **{f"OF_KIND {kind}": each for kind, each in questions.OF_KIND.items()},
    **{f"DELETED {kind}": each for kind, each in questions.DELETED.items()},
    **{
        name: each
        for module in (sessions, feed_digests)
        for name, each in vars(module).items()
        if isinstance(each, Statement)
    },
}


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    """A SQLite database with every table and no row: nothing but the statements tells the planner what to do."""
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    connection = engine.raw_connection()
    yield connection.driver_connection  # type: ignore[misc]
    connection.close()
    engine.dispose()


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_with_every_request_is_looked_up_by_whole_keys(name: str, empty: sqlite3.Connection) -> None:
    text, names, _ = ASKED[name]._compiled
    plan = [row[3] for row in empty.execute(f"EXPLAIN QUERY PLAN {text}", ["[]"] * len(names))]
    assert [step for step in plan if step.startswith("SCAN") and not step.startswith("SCAN json_each")] == []
    if " IN (" in text:
        looked_up = [step for step in plan if step.startswith("SEARCH")]
        assert all(step.count("=?") > 1 for step in looked_up), plan
