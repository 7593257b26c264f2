"""What a reader opens is a copy of what was looked at: it says the same, and says it once."""

import io
import zipfile

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.documents.test_xlsx_hostile import SHEET, changed, part
from tests.documents.test_xlsx_read import HEADER, ROW, workbook

from gongjiang.documents.xlsx.package import survey
from gongjiang.documents.xlsx.source import open_sheets


def merged() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.merge_range("A1:C1", "汇总表")
    sheet.write_row("A2", ["甲", 2.5, True])
    book.add_worksheet("另一张").write("B2", " 乙 ")
    book.close()
    return out.getvalue()


def rows(data: bytes) -> list[list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


@pytest.mark.parametrize("data", [merged(), workbook(HEADER, ROW)], ids=["merged", "plain"])
def test_the_copy_says_what_the_file_says(data: bytes) -> None:
    marks, copy = survey(data)
    assert rows(copy) == rows(data) == [one.rows for one in open_sheets(data)]
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        assert {one.compress_type for one in package.infolist()} == {zipfile.ZIP_STORED}
        assert package.testzip() is None
    assert [one for mark in marks.values() for one in mark.merged] == ([(1, 1, "A1:C1")] if "表" in marks else [])


def test_the_reader_finds_nothing_merged_and_we_do() -> None:
    marks, copy = survey(merged())
    assert marks["表"].merged == [(1, 1, "A1:C1")]
    assert CalamineWorkbook.from_filelike(io.BytesIO(copy)).get_sheet_by_name("表").merged_cell_ranges == []


@pytest.mark.parametrize("before", [b"<!-- <sheetData> -->", b"<sheetData/>"])
def test_wherever_the_word_stands_first_the_values_stay(before: bytes) -> None:
    data = workbook(HEADER, ROW)
    odd = changed(data, **{SHEET: part(data, SHEET).replace(b"<sheetData>", before + b"<sheetData>", 1)})
    assert rows(survey(odd)[1]) == rows(odd)


def test_a_very_large_package_is_opened_as_it_came() -> None:
    large = changed(workbook(HEADER, ROW), **{"xl/media/a.bin": bytes(70 << 20)})
    assert survey(large)[1] is large
    assert open_sheets(large)[0].rows == open_sheets(workbook(HEADER, ROW))[0].rows
