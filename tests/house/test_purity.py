"""Nobody but the doors reads the clock; no signals, no metaclasses; chance only from a seed given."""

import ast

from tests.house.source import Module, dotted, modules, on_floors

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "datetime.datetime.now", "datetime.date.today", "date.today",
    "dt.datetime.now", "dt.date.today", "timezone.now", "timezone.localtime", "timezone.localdate", "time.time", "now",
    "time.monotonic",
}  # fmt: skip
SIGNALS = {"receiver", "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
BELOW_THE_DOORS = ("kernel", "rules", "models", "documents", "catalogue", "services")


def reads_clock(node: ast.AST) -> bool:
    """A call that asks what time it is (`localtime(given)` only converts), or a field that does so by itself."""
    if isinstance(node, ast.Call):
        return dotted(node.func) in CLOCKS and not node.args
    if isinstance(node, ast.keyword):
        by_itself = node.arg in {"auto_now", "auto_now_add"}
        return by_itself or (node.arg == "default" and dotted(node.value) in CLOCKS)
    return False


def places(module: Module, wrong: set[int]) -> list[str]:
    """`path:line` for each line."""
    return [f"{module.path}:{line}" for line in sorted(wrong)]


def test_only_the_doors_read_the_clock() -> None:
    found = []
    for module in on_floors(*BELOW_THE_DOORS):
        lines = {getattr(node, "lineno", 0) for node in ast.walk(module.tree) if reads_clock(node)}
        found += places(module, lines)
    assert found == []


def test_no_signals_and_no_metaclasses() -> None:
    found = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and brings_signals(node):
                found.append(f"{module.path}:{node.lineno} signal")
            if isinstance(node, ast.ClassDef) and is_or_has_metaclass(node):
                found.append(f"{module.path}:{node.lineno} metaclass")
    assert found == []


def brings_signals(node: ast.ImportFrom) -> bool:
    """An import of Django's signals or of one of them."""
    source = node.module or ""
    named = source.endswith("signals") or bool(SIGNALS & {alias.name for alias in node.names})
    return source.startswith("django.") and named


def is_or_has_metaclass(node: ast.ClassDef) -> bool:
    """A class made by other than `type`, or that makes classes."""
    return any(word.arg == "metaclass" for word in node.keywords) or "type" in map(dotted, node.bases)


def test_chance_comes_from_a_seed() -> None:
    """Rules may draw, but only from a `Random` that is given or seeded; never from the process's own."""
    found = []
    for module in on_floors("kernel", "rules"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import) and any(alias.name in {"random", "secrets"} for alias in node.names):
                found.append(f"{module.path}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module in {"random", "secrets"}:
                found += [f"{module.path}:{node.lineno}" for alias in node.names if alias.name != "Random"]
            if isinstance(node, ast.Call) and dotted(node.func) == "Random" and not (node.args or node.keywords):
                found.append(f"{module.path}:{node.lineno}")
    assert found == []
