"""Rows are locked by the table that is changed alone."""

import ast

from tests.house.source import on_floors


def chain(node: ast.AST) -> list[ast.Call]:
    """The calls of `a().b().c()`, last first."""
    found = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        found.append(node)
        node = node.func.value
    return found


def called(node: ast.Call) -> str:
    """The method's name."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def test_a_lock_with_joined_tables_names_its_own() -> None:
    """PostgreSQL refuses to lock the nullable side of an outer join, SQLite has nothing to say about it; and where it
    does not refuse, rows of others are held for nothing."""
    bare = []
    for module in on_floors("services", "web"):
        for node in ast.walk(module.tree):
            calls = chain(node)
            joined = any(called(one) == "select_related" for one in calls)
            bare += [
                f"{module.path}:{one.lineno}"
                for one in calls
                if joined and called(one) == "select_for_update" and not any(key.arg == "of" for key in one.keywords)
            ]
    assert sorted(set(bare)) == []
