"""The folder of pages that a web server hands out by itself: what lies where, written whole or not at all.

    notices/<slug>/2026-09-18/   index.html, large.html (large type), each with its .gz, notice.docx: one day's page
    notices/<slug>/2026-10       the page of a notice that is over, by months (a link to over/)
    notices/<slug>/gone          it is no longer kept: answer 410 with gone.html
    moved/<slug>/…               the same of an installation whose clock is moved; no web server looks there

Whoever may read this folder needs no other: nothing lies in it that isn't public.
"""

import fcntl
import gzip
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings

USUAL, LARGE, WORD = "index.html", "large.html", "notice.docx"
OVER: Final = "over"
_STATE: Final = "state.json"
_SEEN: Final = "seen.json"
_GONE: Final = "gone"


def _root() -> Path:
    if settings.PUBLIC_ROOT is None:
        raise RuntimeError("GONGJIANG_PUBLIC is off: no pages are made")
    return Path(settings.PUBLIC_ROOT)


def root() -> Path:
    """The folder, made where it isn't there."""
    return _made(_root())


def moved() -> bool:
    """Do the pages here follow a clock that is moved (a sample installation)? Asks no database."""
    return (_root() / "moved").is_dir()


def shelf(slug: str, *, moved: bool) -> Path:
    """Where the pages of a notice lie."""
    return _root() / ("moved" if moved else "notices") / slug


def find(slug: str, day: date, name: str) -> Path | None:
    """The file for a reader on a day, as a web server finds it; None where none was made."""
    place = shelf(slug, moved=moved())
    for one in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}"):
        if (found := place / one / name).is_file():
            return found
    return None


def is_gone(slug: str) -> bool:
    """Was it said of this notice that it is no longer kept?"""
    return (shelf(slug, moved=moved()) / _GONE).exists()


@contextmanager
def held(slug: str) -> Iterator[None]:
    """One at a time writes the pages of a notice: who comes second has read what the first had not yet seen."""
    with open(_made(root() / ".locks") / slug, "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write(path: Path, content: bytes, *, packed: bool = False) -> None:
    """Whole or not at all, readable for all; `packed`: with a .gz beside it."""
    _made(path.parent)
    for target, data in ((path, content), *([(Path(f"{path}.gz"), gzip.compress(content, 6))] if packed else [])):
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            fresh.write_bytes(data)
            fresh.chmod(0o644)
            fresh.replace(target)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise


def link(path: Path, to: str) -> None:
    """`path` leads to its neighbour `to`."""
    if path.is_symlink() and path.readlink() == Path(to):
        return
    remove(path)
    path.symlink_to(to)


def remove(path: Path) -> None:
    """A file, a link or a folder; nothing happens where there is none."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


def strays(place: Path, names: set[str]) -> list[Path]:
    """What lies in a folder under other names."""
    return [one for one in place.iterdir() if one.name not in names] if place.is_dir() else []


def mark_gone(place: Path) -> None:
    """From now on the web server answers 410 for this notice."""
    write(place / _GONE, b"")
    for one in strays(place, {_GONE}):
        remove(one)


def state(place: Path) -> dict[str, Any]:
    """What was noted when the pages were made; empty where nothing was."""
    return _read(place / _STATE)


def note(place: Path, said: dict[str, Any]) -> None:
    """Note what the pages show, once all are made."""
    write(place / _STATE, json.dumps(said, ensure_ascii=False).encode())


def forget(place: Path) -> None:
    """What is noted no longer holds: the pages are being changed."""
    remove(place / _STATE)


def seen() -> dict[str, Any]:
    """Up to where the log was followed."""
    return _read(_root() / _SEEN)


def note_seen(said: dict[str, Any]) -> None:
    """Up to here all pages are right."""
    write(root() / _SEEN, json.dumps(said).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}


def _made(folder: Path) -> Path:
    """A folder that the web server may enter, whatever the process keeps to itself otherwise."""
    if not folder.is_dir():
        _made(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    return folder
