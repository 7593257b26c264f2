"""What the fast reader doesn't tell about a sheet of an xlsx file: hidden rows, merged cells, formulas, errors.

Read from the sheet's XML by pattern, in pieces, and only as far down as there is data: never parsed as XML, so
no entity can blow up, and a million blank rows below the data cost nothing.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath

PIECE = 1 << 20
STARTS = (b"<row", b"<c ", b"<mergeCell ")
ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
CELL = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,3})(\d+)")([^>]*[^/])>(<f\b)?')
ERROR = re.compile(rb'\bt="e"')
MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')


@dataclass
class Marks:
    """Row numbers count from 1; cells are (row, column letters); merged ones are (first row, last row, text)."""

    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, str]] = field(default_factory=set)
    errors: set[tuple[int, str]] = field(default_factory=set)
    merged: list[tuple[int, int, str]] = field(default_factory=list)


def marks_of(data: bytes, sheet: str, rows: int) -> Marks:
    """The marks in the first `rows` rows of the sheet named `sheet`."""
    marks = Marks()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        path = _path(package, sheet)
        if path is None or path not in package.namelist():
            return marks
        with package.open(path) as stream:
            rest, passed = b"", False
            while piece := stream.read(PIECE):
                text = rest + piece
                cut = max(text.rfind(tag) for tag in STARTS)
                text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
                passed = _note(text, rows, marks, passed)
            _note(rest, rows, marks, passed)
    return marks


def _path(package: zipfile.ZipFile, sheet: str) -> str | None:
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    links = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        if unescape(_attribute(tag, "name")) == sheet:
            key = _attribute(tag, "r:id")
            for link in re.findall(r"<Relationship\b[^>]*>", links):
                if _attribute(link, "Id") == key:
                    target = _attribute(link, "Target")
                    return target[1:] if target.startswith("/") else normpath(f"xl/{target}")
    return None


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{re.escape(name)}\s*=\s*"([^"]*)"', tag)
    return found.group(1) if found else ""


def _note(text: bytes, rows: int, marks: Marks, passed: bool) -> bool:
    """Note what stands in `text`; True once the last row of data has passed, from where only merges matter."""
    for first, top, end, bottom in MERGE.findall(text):
        if int(top) <= rows:
            marks.merged.append((int(top), int(bottom), f"{(first + top).decode()}:{(end + bottom).decode()}"))
    if passed:
        return True
    for cell in CELL.finditer(text):
        spot = int(cell.group(2)), cell.group(1).decode()
        if cell.group(4):
            marks.formulas.add(spot)
        if ERROR.search(cell.group(3)):
            marks.errors.add(spot)
    for row in ROW.finditer(text):
        if int(row.group(1)) > rows:
            return True
        if HIDDEN.search(row.group()):
            marks.hidden.add(int(row.group(1)))
    return False
