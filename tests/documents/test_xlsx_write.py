"""What is text stays text; a list written and read back is the same list."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.documents.xlsx import SummarySheet, read_summary, write_list, write_summary
from gongjiang.documents.xlsx.rows import letters
from gongjiang.kernel.errors import BadInput

COLUMNS = """
序号 姓名 性别 出生年月 民族 学历 政治面貌 身份证号 工作单位 职务 行业 工种 职称 技术等级 何时参加工作 生产现场工作年限
单位性质 人员结构 是否农民工 主要荣誉 技术技能（工匠）奖项 同行高级专家1姓名单位职务 同行高级专家2姓名单位职务
同行高级专家3姓名单位职务 推荐理由 一句话推荐理由 单位地址 邮编 推荐对象联系电话 推荐单位 推荐单位联系人 联系人电话
"""
NATIONAL = tuple(COLUMNS.split())
INJECTIONS = ["=1+1", "=cmd|'/c calc'!A0", "+86 100", "-1", "@SUM(A1)", "\t=1", "http://x.invalid", "{=1}", "'=1"]


def texts() -> st.SearchStrategy[str]:
    """What a person may type in a cell: any characters but controls, no outer blanks."""
    letters_ = st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="\ufffe\uffff")
    return st.text(letters_ | st.sampled_from("\n 　=+-@,\"'_x0041"), max_size=30).map(str.strip)


@pytest.mark.ledger("N-15", "X-03")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["何焊平", "=A1"]), texts(), texts()), max_size=6))
def test_written_and_read_is_the_same(rows: list[tuple[str, str, str]]) -> None:
    header = ("姓名", "工作单位", "推荐理由（300字以内）")
    found = read_summary(write_summary(SummarySheet("汇总表", header, tuple(rows))), header)
    assert [tuple(row.values.values()) for row in found.rows] == rows
    assert found.problems == ()


@pytest.mark.parametrize("text", INJECTIONS)
def test_formulas_stay_text(text: str) -> None:
    made = write_list("名单", ["姓名"], [[text]])
    cell = openpyxl.load_workbook(io.BytesIO(made)).active["A3"]
    assert (cell.data_type, cell.value) == ("s", text)
    sheet = zipfile.ZipFile(io.BytesIO(made)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_numbers_stay_numbers_unless_a_workbook_would_change_them() -> None:
    values = [1, 2.5, Decimal("36.75"), 10**17, float("nan"), float("inf"), Decimal("0.1234567890123456789"), None]
    made = write_list("数", [f"列{index}" for index in range(len(values))], [values])
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(made)).active[3]]
    assert row == [1, 2.5, 36.75, "100000000000000000", "nan", "inf", "0.1234567890123456789", None]


def test_official_sheet_shape() -> None:
    example = ("示例", "某某某", "男", "1980.6")
    sheet = SummarySheet(
        "大国工匠培育对象推荐汇总表", NATIONAL, ((1, "岑铸山", "女", "1979.11"),), example, ("注：一人一行。",)
    )
    made = write_summary(sheet)
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    assert page["A1"].value == "大国工匠培育对象推荐汇总表"
    assert [cell.value for cell in page[2]] == list(NATIONAL)
    assert len(NATIONAL) == 32
    assert [cell.value for cell in page[3]][:4] == ["示例", "某某某", "男", "1980.6"]
    assert page.freeze_panes == "C3"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8)
    assert page.column_dimensions["H"].width >= 6
    assert page["D4"].number_format == "@"
    assert [row.values["姓名"] for row in read_summary(made, NATIONAL).rows] == ["岑铸山"]
    assert write_summary(sheet) == made


def widths_of(made: bytes) -> list[int]:
    """Characters of each column, as the sheet says; a part of one is what Excel keeps around a text."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        text = package.read("xl/worksheets/sheet1.xml").decode()
    columns = re.findall(r'<col min="(\d+)" max="(\d+)" width="(\d+)', text)
    return [int(width) for first, last, width in columns for _ in range(int(first), int(last) + 1)]


def test_a_wide_sheet_can_be_read_on_one_page_across() -> None:
    """On A3 all columns at seven tenths; numbers are whole, a long text takes what is left, rows are as high as it."""
    at = NATIONAL.index("推荐理由")
    row = ["何焊平"] * 32
    row[NATIONAL.index("身份证号")], row[at] = "990000198506150017", "长" * 300
    made = write_summary(SummarySheet("表", NATIONAL, (tuple(row),)))
    page, widths = openpyxl.load_workbook(io.BytesIO(made)).active, widths_of(made)
    assert (len(widths), sum(widths)) == (32, 286)
    assert max(widths) == widths[at] == 60
    assert widths[NATIONAL.index("身份证号")] == 22
    assert [page.row_dimensions[n].height for n in (2, 3)] == [45, 166.5]
    assert page.page_setup.fitToHeight == 0  # as many pages down as it takes, one across


def test_a_narrow_list_is_no_wider_than_it_says() -> None:
    made = write_list("名单", ["序号", "姓名"], [[1, "何焊平"], [2, "古丽·样例·买买提"]])
    assert widths_of(made) == [6, 21]
    assert openpyxl.load_workbook(io.BytesIO(made)).active.row_dimensions[3].height == 18


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    assert write_list("名单", ["事迹"], [["长" * 32767]])
    with pytest.raises(BadInput, match=r"第3行 事迹.*32767"):
        write_list("名单", ["事迹"], [["长" * 32768]])


def test_more_values_than_columns_is_our_fault() -> None:
    with pytest.raises(ValueError, match="row 3 has 2 values for 1 columns"):
        write_list("名单", ["姓名"], [["何焊平", "多"]])


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (31, "AF"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(column: int, name: str) -> None:
    assert letters(column) == name
