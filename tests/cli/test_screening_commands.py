"""`gongjiang screen` and `simulate`: who meets what, who falls out under other values, exit codes."""

import json
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from gongjiang.cli.main import main

HEADER = "姓名,性别,地区,单位性质,works_in_city,years_in_trade,years_in_city,on_frontline,union_member,judged.character"
PEOPLE = """
何焊平,男,青秀,国有企业,是,12,12,是,是,是
岑铸山,女,西乡塘,民营企业,是,9.99,9,是,是,是
温和礼,女,西乡塘,民营企业,是,10,8,是,否,是
-陆试行,女,,民营企业,是,9,4.99,是,是,
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Four invented people."""
    path = tmp_path / "people.csv"
    path.write_text(HEADER + PEOPLE, "utf-8")
    return path


def rule_of(data: dict[str, object], key: str) -> dict[str, object]:
    """One rule of a result."""
    return next(one for one in data["rules"] if one["rule"] == key)  # type: ignore[union-attr]


def test_screen_tells_every_rule_with_its_clause(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "nanning-2026", str(people)]) == 0
    out = capsys.readouterr().out
    assert "共4人，判断4人；符合0人，须说明理由0人，待补1人，不符合3人。" in out
    assert "四(三)年限 从事本项（专业）工作年限：符合2，不符合2，待补0，不适用0" in out


def test_screen_as_data_and_as_lists(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, table = tmp_path / "list.xlsx", tmp_path / "list.csv"
    assert main(["screen", "nanning-2026", str(people), "--submitted", "--json", "--out", str(book)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["standing"] == {"pass": 0, "reason": 0, "unknown": 0, "fail": 4}
    assert rule_of(data, "one_of_six")["fail"] == 4
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert rows[1] == ("行号", "姓名", "结论", "不符合", "待补")
    assert rows[4][:4] == (4, "温和礼", "不符合", "四(三)会员 应为工会会员；四(三)之一、附件2 六项选树条件至少具备一项")
    assert main(["screen", "nanning-2026", str(people), "--out", str(table)]) == 0
    assert pl.read_csv(table)["姓名"].to_list()[3] == "'-陆试行"


def test_wrong_rows_are_told_and_the_rest_is_done(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people.write_text(people.read_text("utf-8").replace(",9.99,", ",十年,"), "utf-8")
    assert main(["screen", "nanning-2026", str(people)]) == 1
    out = capsys.readouterr().out
    assert "共4人，判断3人" in out
    assert "第3行 F列（years_in_trade）：不是数字" in out


def test_the_list_has_those_that_were_not_judged_with_what_to_mend(people: Path, tmp_path: Path) -> None:
    people.write_text(people.read_text("utf-8").replace(",9.99,", ",十年,"), "utf-8")
    book = tmp_path / "list.xlsx"
    assert main(["screen", "nanning-2026", str(people), "--out", str(book)]) == 1
    rows = list(load_workbook(book).active.iter_rows(values_only=True))
    assert rows[1] == ("行号", "姓名", "结论", "不符合", "待补", "须修改")
    wrong = "F列years_in_trade：不是数字，请填写如 90 或 85.5 的数。"
    assert rows[3] == (3, "岑铸山", "未判断", None, None, wrong)


def test_nothing_is_drawn_where_nobody_looks(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "nanning-2026", str(people), "--json"]) == 0
    assert capsys.readouterr().err == ""


def test_files_that_are_none_are_refused(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["screen", "nanning-2026", str(tmp_path / "none.csv")]) == 1
    assert main(["screen", "nanning-2026", str(tmp_path)]) == 1
    assert main(["screen", "nanning-2026", str(people), "--out", "list.txt"]) == 1
    assert main(["screen", "nanning-2026", str(people), "--out", str(people)]) == 1
    assert main(["screen", "nanning-2026"]) == 2
    told = capsys.readouterr().err
    assert "没有这个文件" in told
    assert "这是文件夹" in told
    assert "结果只能写到" in told
    assert "结果不能写在人员文件上" in told


def test_simulate_tells_who_falls_out_and_under_which_clause(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["simulate", "nanning-2026", str(people), "--set", "min_years_trade=12.5", "--set", "min_years_city=4"]
    assert main([*words, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["before"]["standing"]["fail"] == 3
    assert data["after"]["standing"]["fail"] == 4
    assert [(one["row"], one["name"], one["why"]) for one in data["out"]] == [
        (2, "何焊平", "四(三)年限 从事本项（专业）工作年限")
    ]
    assert [(one["rule"], one["out"], one["back"]) for one in data["clauses"]] == [
        ("years_trade", 2, 0), ("years_city", 0, 1),
    ]  # fmt: skip
    women = next(one for one in data["shares"]["性别"] if one["value"] == "女")
    assert women == {"value": "女", "people": 3, "before": 3, "after": 3, "out": 0, "back": 0}
    assert {one["value"] for one in data["shares"]["地区"]} == {"青秀", "西乡塘", "未填"}
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "新增不符合1人，不再不符合0人。" in told
    assert "  国有企业 1人：0→1；1；0" in told


def test_simulate_takes_known_params_only(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "nanning-2026", str(people), "--set", "min_year_trade=8"]) == 1
    assert main(["simulate", "nanning-2026", str(people)]) == 1
    told = capsys.readouterr().err
    assert "没有“min_year_trade”这个参数" in told
    assert "请用 --set" in told


def test_differences_are_told_by_whatever_the_pack_calls_ownership(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("姓名,企业性质,年龄\n何焊平,国有企业,50\n岑铸山,民营企业,45\n", "utf-8")
    assert main(["simulate", "jiangsu-2026", str(path), "--set", "age_line=48", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [one["value"] for one in data["shares"]["企业性质"]] == ["国有企业", "民营企业"]
    assert [(one["rule"], one["out"], one["back"]) for one in data["clauses"]] == [("age", 1, 0)]


@pytest.mark.parametrize("pair", ["min_years_trade=十年", "min_years_trade=", "min_years_trade"])
def test_values_of_another_kind_are_refused(people: Path, pair: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "nanning-2026", str(people), "--set", pair]) == 1
    assert "min_years_trade" in capsys.readouterr().err
