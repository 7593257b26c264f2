"""Files of a few pages, functions of a screen, names that say something, every public thing explained."""

import ast
from pathlib import Path

from tests.house.source import PACKAGE, Module, modules, on_floors, type_of_function

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common", "stuff"}


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = function.body[0]
    doc = ast.get_docstring(function, clean=False)
    explained = (first.end_lineno or 0) - first.lineno + 1 if doc is not None else 0
    return (function.end_lineno or 0) - function.lineno + 1 - explained


def test_no_file_is_long() -> None:
    files = [path for kind in ("py", "html", "js", "css") for path in PACKAGE.rglob(f"*.{kind}")]
    files = [path for path in files if "migrations" not in path.parts]
    lengths = {str(path.relative_to(PACKAGE)): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_a_function_fits_a_screen() -> None:
    long = {
        f"{module.path}:{function.name}": own_lines(function)
        for module in modules()
        for function in module.functions()
        if own_lines(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_module_without_a_subject() -> None:
    assert [module.path for module in modules() if SAYS_NOTHING & set(Path(module.path).with_suffix("").parts)] == []


def unexplained(module: Module) -> list[str]:
    """Public things of a module, itself included, that have no docstring."""
    missing = [] if ast.get_docstring(module.tree) or not module.tree.body else [module.path]
    for node in module.tree.body:
        if isinstance(node, (*type_of_function, ast.ClassDef)) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                missing.append(f"{module.path}:{node.name}")
            if isinstance(node, ast.ClassDef):
                missing += [
                    f"{module.path}:{node.name}.{inner.name}"
                    for inner in node.body
                    if isinstance(inner, type_of_function)
                    and not inner.name.startswith("_")
                    and not ast.get_docstring(inner)
                    and not any(isinstance(one, ast.Name) and one.id == "override" for one in inner.decorator_list)
                ]
    return missing


def test_what_others_call_is_explained() -> None:
    assert [name for module in on_floors("kernel", "rules", "services") for name in unexplained(module)] == []
