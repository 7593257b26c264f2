"""What the rules of the house are read from: modules as trees, files as git knows them."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "gongjiang"

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Module:
    """One Python file of the package: its path inside it, its text and tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The floor it stands on, such as `rules`."""
        return self.path.split("/", 1)[0]

    @property
    def stem(self) -> str:
        """Its name without `.py`."""
        return Path(self.path).stem

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """All functions and methods, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, type_of_function):
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """The package's modules, without migrations (Django writes those)."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).as_posix()
        if not inside.startswith("migrations/"):
            text = path.read_text("utf-8")
            found.append(Module(inside, text, ast.parse(text)))
    return tuple(found)


def on_floors(*floors: str) -> list[Module]:
    """The modules of these floors."""
    return [module for module in modules() if module.floor in floors]


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git tracks and that are still there."""
    listing = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(path for name in listing.split("\0") if name and (path := ROOT / name).is_file())


@cache
def tracked_texts() -> tuple[tuple[str, str], ...]:
    """Name and text of every tracked file that is text."""
    texts = []
    for path in tracked():
        raw = path.read_bytes()
        if b"\0" not in raw[:8000]:
            texts.append((path.relative_to(ROOT).as_posix(), raw.decode("utf-8", "replace")))
    return tuple(texts)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, else the empty text."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = dotted(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""
