"""An xlsx file looked over before anything opens it: how large it really is, what it must not hold, and what the fast
reader doesn't tell about its sheets: hidden rows, merged cells, formulas, errors.

Each part is unpacked once, in pieces, and searched by pattern; what a part says of its own size is not believed; a
million blank rows below the data cost little. A parser is asked only where the tags don't tell how far values stand.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath

from gongjiang.documents.xlsx.extent import extent_of
from gongjiang.documents.xlsx.tags import look
from gongjiang.documents.xlsx.unpack import PIECE, Copy, ahead, pieces
from gongjiang.kernel.errors import BadInput

LARGEST = 500_000_000
MOST_PARTS = 5_000
SHEETS = "xl/worksheets/"
MOST_CELLS, CELL_BYTES = 8_000_000, 20
"""Cells of the rectangle from A1 to the last value: so many a reader may have to hold (40 bytes each), or as many as
the sheet has room for, if all were filled."""
LONGEST_TAG = 4 * PIECE
"""More without a single `<` is no table."""
STARTS = (b"<row", b"<c ", b"<mergeCell ")
ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
CELL = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,3})(\d+)")([^>]*[^/])>(<f\b)?')
ERROR = re.compile(rb'\bt="e"')
MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
ENDS = (b"</v>", b"</t>", b"</f>")


@dataclass
class Marks:
    """Row numbers count from 1; cells are (row, column letters); merged ones are (first row, last row, text).

    `rows`, `columns`: the furthest that any tag names, and whether that is `sure`; `size`: bytes of text.
    """

    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, str]] = field(default_factory=set)
    errors: set[tuple[int, str]] = field(default_factory=set)
    merged: list[tuple[int, int, str]] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    sure: bool = True
    size: int = 0

    def too_far(self) -> bool:
        """Would a reader have to hold more than it can?"""
        return self.rows * self.columns > max(MOST_CELLS, self.size // CELL_BYTES)


def survey(data: bytes) -> tuple[dict[str, Marks], bytes]:
    """The marks of every sheet by its name, and the package to open: a copy of it, made of what was looked at.

    Raises BadInput for what is no plain workbook, or is dangerous to open.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = {path_of(entry): entry for entry in package.infolist()}
        if len(entries) < len(package.infolist()):
            raise zipfile.BadZipFile("two parts of one name: readers may open either")
        if len(entries) > MOST_PARTS:
            raise _too_large()
        found = {path: Marks() for path in entries if path.startswith(SHEETS)}
        small, total, copy = dict[str, bytes](), 0, Copy()
        for path, entry in entries.items():
            marks, rest = found.get(path), b""
            unpacked = copy.keep(entry.filename, ahead(pieces(data, entry)), sheet=marks is not None)
            for number, piece in enumerate(unpacked):
                total += len(piece)
                if total > LARGEST:
                    raise _too_large()
                if not number:
                    _look_for_entities(entry.filename, piece)
                    small[entry.filename] = piece[:65_536]
                if marks is not None:
                    rest = _note(rest + piece, marks)
            if marks is not None:
                _note(rest, marks, last=True)
        _be_plain(set(package.namelist()), small.get("[Content_Types].xml", b""))
        names = {path.lower(): name for name, path in sheet_paths(package).items()}
    for path, marks in found.items():
        _be_near(marks, names.get(path, path), pieces(data, entries[path]))
    return {name: found[path] for path, name in names.items() if path in found}, copy.whole() or data


def path_of(entry: zipfile.ZipInfo) -> str:
    """The name of a part as readers look for it: in any case, with either slash."""
    return entry.filename.replace("\\", "/").lower()


def _be_near(marks: Marks, name: str, parts: Iterator[bytes]) -> None:
    """Raises BadInput where a value stands too far from A1; looks again where tags alone don't tell."""
    if not marks.sure or marks.too_far():
        marks.rows, marks.columns = extent_of(parts)
    if marks.too_far():
        raise BadInput(
            f"第{marks.rows}行、第{marks.columns}列附近还有内容，离表格太远，请删除后再上传。",
            "A value stands too far away from the table.",
            place=name,
        )


def sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet by its name."""
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    links = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {attribute(one, "Id"): attribute(one, "Target") for one in re.findall(r"<Relationship\b[^>]*>", links)}
    found = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        key = re.search(r'\s\w+:id\s*=\s*"([^"]*)"', tag)
        target = targets.get(key.group(1), "") if key else ""
        found[unescape(attribute(tag, "name"))] = target[1:] if target.startswith("/") else normpath(f"xl/{target}")
    return found


def attribute(tag: str, name: str) -> str:
    """An attribute of a tag; '' without it."""
    found = re.search(rf'(?<![\w:]){re.escape(name)}\s*=\s*"([^"]*)"', tag)
    return found.group(1) if found else ""


def _too_large() -> BadInput:
    return BadInput(
        "表格展开后过大，请删除数据以外的空白行列（选中后“删除”，不是“清除内容”）再上传。",
        "The workbook is too large when unpacked.",
    )


def _look_for_entities(name: str, piece: bytes) -> None:
    if name.endswith((".xml", ".rels")) and re.search(rb"<!(DOCTYPE|ENTITY)", piece.replace(b"\0", b"")):
        raise BadInput(
            f"文件里有实体定义（{name}），可能有害，没有打开。请用Excel或WPS另存为.xlsx后再上传。",
            "The workbook defines XML entities.",
        )


def _be_plain(names: set[str], types: bytes) -> None:
    """No macros, and a workbook rather than a Word file or an archive of something else."""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise BadInput(
            "文件带有宏（.xlsm、.docm等），不能上传。请另存为不含宏的.xlsx后再上传。", "Macros are not taken."
        )
    if "content.xml" in names:
        raise BadInput("这是ODS表格（LibreOffice的格式），请另存为.xlsx后再上传。", "An ODS sheet, not a workbook.")
    if "word/document.xml" in names:
        raise BadInput("这是Word文件，不是Excel。请上传.xlsx格式的表格。", "A Word file, not a workbook.")


def _note(text: bytes, marks: Marks, *, last: bool = False) -> bytes:
    """Note what stands in `text`; what is left of it for the next piece."""
    text, rest = (text, b"") if last else _whole(text)
    marks.size += len(text)
    seen = look(text)
    marks.rows, marks.columns = max(marks.rows, seen.rows), max(marks.columns, seen.columns)
    marks.sure &= seen.sure
    if b"<mergeCell " in text:
        for first, top, end, bottom in MERGE.findall(text):
            marks.merged.append((int(top), int(bottom), f"{(first + top).decode()}:{(end + bottom).decode()}"))
    if seen.formulas or seen.errors:
        for cell in CELL.finditer(text):
            spot = int(cell.group(2)), cell.group(1).decode()
            if cell.group(4):
                marks.formulas.add(spot)
            if ERROR.search(cell.group(3)):
                marks.errors.add(spot)
    if seen.hidden:  # those beyond the last value hide nothing
        end, numbers = _last_row(text), (int(row.group(1)) for row in ROW.finditer(text) if HIDDEN.search(row.group()))
        marks.hidden.update(one for one in numbers if one <= end)
    return rest


def _whole(text: bytes) -> tuple[bytes, bytes]:
    """Up to where a row begins, or a cell, or any tag; and the rest."""
    cut = text.rfind(b"<row")
    if cut <= 0:
        cut = max(text.rfind(tag) for tag in STARTS)
    if cut <= 0:
        cut = text.rfind(b"<")
    if cut <= 0 and len(text) > LONGEST_TAG:
        raise _too_large()
    return (text[:cut], text[cut:]) if cut > 0 else (b"", text)


def _last_row(text: bytes) -> int:
    """The row of the last value in `text`; 0 if there is none."""
    start = text.rfind(b"<row", 0, max(0, *(text.rfind(one) for one in ENDS)))
    row = ROW.match(text, start) if start >= 0 else None
    return int(row.group(1)) if row else 0
