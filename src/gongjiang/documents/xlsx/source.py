"""Open what people upload: xlsx, xls or csv in any of the usual encodings, as plain rows of raw values."""

import codecs
import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from gongjiang.documents.xlsx.old import survey_old
from gongjiang.documents.xlsx.package import Marks, survey
from gongjiang.kernel.errors import BadInput

LONGEST = 50_000_000
BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
QUOTED = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclass(frozen=True)
class Raw:
    """One sheet as read: `rows[0]` is the first row of the sheet, empty or not."""

    name: str
    rows: list[list[Any]]
    marks: Marks = field(default_factory=Marks)


def open_sheets(data: bytes, hidden: Collection[str] = ()) -> list[Raw]:
    """Every visible sheet of a workbook (and those with `hidden` names), or the one of a CSV file. Raises BadInput for
    what can't be read."""
    if not data:
        raise BadInput("文件是空的，请重新选择文件。", "The file is empty.")
    if data.startswith(BINARY):
        return _workbook(data, hidden)
    return [Raw("CSV", _csv(data))]


def _workbook(data: bytes, hidden: Collection[str]) -> list[Raw]:
    try:
        marks, data = survey(data) if data.startswith(b"PK") else (survey_old(data), data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            del data
            shown = [
                (index, sheet)
                for index, sheet in enumerate(book.sheets_metadata)
                if sheet.typ == SheetTypeEnum.WorkSheet
                and (sheet.visible == SheetVisibleEnum.Visible or sheet.name in hidden)
            ]
            return [_sheet(book, index, sheet.name, marks.get(sheet.name, Marks())) for index, sheet in shown]
    except PasswordError as wrong:
        raise BadInput("文件设有密码，请取消密码后再上传。", "The workbook is encrypted.") from wrong
    except (CalamineError, zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, KeyError) as wrong:
        raise BadInput("文件无法作为Excel打开，请另存为.xlsx后再上传。", "Not a readable workbook.") from wrong


def _sheet(book: CalamineWorkbook, index: int, name: str, marks: Marks) -> Raw:
    return Raw(name, book.get_sheet_by_index(index).to_python(skip_empty_area=False), marks)


def _csv(data: bytes) -> list[list[Any]]:
    text = _decode(data)
    first = text[: text.find("\n") + 1] or text
    mark = max(",\t;", key=first.count)
    csv.field_size_limit(
        max(csv.field_size_limit(), LONGEST)
    )  # a cell too long is told as a cell, not as a broken file
    reader = csv.reader(io.StringIO(text, ""), delimiter=mark)
    try:
        return [[QUOTED.sub(r"\1", cell) if cell[:1] == "=" else cell for cell in row] for row in reader]
    except csv.Error as wrong:
        text = f"CSV文件第{reader.line_num}行格式有误，请用Excel另存为.xlsx后再上传。"
        raise BadInput(text, f"Not a readable CSV file: line {reader.line_num}.") from wrong


def _decode(data: bytes) -> str:
    """UTF-8 or GB 18030, with or without a mark; also GBK behind a UTF-8 mark, which some tools write."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings, bare = ["utf-16"], data
    else:
        encodings, bare = ["utf-8", "gb18030"], data.removeprefix(codecs.BOM_UTF8)
    for encoding in encodings:
        try:
            text = bare.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadInput("文件不是Excel，也不是UTF-8或GBK编码的CSV。", "Neither a workbook nor a CSV in UTF-8 or GBK.")
