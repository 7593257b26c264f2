"""The command `gongjiang`: finds the command's module, loads only that one, and runs it.

Each module in `commands/` exports `add_parser(subparsers)` and `run(args) -> int`. One that says
`NEEDS_DJANGO = True` is loaded after Django is set up. Exit codes: 0 all right, 1 problems, 2 wrong usage.
"""

import argparse
import ast
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

from gongjiang.cli.memory import LARGE_TABLES, keep_memory
from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.programmes.problems import PackError

COMMANDS: Final = Path(__file__).resolve().parent / "commands"

PACK_VERBS: Final = ("list", "check", "coverage", "explain", "diff", "export")
"""`gongjiang check PACK` is short for `gongjiang pack check PACK`."""


class Command(NamedTuple):
    """What can be said of a command without loading it."""

    name: str
    about: str
    needs_django: bool


def commands() -> dict[str, Command]:
    """All commands by name, read from their source: loading them all would load Django too."""
    found = {}
    for path in sorted(COMMANDS.glob("[!_]*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        about = (ast.get_docstring(tree) or "").split("\n")[0]
        name = path.stem.replace("_", "-")
        found[name] = Command(name, about, any(_says_django(node) for node in tree.body))
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point. `argv` without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    words = list(sys.argv[1:] if argv is None else argv)
    known = commands()
    if words and words[0] in PACK_VERBS and words[0] not in known:
        words.insert(0, "pack")
    if not words or words[0] not in known:
        return _usage(words, known)
    try:
        return _run(known[words[0]], words)
    except PackError as error:
        print(error.text, file=sys.stderr)
    except GongjiangError as error:
        print(f"{error} / {error.english}" if error.english else error, file=sys.stderr)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
    return 1


def _run(command: Command, words: list[str]) -> int:
    if command.needs_django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
        import_module("django").setup()
    if command.name in LARGE_TABLES:
        keep_memory()
    module = import_module(f"gongjiang.cli.commands.{command.name.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog="gongjiang")
    module.add_parser(parser.add_subparsers(dest="command", required=True))
    try:
        args = parser.parse_args(words)
    except SystemExit as stop:  # argparse has already said what is wrong
        return stop.code if isinstance(stop.code, int) else 2
    return int(module.run(args))


def _usage(words: list[str], known: dict[str, Command]) -> int:
    asked = bool(words) and words[0] in {"-h", "--help", "help"}
    out = sys.stdout if asked else sys.stderr
    if words and not asked:
        print(f"没有“{words[0]}”这个命令。/ No command '{words[0]}'.", file=out)
    print("usage: gongjiang COMMAND …\n", file=out)
    for one in known.values():
        print(f"  {one.name:<18}{one.about}", file=out)
    print(f"\n  gongjiang {{{','.join(PACK_VERBS)}}} … 即 gongjiang pack …", file=out)
    return 0 if asked else 2


def _says_django(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Assign)
        and any(isinstance(one, ast.Name) and one.id == "NEEDS_DJANGO" for one in node.targets)
        and isinstance(node.value, ast.Constant)
        and node.value.value is True
    )
