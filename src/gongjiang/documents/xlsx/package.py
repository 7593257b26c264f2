"""An xlsx file looked over before anything opens it: how large it really is, what it must not hold, and what the fast
reader doesn't tell about its sheets: hidden rows, merged cells, formulas, errors.

Each part is unpacked once, in pieces, and searched by pattern: never parsed as XML, so no entity can blow up; what a
part says of its own size is not believed; a million blank rows below the data cost little.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from posixpath import normpath

from gongjiang.documents.xlsx.rows import number_of
from gongjiang.kernel.errors import BadInput

PIECE = 1 << 20
LARGEST = 500_000_000
MOST_PARTS = 5_000
MOST_CELLS = 110_000_000
"""Cells of the rectangle from A1 to the last value: as many a reader may have to hold."""
STARTS = (b"<row", b"<c ", b"<mergeCell ")
ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
CELL = re.compile(rb'<c\b(?=[^>]*\br="([A-Z]{1,3})(\d+)")([^>]*[^/])>(<f\b)?')
ERROR = re.compile(rb'\bt="e"')
MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
FAR = re.compile(rb'\br="([D-Z][A-Z]|[A-Z]{3})\d+"[^>]*[^/>]><[vif]')
FAR_TAG = re.compile(rb'<c\b[^>]*?\br="(?:[D-Z][A-Z]|[A-Z]{3})\d')
NEAR = 104
"""Columns A to CZ, which FAR doesn't look at."""
ENDS = (b"</v>", b"</t>", b"</f>")


@dataclass
class Marks:
    """Row numbers count from 1; cells are (row, column letters); merged ones are (first row, last row, text).

    `last_row`, `width`: where the last value stands; beyond are at most blank cells.
    """

    hidden: set[int] = field(default_factory=set)
    formulas: set[tuple[int, str]] = field(default_factory=set)
    errors: set[tuple[int, str]] = field(default_factory=set)
    merged: list[tuple[int, int, str]] = field(default_factory=list)
    last_row: int = 0
    width: int = NEAR


def survey(data: bytes) -> dict[str, Marks]:
    """The marks of every sheet by its name. Raises BadInput for what is no plain workbook, or is dangerous to open."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entries = package.infolist()
        if len(entries) > MOST_PARTS:
            raise _too_large()
        found, small, total = dict[str, Marks](), dict[str, bytes](), 0
        for entry in entries:
            sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
            marks = found.setdefault(entry.filename, Marks()) if sheet else None
            rest = b""
            for number, piece in enumerate(pieces(data, entry)):
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
        names = sheet_paths(package)
    told = {name: found[path] for name, path in names.items() if path in found}
    for name, one in told.items():
        if one.last_row * one.width > MOST_CELLS:
            raise BadInput(
                f"第{one.last_row}行、第{one.width}列附近还有内容，离表格太远，请删除后再上传。",
                "A value stands too far away from the table.",
                place=name,
            )
    return told


def pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part of a package unpacked piece by piece, whatever length it claims to have."""
    names = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + sum(names)
    packed = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (packed[at : at + PIECE] for at in range(0, len(packed), PIECE))
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        flow = zlib.decompressobj(-15)
        while piece := flow.decompress(packed, PIECE):
            yield piece
            packed = flow.unconsumed_tail
    else:
        raise zipfile.BadZipFile("another way of packing")


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
    if "word/document.xml" in names:
        raise BadInput("这是Word文件，不是Excel。请上传.xlsx格式的表格。", "A Word file, not a workbook.")


def _note(text: bytes, marks: Marks, *, last: bool = False) -> bytes:
    """Note what stands in `text`; what is left of it for the next piece."""
    cut = -1 if last else text.rfind(b"<row")
    if cut <= 0 and not last:
        cut = max(text.rfind(tag) for tag in STARTS)
    text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
    if b"<mergeCell " in text:
        for first, top, end, bottom in MERGE.findall(text):
            marks.merged.append((int(top), int(bottom), f"{(first + top).decode()}:{(end + bottom).decode()}"))
    if b"<f" in text or b't="e"' in text:
        for cell in CELL.finditer(text):
            spot = int(cell.group(2)), cell.group(1).decode()
            if cell.group(4):
                marks.formulas.add(spot)
            if ERROR.search(cell.group(3)):
                marks.errors.add(spot)
    _extent(text, marks)
    if b"hidden=" in text:
        numbers = (int(row.group(1)) for row in ROW.finditer(text) if HIDDEN.search(row.group()))
        marks.hidden.update(one for one in numbers if one <= marks.last_row)
    return rest


def _extent(text: bytes, marks: Marks) -> None:
    """How far down and to the right there are values."""
    end = max(text.rfind(one) for one in ENDS)
    if end < 0:
        return
    row = ROW.match(text, text.rfind(b"<row", 0, end)) if b"<row" in text[:end] else None
    marks.last_row = max(marks.last_row, int(row.group(1)) if row else marks.last_row)
    if any(FAR_TAG.match(row, row.rfind(b"<c ")) for row in text.split(b"</row>")):
        for cell in FAR.finditer(text, 0, end):
            marks.width = max(marks.width, number_of(cell.group(1).decode()))
