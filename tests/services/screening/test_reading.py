"""Files of people: headings, rows of people, what is wrong and where; hostile files."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from gongjiang.catalogue.packs import load_pack
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.vector import TablePeople
from gongjiang.services.screening.reading import PeopleFile, read_people

ON = date(2026, 6, 30)
NANNING, NATIONAL = load_pack("nanning-2026"), load_pack("national-2024")
MEASURES, JIANGSU = load_pack("measures-2025"), load_pack("jiangsu-2026")


def workbook(**sheets: list[list[Any]]) -> bytes:
    """Sheets by name."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for n, row in enumerate(rows):
            page.write_row(n, 0, row)
    book.close()
    return out.getvalue()


def read(data: bytes) -> PeopleFile:
    """People of the Nanning pack."""
    return read_people(data, NANNING, ON)


def subject(file: PeopleFile, place: int) -> dict[str, Any]:
    """One person's facts, without blanks."""
    people = TablePeople(Facts(NANNING.vocabulary), file.table, file.groups)
    return {key: value for key, value in people.facts(place).subject.items() if value is not None}


def test_labels_ids_and_keys_mean_the_same_field() -> None:
    header = "姓名,years_in_trade,在南宁市区域内工作年限,case.route,是否具有工艺专长,工会会员"
    file = read(f"{header}\n何焊平,9.99,12年,单位推荐,绝技高招、其他,是\n".encode("gb18030"))
    assert subject(file, 0) == {
        "name": "何焊平", "years_in_trade": "9.99", "years_in_city": "12", "craft_speciality": ["unique", "other"],
        "union_member": True,
    }  # fmt: skip
    assert file.table["case.route"].to_list() == ["单位推荐"]
    assert file.problems == []


def test_rows_come_from_sheets_of_their_own() -> None:
    data = workbook(
        人员=[["附件2 汇总表"], ["编号", "姓名", "工会会员"], [1, "何焊平", "是"], [2, "岑铸山", "否"]],
        荣誉与称号=[
            ["编号", "类别", "级别", "年份"],
            [2, "技术能手", "国家级", 2020],
            [1, "首席技师", "市级", ""],
            [2, "劳动模范", "市级", 2019],
        ],
        备查=[["随便"], ["写的"]],
    )
    file = read(data)
    assert file.rows == [3, 4]
    assert file.groups["honours"].select("person", "kind", "year").rows() == [
        (0, "首席技师", None), (1, "技术能手", "2020"), (1, "劳动模范", "2019"),
    ]  # fmt: skip
    assert file.notes == ["未使用的工作表：备查。"]


def test_rows_come_from_json_and_from_parquet() -> None:
    cell = json.dumps([{"kind": "技术能手", "level": "国家级"}, {"类别": "劳动模范"}], ensure_ascii=False)
    table = pl.DataFrame(
        {"name": ["何焊平"], "honours": [cell], "contests": [[{"contest": "世界技能大赛", "rank": 3}]]}
    )
    out = io.BytesIO()
    table.write_parquet(out)
    file = read(out.getvalue())
    assert file.groups["honours"]["kind"].to_list() == ["技术能手", "劳动模范"]
    assert file.groups["contests"]["rank"].to_list() == ["3"]


def test_typed_columns_of_parquet_are_told_by_row_too_where_a_number_is_none() -> None:
    years = pl.Series([9.99, -1.0, float("nan"), 4.5])
    table = pl.DataFrame({"name": ["何焊平", "岑铸山", "温和礼", "陆试行"], "years_in_city": years})
    for kind, told in ((pl.Float64, [9.99, 4.5]), (pl.Float32, ["9.99", "4.5"])):
        out = io.BytesIO()
        table.cast({"years_in_city": kind}).write_parquet(out)
        file = read(out.getvalue())
        assert [(one.row, one.column) for one in file.problems] == [(2, "B"), (3, "B")]
        assert [str(one) for one in file.table["years_in_city"]] == [str(one) for one in told]
    out = io.BytesIO()
    table.head(1).write_parquet(out)
    assert read(out.getvalue()).table["years_in_city"].dtype == pl.Float64


def test_the_official_summary_sheet_is_read_with_its_experts() -> None:
    header = ["序号", "姓名", "生产现场工作年限", "是否农民工", "同行高级专家 1 姓名单位职务", "推荐单位"]
    data = workbook(
        汇总表=[["汇总表"], header, ["示例", "某某", 6], [1, "温和礼", 5.5, "否", "陆试行，乙院，教授，兼职", "北京"]]
    )
    file = read_people(data, NATIONAL, ON)
    assert file.names == ["温和礼"]
    assert file.table["years_on_site"].to_list() == ["5.5"]
    assert file.groups["experts"].rows() == [(0, "陆试行", "乙院", "教授，兼职")]
    assert file.notes == ["第3行：示例行，未读入。"]


def test_what_is_wrong_is_named_by_row_and_column_and_the_rest_is_done() -> None:
    data = workbook(
        人员=[["姓名", "出生年月", "从事本项（专业）工作年限", "工会会员", "身份证号"],
              ["何焊平", 1980.1, "十年", "是", ""], ["岑铸山", "1980.6", 10, "也许", ""],
              ["温和礼", "1990-05", "10.00001", "是", "990105194912310021"]],
    )  # fmt: skip
    file = read(data)
    told = [(one.row, one.column, one.heading) for one in file.problems]
    assert told == [
        (2, "B", "出生年月"),
        (2, "C", "从事本项（专业）工作年限"),
        (3, "D", "工会会员"),
        (4, "C", "从事本项（专业）工作年限"),
        (4, "E", "身份证号"),
    ]
    assert "1980-01 或 1980-10" in file.problems[0].text
    assert (file.total, file.rows) == (3, [])


def test_wrong_rows_of_people_and_strangers_are_told() -> None:
    data = workbook(
        人员=[["编号", "姓名"], [1, "何焊平"], [2, "岑铸山"]],
        contests=[
            ["编号", "赛事类别", "名次"],
            [1, "世界技能大赛", "第一"],
            [3, "世界技能大赛", 1],
            [2, "世界技能大赛", 2],
        ],
    )
    file = read(data)
    assert [str(one).partition("：")[0] for one in file.problems] == [
        "contests 第2行 C列（名次）",
        "contests 第3行 A列（编号）",
    ]
    assert file.names == ["岑铸山"]
    assert file.groups["contests"].rows() == [(0, "世界技能大赛", "2")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"\n\n", "文件里没有内容"),
        (b"%PDF-1.4\n", "这是PDF"),
        (b"PK\x03\x04broken", "无法作为Excel打开"),
        (b"PAR1broken", "无法作为Parquet打开"),
        (b"\x00\x01\x02", "文件不是Excel"),
        ("甲,乙\n1,2\n".encode(), "没有认出任何一列，文件的列名是：甲、乙。"),
        ("姓名,工会会员\n".encode(), "表里没有人"),
    ],
)
def test_other_files_are_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read(data)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        block = b"\0" * 10_000_000
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(51):
                part.write(block)
    with pytest.raises(BadInput, match="展开后过大"):
        read(out.getvalue())


def test_the_two_official_summary_sheets_are_read_whole() -> None:
    for pack, wide in ((NATIONAL, 32), (JIANGSU, 19)):
        header = [str(one.get("label")) for one in next(one for one in pack.forms if one.list).columns]
        assert len(header) == wide
        person = dict.fromkeys(header, "") | {"姓名": "何焊平", "出生年月": "1980.6", "生产现场工作年限": "6.99"}
        header = ["出生\n\n年月" if one == "出生年月" else one for one in header]
        example = ["示例", "张三", "男", "1980.6"]
        data = workbook(汇总表=[["附件"], ["推荐单位：甲会"], header, example, list(person.values()), [2], ["注：甲"]])
        file = read_people(data, pack, ON)
        assert (file.names, file.rows, file.problems) == (["何焊平"], [5], [])
        assert file.table.select("birth", "years_on_site").rows() == [("1980-06", "6.99")]
        assert not [one for one in file.notes if "未使用" in one]


def test_headings_with_units_are_known_and_others_are_named_with_a_guess() -> None:
    file = read("姓名*,从事本项（专业）工作年限（年）,工会成员,年龄段\n何焊平,12,是,甲\n".encode())
    assert file.table.columns == ["name", "years_in_trade", "case.award"]
    assert file.notes == ["未使用的列：工会成员。是否想写“工会会员”？", "未使用的列：年龄段。是否想写“年龄”？"]


def test_doubled_headings_formulas_hidden_rows_and_merged_cells_are_told() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("人员")
    for n, row in enumerate(
        [["姓名", "单位", "姓名", "从事本项（专业）工作年限"], ["何焊平", "甲厂", "别名", ""], ["岑铸山", "", "", 9]]
    ):
        page.write_row(n, 0, row)
    page.write_formula(1, 3, "=2024-2010", None, 14)
    page.merge_range(1, 1, 2, 1, "甲厂")
    page.set_row(2, None, None, {"hidden": True})
    book.close()
    file = read(out.getvalue())
    assert file.table["years_in_trade"].to_list() == ["14", "9"]
    assert file.notes[:4] == [
        "列名“姓名”重复：只读A列，未读C列。",
        "D列（从事本项（专业）工作年限）有1格是公式，读入的是其结果，请核对。",
        "第3行是隐藏行，已读入，请核对。",
        "合并单元格B2:B3：只有左上角一格有内容，其余按空白读入，请核对。",
    ]


def test_numbers_out_of_bounds_and_cells_without_end_are_told_by_cell() -> None:
    long = "长" * 200_000
    file = read(f"姓名,在南宁市区域内工作年限,工作单位\n何焊平,-3,甲\n岑铸山,3,{long}\n温和礼,3,乙\n".encode())
    assert [str(one) for one in file.problems] == [
        "第2行 B列（在南宁市区域内工作年限）：“在南宁市区域内工作年限”不能小于0，现为 -3",
        "第3行 C列（工作单位）：“工作单位”太长，最多 20000 个字符。",
    ]
    assert (file.names, file.left) == (["温和礼"], [(2, "何焊平"), (3, "岑铸山")])


def test_everybody_is_put_forward_for_the_one_award_or_for_the_one_that_is_said() -> None:
    data = "姓名\n何焊平\n".encode()
    assert read_people(data, JIANGSU, ON).table["case.award"].to_list() == ["national"]
    assert read_people(data, MEASURES, ON, "省级工匠").table["case.award"].to_list() == ["provincial"]
    assert "case.award" not in read_people(data, MEASURES, ON).table.columns
    assert "用 --award 说明" in read_people(data, MEASURES, ON).notes[0]
    with pytest.raises(BadInput, match="没有“县级”这个奖项"):
        read_people(data, MEASURES, ON, "县级")
