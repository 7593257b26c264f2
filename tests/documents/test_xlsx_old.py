"""Workbooks of 1997 (.xls): what the fast reader leaves out is told all the same."""

import struct

import pytest
from tests.documents.test_xlsx_read import HEADER

from gongjiang.documents.xlsx import read_summary
from gongjiang.documents.xlsx.old import survey_old

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SIZE = 512


def record(kind: int, *parts: bytes) -> bytes:
    said = b"".join(parts)
    return struct.pack("<HH", kind, len(said)) + said


def label(row: int, column: int, text: str) -> bytes:
    wide = text.encode("utf-16-le")
    return record(0x204, struct.pack("<3HHB", row, column, 0, len(text), 1), wide)


def book(*records: bytes, name: str = "汇总") -> bytes:
    """A workbook with one sheet, in a file of sectors."""
    start = record(0x809, struct.pack("<2H2H2I", 0x600, 5, 0, 0, 0, 0x600))
    bound = 4 + 8 + 2 * len(name)
    at = len(start) + bound + 4
    told = struct.pack("<IBBBB", at, 0, 0, len(name), 1) + name.encode("utf-16-le")
    sheet = record(0x809, struct.pack("<2H2H2I", 0x600, 0x10, 0, 0, 0, 0x600)) + b"".join(records) + record(0x0A)
    stream = (start + record(0x85, told) + record(0x0A) + sheet).ljust(8 * SIZE, b"\0")
    sectors = len(stream) // SIZE
    table = [TABLE, END, *range(3, 2 + sectors), END]
    head = bytearray(SIZE)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<5H", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<8I", head, 44, 1, 1, 0, 4096, END, 0, END, 0)
    struct.pack_into("<109I", head, 76, 0, *[FREE] * 108)
    folder = entry("Root Entry", 5, END, 0, child=1) + entry("Workbook", 2, 2, len(stream))
    fat = struct.pack(f"<{SIZE // 4}I", *table, *[FREE] * (SIZE // 4 - len(table)))
    return bytes(head) + fat + folder.ljust(SIZE, b"\0") + stream


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    wide = name.encode("utf-16-le")
    links = struct.pack("<HBB3I", len(wide) + 2, kind, 1, FREE, FREE, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def filled(*more: bytes) -> bytes:
    heads = [label(0, n, one) for n, one in enumerate(HEADER)]
    return book(*heads, label(1, 0, "1"), label(1, 1, "何焊平"), label(1, 2, "男"), *more)


def test_an_error_is_told_at_its_cell_and_not_taken_for_a_blank() -> None:
    wrong = record(0x205, struct.pack("<3H2B", 1, 3, 0, 0x17, 1))
    result = bytes((2, 0, 0x07, 0, 0, 0, 255, 255))
    lost = label(2, 1, "岑铸山") + record(0x06, struct.pack("<3H", 2, 2, 0), result, bytes(8))
    found = read_summary(filled(wrong, lost), HEADER)
    assert [(one.row, one.column, one.message) for one in found.problems] == [
        (2, "D", "公式结果是错误值，请改为填写内容。"),
        (3, "C", "公式结果是错误值，请改为填写内容。"),
    ]


def test_hidden_rows_and_merged_cells_are_noted() -> None:
    hidden = record(0x208, struct.pack("<8H", 1, 0, 5, 255, 0, 0, 0x20, 0))
    merged = record(0xE5, struct.pack("<5H", 1, 1, 2, 1, 1))
    notes = read_summary(filled(hidden, merged), HEADER).notes
    assert "第2行是隐藏行，已读入，请核对。" in notes
    assert "合并单元格 B2:B3：只有左上角一格有内容，其余按空白读入，请核对。" in notes


def test_a_truth_is_no_error_and_a_file_of_another_make_has_no_marks() -> None:
    truth = record(0x205, struct.pack("<3H2B", 1, 3, 0, 1, 0))
    assert read_summary(filled(truth), HEADER).problems == ()
    assert survey_old(b"\xd0\xcf\x11\xe0" + bytes(100)) == {}


@pytest.mark.parametrize("at", [44, 48, 68, 76, SIZE, SIZE + 8, 2 * SIZE + 128 + 116])
def test_sectors_that_lead_in_a_circle_or_nowhere_cost_nothing(at: int) -> None:
    for said in (2, 3, 0x00FFFFFF, END):
        data = bytearray(filled())
        struct.pack_into("<I", data, at, said)
        assert len(survey_old(bytes(data))) <= 1
