"""The contract speaks of everything that a log store can be asked or told."""

import ast
import inspect
from collections.abc import Iterator

from server.records.ledger import Ledger
from server.records.memory_ledger import MemoryLedger
from server.records.sql_ledger import SqlLedger
from tests.repo.tree import functions, written

ONLY_IN_DATABASES = {"histories": "a rebuild asks for them; memory is never rebuilt"}
"""Method -> why memory has none of its name."""


def public(store: type) -> set[str]:
    """The methods that others may call."""
    return {name for name, _ in inspect.getmembers(store, inspect.isfunction) if not name.startswith("_")}


def asked(test: ast.AsyncFunctionDef | ast.FunctionDef) -> Iterator[str]:
    """The methods of a ledger whose answers, or whose effects, a test looks at: it calls them and asserts."""
    if not any(isinstance(node, ast.Assert) for node in ast.walk(test)):
        return
    for node in ast.walk(test):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ledger":
            yield node.attr


def test_every_store_has_the_methods_of_the_contract_and_no_others() -> None:
    assert public(MemoryLedger) == public(Ledger)
    assert public(SqlLedger) == public(Ledger) | ONLY_IN_DATABASES.keys()


def test_every_method_of_a_log_store_has_a_test_of_its_law() -> None:
    tests = [
        function
        for path in written(".py", under=("tests/contracts/test_",))
        for function in functions(path)
        if function.name.startswith("test_")
    ]
    tested = {name for test in tests for name in asked(test)}
    assert (public(Ledger) | ONLY_IN_DATABASES.keys()) - tested == set()
