"""A use case says who acts and when. What opens a transaction is one."""

import ast

from tests.house.source import dotted, on_floors, type_of_function

ATOMIC = {"transaction.atomic", "atomic"}
# Runs inside the transaction of a use case, which has the actor and the time; it counts seats and needs neither.
INNER = {"services/quotas/guard.py"}


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Names of all parameters."""
    given = function.args
    return {one.arg for one in [*given.posonlyargs, *given.args, *given.kwonlyargs]}


def opens_transaction(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """`@transaction.atomic`, or `with transaction.atomic():` in its body."""
    return any(dotted(node) in ATOMIC for node in ast.walk(function) if isinstance(node, ast.Name | ast.Attribute))


def test_every_verb_takes_actor_and_time() -> None:
    verbs = [
        (module.path, node)
        for module in on_floors("services")
        if module.path not in INNER
        for node in module.tree.body
        if isinstance(node, type_of_function) and not node.name.startswith("_") and opens_transaction(node)
    ]
    assert [f"{path}:{node.name}" for path, node in verbs if not {"actor", "at"} <= parameters(node)] == []
    assert verbs


def test_every_room_that_is_read_says_who_may_see() -> None:
    """HOUSE, rule 3: one `visible_to(actor)` a room, which its queries start from."""
    blind = []
    for module in on_floors("services"):
        names = {node.name: node for node in module.tree.body if isinstance(node, type_of_function)}
        if module.stem == "queries" and not ("visible_to" in names and "actor" in parameters(names["visible_to"])):
            blind.append(module.path)
    assert blind == []
