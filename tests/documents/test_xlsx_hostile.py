"""Workbooks that are meant to harm, or that programs have spoiled: each is told by name, none is opened blindly."""

import io
import struct
import zipfile

import pytest
import xlsxwriter
from openpyxl import load_workbook
from tests.documents.test_xlsx_read import HEADER, ROW, workbook

from gongjiang.documents.xlsx import read_summary
from gongjiang.documents.xlsx.anew import mark_anew
from gongjiang.documents.xlsx.annotate import annotate
from gongjiang.documents.xlsx.marking import Mark
from gongjiang.documents.xlsx.stream import stream_list
from gongjiang.kernel.errors import BadInput

SHEET = "xl/worksheets/sheet1.xml"
DANGEROUS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+8610000000001", "-1", "\t=1", '=HYPERLINK("http://x")')


def changed(data: bytes, **parts: bytes) -> bytes:
    """The package with parts replaced (by the end of their name) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in names:
            target.writestr(name, parts.get(name, source.read(name)))
        for name, text in parts.items():
            if name not in names:
                target.writestr(name, text)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


def test_an_entity_bomb_is_refused_by_name() -> None:
    data = workbook(HEADER, ROW)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + part(data, SHEET)[38:]
    with pytest.raises(BadInput, match="实体定义"):
        read_summary(changed(data, **{SHEET: bomb}), HEADER)


def test_macros_and_word_files_are_refused_by_name() -> None:
    data = workbook(HEADER, ROW)
    with pytest.raises(BadInput, match="宏"):
        read_summary(changed(data, **{"xl/vbaProject.bin": b"x"}), HEADER)
    kinds = part(data, "[Content_Types].xml").replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    with pytest.raises(BadInput, match="宏"):
        read_summary(changed(data, **{"[Content_Types].xml": kinds}), HEADER)
    with pytest.raises(BadInput, match="这是Word文件"):
        read_summary(changed(data, **{"word/document.xml": b"<x/>"}), HEADER)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<x/>")
    with pytest.raises(BadInput, match=r"这是ODS表格（LibreOffice的格式），请另存为\.xlsx后再上传。"):
        read_summary(out.getvalue(), HEADER)


def test_a_part_that_lies_about_its_size_is_weighed_as_it_unpacks() -> None:
    data = bytearray(changed(workbook(HEADER, ROW), **{"xl/media/a.xml": bytes(600_000_000)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as package:
        info = package.getinfo("xl/media/a.xml")
    size = struct.pack("<I", 600_000_000)
    at = data.rindex(size)
    data[at : at + 4] = struct.pack("<I", 1000)
    assert info.file_size == 600_000_000
    with pytest.raises(BadInput, match="过大"):
        read_summary(bytes(data), HEADER)


def test_a_value_at_the_far_corner_does_not_fill_the_memory() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("汇总表")
    page.write_row(0, 0, HEADER)
    page.write_string(1_048_575, 16_383, "远")
    book.close()
    with pytest.raises(BadInput, match="离表格太远"):
        read_summary(out.getvalue(), HEADER)


VALUE = b"<v>1</v></c>"


def with_rows(rows: bytes, name: str = SHEET) -> bytes:
    """A workbook whose sheet has just these rows."""
    data = workbook(HEADER)
    text = part(data, SHEET)
    head, tail = text.split(b"<sheetData>")[0], text.split(b"</sheetData>")[1]
    text = head + b"<sheetData>" + rows + b"</sheetData>" + tail
    if name == SHEET:
        return changed(data, **{SHEET: text})
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for one in source.namelist():
            target.writestr(name if one == SHEET else one, text if one == SHEET else source.read(one))
    return out.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        b"<row r='1'><c r='A1'>" + VALUE + b"</row><row r='1048576'><c r='XFD1048576'>" + VALUE + b"</row>",
        b'<row r="1"><c r="A1">' + VALUE + b'</row><row\tr="1048576"><c\nr="XFD1048576">' + VALUE + b"</row>",
        b'<row r="1"><c r="A1">' + VALUE + b'<c s="1"r = "XFD1048576">' + VALUE + b"</row>",
        b'<row r="1"><c r="A1">' + VALUE + b'</row><x:row r="1048576"><x:c r="XFD1048576">' + VALUE + b"</x:row>",
        b'<row r="1"><c r="A1">' + VALUE + b'<c r="xfd1048576">' + VALUE + b"</row>",
        b'<row r="1"><c r="XFD1">' + VALUE + b'</row><row r="1048576"><c>' + VALUE + b"</row>",
        b'<row r="1"><c r="A1">' + VALUE + b'<c t="> r=\'A1\'" r="XFD1048576">' + VALUE + b"</row>",
        b'<row r="1"><c r="A1">' + VALUE + b'<c r="A4000000000">' + VALUE + b"</row>",
    ],
)
def test_no_way_of_writing_hides_how_far_a_value_stands(rows: bytes) -> None:
    with pytest.raises(BadInput, match=r"离表格太远|无法作为Excel打开"):
        read_summary(with_rows(rows), HEADER)


@pytest.mark.parametrize("name", ["XL/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml"])
def test_a_sheet_under_another_name_is_looked_over_too(name: str) -> None:
    rows = b'<row r="1"><c r="A1">' + VALUE + b'</row><row r="1048576"><c r="XFD1048576">' + VALUE + b"</row>"
    with pytest.raises(BadInput, match="离表格太远"):
        read_summary(with_rows(rows, name), HEADER)


def test_two_parts_of_one_name_are_refused() -> None:
    with pytest.raises(BadInput, match="无法作为Excel打开"):
        read_summary(changed(workbook(HEADER, ROW), **{SHEET.upper(): b"<worksheet/>"}), HEADER)


def test_rows_and_cells_that_do_not_say_where_they_are_are_read() -> None:
    cells = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % one.encode() for one in HEADER)
    values = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % str(one).encode() for one in ROW)
    found = read_summary(with_rows(b"<row>" + cells + b"</row><row>" + values + b"</row>"), HEADER)
    assert [row.values["姓名"] for row in found.rows] == [ROW[1]]


def test_a_tag_of_megabytes_is_refused() -> None:
    rows = b'<row r="1"><c r="A1" a="' + b"x" * 12_000_000 + b'">' + VALUE + b"</row>"
    with pytest.raises(BadInput, match="过大"):
        read_summary(with_rows(rows), HEADER)


def test_formulas_are_never_made_of_text() -> None:
    rows = [[n, text, text] for n, text in enumerate(DANGEROUS, 1)]
    made = b"".join(stream_list("名单", ("序号", "姓名", "=x"), rows, "名单"))
    page = load_workbook(io.BytesIO(made)).worksheets[0]
    assert [page.cell(n, 2).data_type for n in range(3, 3 + len(rows))] == ["s"] * len(rows)
    assert [page.cell(n, 2).value for n in range(3, 3 + len(rows))] == list(DANGEROUS)
    back = read_summary(made, ("序号", "姓名", "=x"))
    assert [row.values["姓名"] for row in back.rows] == [one.strip() for one in DANGEROUS]


def test_a_streamed_list_has_what_is_hard_to_write() -> None:
    texts = ("𠮷田·㐂", "<b>&amp;", "两\n行", " 前后 ", "控\x01制")
    made = b"".join(stream_list("标题&", ("姓名",), [[one] for one in texts], "名单"))
    page = load_workbook(io.BytesIO(made)).worksheets[0]
    assert [page.cell(n, 1).value for n in range(3, 8)] == ["𠮷田·㐂", "<b>&amp;", "两\n行", " 前后 ", "控制"]
    assert page["A1"].value == "标题&"


def test_marks_are_put_among_what_people_left_there() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("汇总表")
    bold = book.add_format({"bold": True, "num_format": "0.00", "bg_color": "#00FF00"})
    for at, row in enumerate((HEADER, ROW)):
        for column, value in enumerate(row):
            page.write(at, column, value, bold)
    page.write_comment(1, 1, "请核对", {"author": "某人"})
    page.write_comment(1, 3, "别的话", {"author": "某人"})
    page.set_column(1, 1, 33)
    book.close()
    marks = [
        Mark(2, 1, "姓名", "何焊平", "重名。", "核对。", "汇总表"),
        Mark(2, 7, "备注", "", "没有填。", "", "汇总表"),
    ]
    once = annotate(out.getvalue(), ["汇总表"], marks)
    page = load_workbook(io.BytesIO(once))["汇总表"]
    assert page["B2"].font.b
    assert page["B2"].number_format == "0.00"
    assert page["B2"].fill.fgColor.rgb == page["H2"].fill.fgColor.rgb == "FFFFC7CE"
    assert page["B2"].comment.text == "请核对\n重名。\n核对。"
    assert page["D2"].comment.text == "别的话"
    assert page.column_dimensions["B"].width == pytest.approx(33.7, abs=1)
    twice = load_workbook(io.BytesIO(annotate(once, ["汇总表"], [])))["汇总表"]
    assert twice["B2"].fill.fgColor.rgb != "FFFFC7CE"
    assert twice["B2"].comment is None
    assert twice["D2"].comment.text == "别的话"
    assert twice["B2"].value == "何焊平"
    assert annotate(once, ["汇总表"], marks) == annotate(once, ["汇总表"], marks)


def test_a_csv_comes_back_as_a_marked_workbook() -> None:
    made = mark_anew("汇总表", [list(HEADER), ["1", "=何"]], [Mark(2, 1, "姓名", "=何", "不对。", "改。", "汇总表")])
    book = load_workbook(io.BytesIO(made))
    assert book["汇总表"]["B2"].value == "=何"
    assert book["汇总表"]["B2"].data_type == "s"
    assert book["汇总表"]["B2"].comment.text == "不对。\n改。"
    assert [one.value for one in book["错误"][2]] == ["汇总表", "B2", "姓名", "=何", "不对。", "改。"]
