"""Sheets as people really hand them in."""

import codecs
import io
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from gongjiang.documents.xlsx import read_summary, write_summary
from gongjiang.documents.xlsx.write import SummarySheet
from gongjiang.kernel.errors import BadInput

HEADER = ("序号", "姓名", "身份证号", "工作单位")
ROW = (1, "何焊平", "990000198506150017", "样例重工")


def workbook(*rows: tuple[Any, ...], **options: Any) -> bytes:
    """A workbook of `rows`; `hidden` and `merge` as xlsxwriter takes them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet("汇总表")
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for index, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(at, index, value, dates)
            elif isinstance(value, tuple):
                page.write_formula(at, index, *value)
            elif isinstance(value, str):
                page.write_string(at, index, value)
            else:
                page.write(at, index, value)
    for at in options.get("hidden", ()):
        page.set_row(at, None, None, {"hidden": True})
    for area, text in options.get("merge", {}).items():
        page.merge_range(area, text)
    book.close()
    return out.getvalue()


def names(data: bytes) -> list[str]:
    return [row.values["姓名"] for row in read_summary(data, HEADER).rows]


def test_titles_above_moved_columns_and_odd_spacing() -> None:
    data = workbook(
        ("附件2",),
        ("汇总表",),
        (),
        ("姓 名", "工作\n单位", "序号", "备注", "身份证号 "),
        ("何焊平", "样例重工", 1, "无", "X"),
    )
    found = read_summary(data, HEADER)
    assert found.header_row == 4
    assert found.rows[0].number == 5
    assert found.rows[0].values == {"序号": "1", "姓名": "何焊平", "身份证号": "X", "工作单位": "样例重工"}
    assert found.rows[0].cell("身份证号").address == "E5"
    assert found.notes == ("未使用的列：备注。",)


def test_full_width_brackets_match() -> None:
    data = workbook(("姓名", "推荐理由(300字以内)"), ("何焊平", "好"))
    assert read_summary(data, ("姓名", "推荐理由（300字以内）")).rows[0].values["推荐理由（300字以内）"] == "好"


def test_missing_and_doubled_columns_are_named() -> None:
    with pytest.raises(BadInput, match="汇总表 第1行：缺少列：身份证号、工作单位"):
        read_summary(workbook(("序号", "姓名")), HEADER)
    with pytest.raises(BadInput, match="列名重复：姓名"):
        read_summary(workbook((*HEADER, "姓 名"), ROW), HEADER)
    with pytest.raises(BadInput, match="没有找到表头"):
        read_summary(workbook(("甲", "乙")), HEADER)
    assert read_summary(workbook(("姓名",), ("何焊平",)), HEADER, optional=HEADER).rows[0].values == {"姓名": "何焊平"}


@pytest.mark.ledger("N-15")
def test_example_blank_numbered_and_remark_rows_are_left_out() -> None:
    example = ("示例", "某某某", "", "中车XX")
    data = workbook(HEADER, example, ROW, (), (2, "", "", ""), (3,), (4, "岑铸山"), ("注：一人一行。",))
    found = read_summary(data, HEADER)
    assert [(row.number, row.values["姓名"]) for row in found.rows] == [(3, "何焊平"), (7, "岑铸山")]
    assert found.notes == ("第2行：示例行，未读入。", "第8行：备注行，未读入。")


@pytest.mark.parametrize("value", [1.10105e17, 990000198506150017, "1.10105E+17", "9.90000198506e+17"])
def test_identity_numbers_that_excel_cut_are_problems(value: object) -> None:
    found = read_summary(workbook(HEADER, (1, "何焊平", value, "样例")), HEADER)
    assert len(found.problems) == 1
    assert str(found.problems[0]).startswith("第2行 C列（身份证号）：长数字被Excel改成了科学记数")


def test_numbers_dates_and_booleans_as_people_write_them() -> None:
    header = ("姓名", "电话", "出生年月", "年限", "农民工", "参加工作")
    found = read_summary(workbook(header, ("何焊平", 10000000017, 1980.6, 4.99, True, date(2004, 7, 1))), header)
    assert list(found.rows[0].values.values()) == ["何焊平", "10000000017", "1980.6", "4.99", "是", "2004-07-01"]
    assert [cell.kind for cell in found.rows[0].cells] == ["text", "number", "number", "number", "bool", "date"]
    assert found.problems == ()


def test_october_without_its_zero_is_pointed_out() -> None:
    header = ("姓名", "出生年月")
    assert read_summary(workbook(header, ("何焊平", 1980.1)), header).notes == (
        "B2（出生年月）为1980.1，Excel可能丢了末尾的0（1980.10），请核对。",
    )
    assert read_summary(workbook(header, ("何焊平", "1980.1")), header).notes == ()


def test_formulas_give_their_result_and_a_note() -> None:
    found = read_summary(workbook(HEADER, (1, ("=B9", None, "何焊平"), "X", "样例")), HEADER)
    assert found.rows[0].values["姓名"] == "何焊平"
    assert found.notes == ("B2是公式，已读入其结果，请核对。",)


def test_formula_errors_and_lost_results_are_problems() -> None:
    data = workbook(HEADER, (1, "何焊平", ("=NA()", None, "#N/A"), ("=B9", None, "")))
    assert [str(problem) for problem in read_summary(data, HEADER).problems] == [
        "第2行 C列（身份证号）：公式结果是错误值，请改为填写内容。",
        "第2行 D列（工作单位）：公式没有保存结果，请打开文件重新计算后保存，或改为填写内容。",
    ]


def test_hidden_rows_and_merged_cells_are_noted() -> None:
    data = workbook(HEADER, ROW, (2, "岑铸山"), (3, "温和礼"), hidden=[2], merge={"D3:D4": "样例铸造"})
    found = read_summary(data, HEADER)
    assert [row.values["工作单位"] for row in found.rows] == ["样例重工", "样例铸造", ""]
    assert found.notes[0] == "第3行是隐藏行，已读入，请核对。"
    assert found.notes[1].startswith("合并单元格 D3:D4：")


CSV = '序号,姓名,身份证号,工作单位\r\n1,何焊平,"=""990000198506150017""","样例,重工"\r\n'


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        codecs.BOM_UTF8 + CSV.encode(),
        CSV.encode("gb18030"),
        CSV.encode("gbk"),
        "\ufeff".encode("gb18030") + CSV.encode("gb18030"),
        codecs.BOM_UTF8 + CSV.encode("gbk"),
        CSV.encode("utf-16"),
    ],
)
def test_csv_in_any_usual_encoding(data: bytes) -> None:
    found = read_summary(data, HEADER)
    assert list(found.rows[0].values.values()) == ["1", "何焊平", "990000198506150017", "样例,重工"]


def test_csv_with_tabs() -> None:
    assert names("\t".join(HEADER).encode() + b"\n" + "1\t何焊平\tX\t样例".encode()) == ["何焊平"]


def test_rare_names() -> None:
    people = ["𠮷田㐂一", "买买提·吐尔逊", "阿" * 40]
    rows = tuple((None, name, "X", "样例") for name in people)
    assert names(write_summary(SummarySheet("汇总表", HEADER, rows))) == people


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 broken", b"\x00\x01\x02\xff"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match="文件"):
        read_summary(data, HEADER)


def test_zip_bomb_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(6):
            package.writestr(f"xl/worksheets/sheet{number}.xml", bytes(100_000_000))
    with pytest.raises(BadInput, match="过大"):
        read_summary(out.getvalue(), HEADER)


def test_the_header_may_stand_on_a_later_sheet() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("说明").write_string(0, 0, "请填第二张表")
    page = book.add_worksheet("名单")
    page.write_row(0, 0, HEADER)
    page.write_row(1, 0, ROW[:2])
    book.close()
    found = read_summary(out.getvalue(), HEADER)
    assert (found.sheet, [row.values["姓名"] for row in found.rows]) == ("名单", ["何焊平"])


def test_hundreds_of_thousands_of_blank_styled_rows_cost_little() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(HEADER, ROW))) as source, zipfile.ZipFile(out, "w", 8) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                blank = b'<row r="%d"><c r="A%d" s="1"/></row>'
                rows = b"".join(blank % (number, number) for number in range(3, 1_000_000))
                text = text.replace(b"</sheetData>", rows + b"</sheetData>")
            target.writestr(name, text)
    assert names(out.getvalue()) == ["何焊平"]


def test_thousands_of_rows_of_32_columns_are_read_whole() -> None:
    header = tuple(f"列{index}" for index in range(32))
    rows = tuple(tuple(f"{at}·{index}" for index in range(32)) for at in range(3_000))
    data = write_summary(SummarySheet("大表", header, rows))
    found = read_summary(data, header)
    assert len(found.rows) == 3_000
    assert found.rows[-1].values["列31"] == "2999·31"
