"""What ARCHITECTURE says of the tree is so."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from tests.house.source import PACKAGE, ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
CODE = re.compile(r"`([^`\n]+)`")
BRACES = re.compile(r"\{([^{}]*)\}")


def spread(text: str) -> Iterator[str]:
    """`a/{b,c}` as the two that it stands for."""
    found = BRACES.search(text)
    if found is None:
        yield text
        return
    for one in found[1].split(","):
        yield from spread(text[: found.start()] + one.strip() + text[found.end() :])


def paths() -> list[str]:
    """What is written as a path: of this project, and no address of a page, no pattern."""
    words = (one.split(" ")[0] for code in CODE.findall(TEXT) for one in spread(code))
    return sorted({one for one in words if "/" in one and "<" not in one and not one.startswith("/")})


def is_there(path: str) -> bool:
    """A file or folder, a module without its `.py`, or a name in a module (`services/x.name`)."""
    if any(one.exists() for one in (ROOT / path, PACKAGE / path, PACKAGE / f"{path.rstrip('/')}.py")):
        return True
    module, _, name = path.rpartition(".")
    file = PACKAGE / f"{module}.py"
    return file.is_file() and bool(re.search(rf"^(?:def |class )?{name}\b", file.read_text("utf-8"), re.MULTILINE))


def test_every_path_named_is_there() -> None:
    assert len(paths()) > 100
    assert [one for one in paths() if not is_there(one)] == []


def test_the_rooms_are_told_in_their_order() -> None:
    contracts = ConfigParser()
    contracts.read(Path(ROOT / ".importlinter"), "utf-8")
    layers = re.findall(r"^\(.*\)$", contracts["importlinter:contract:rooms"]["layers"], re.MULTILINE)
    lowest_first = [set(re.findall(r"\w+", one)) for one in reversed(layers)]
    told = re.search(r"Rooms, lowest first: ([^.]+)\.", TEXT)
    assert told is not None
    assert [room for layer in told[1].split(" · ") for room in sorted(layer.split(", "))] == [
        room for layer in lowest_first for room in sorted(layer)
    ]
