"""What is wrong with a filled form: each bad input with its sentence."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.rules.nominations.test_form_plan import JICHUAN, defaults

from gongjiang.catalogue.packs import load_pack
from gongjiang.kernel.identity_number import sample
from gongjiang.rules.nominations.form_plan import form_plan
from gongjiang.rules.nominations.form_plan_check import Answers, Problem, problems_of
from gongjiang.rules.nominations.form_plan_parts import FormPlan

ON = date(2026, 6, 24)
NUMBER = sample(4, date(1982, 3, 9), "男")
RESUME = "个人简历（请填写初中以来就业就学情况）"
GOOD: dict[str, Any] = {
    "name": "何焊平",
    "gender": "男",
    "birth": "1982-03",
    "id_number": NUMBER,
    "mobile": "13900000000",
    "employer": "澜江重工有限公司",
    "resume": [{"id": "r1", "from": "1995-09", "to": "", "org": "澜江重工", "post": "电焊工"}],
    "deeds": "带徒",
    "brief": "带徒",
    "works_in_city": "yes",
    "on_frontline": "yes",
    "union_member": "yes",
    "years_in_trade": "22",
    "years_in_city": "22",
}


def found(changes: dict[str, Any], *, name: str = "nanning-2026", route: str = "个人自主申报", award: str = "craftsman",
          good: dict[str, Any] | None = None) -> list[Problem]:  # fmt: skip
    """Problems of a good form with these changes."""
    pack = load_pack(name)
    plan = form_plan(pack, route, award, defaults(pack))
    values = {**(GOOD if good is None else good), **changes}
    return list(problems_of(plan, Answers(values, pack.vocabulary, ON, ON)))


def texts(changes: dict[str, Any]) -> list[str]:
    """Their sentences."""
    return [one.text for one in found(changes)]


def test_a_good_form_has_nothing_to_mend() -> None:
    assert found({}) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "“姓名”未填。"),
        ({"name": "何1平"}, "姓名中不能有“1”。只能用汉字、间隔号“·”和外文字母。"),
        ({"name": "示例"}, "“姓名”还是示例，请换成实际内容。"),
        ({"name": "（示例）张三"}, "姓名中不能有“（”。只能用汉字、间隔号“·”和外文字母。"),
        ({"employer": "示例单位"}, "“工作单位”还是示例，请换成实际内容。"),
        ({"gender": "女"}, "性别填的是女，与身份证号所示的男不一致，请核对。"),
        ({"birth": "1982-04"}, "出生年月填的是1982年4月，与身份证号中的1982年3月不一致，请核对。"),
        ({"work_start": "2099-01"}, "“参加工作时间”2099年1月还没有到，请核对。"),
        ({"years_in_trade": "40"}, None),
        ({"deeds": "字" * 2001}, "“主要事迹（2000字左右）”不超过2000字，现2001字，超1字。"),
        ({"mobile": "123"}, None),
        ({"years_in_trade": "-1"}, "“从事本项（专业）工作年限”不能小于0，现为-1。"),
        ({"years_in_trade": "二十"}, None),
        ({"resume": []}, "“个人简历（请填写初中以来就业就学情况）”至少填1行，现有0行。"),
        ({"works_in_city": ""}, "“工作单位在南宁市区域内”未填。"),
    ],
)
def test_one_wrong_thing(changes: dict[str, Any], said: str | None) -> None:
    told = texts(changes)
    assert len(told) == 1
    assert said is None or told == [said]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2"), "身份证号校验不通过"),
        ("110105801231002", "这是15位旧身份证号"),
        ("990000198202301234", "身份证号"),
    ],
)
def test_identity_numbers(number: str, said: str) -> None:
    (told,) = texts({"id_number": number})
    assert said in told
    assert number not in told


def test_a_number_that_excel_spoilt() -> None:
    (told,) = texts({"id_number": "1.10105E+17"})
    assert "末几位已经丢失" in told


@pytest.mark.parametrize("number", [f" {NUMBER[:6]} {NUMBER[6:]}", "".join(chr(ord(c) + 0xFEE0) for c in NUMBER)])
def test_spaces_and_full_width_digits_are_read(number: str) -> None:
    assert texts({"id_number": number}) == []


def test_exactly_the_limit_is_within_it() -> None:
    assert texts({"deeds": "字" * 2000}) == []


def test_rows_tell_where() -> None:
    rows = [{"id": "r1", "from": "2000-09", "to": "1999-01", "org": "甲"}]
    (told,) = [one for one in found({"resume": rows}) if not one.remark]
    assert (told.row, told.column) == (1, "to")
    assert "第1行" in told.text
    (told,) = [one for one in found({"resume": [{"id": "r1", "from": "前年"}]}) if not one.remark]
    assert (told.row, told.column) == (1, "from")


def remarks(rows: list[dict[str, str]], **more: Any) -> list[str]:
    """What is pointed out about a résumé, nothing of it refusing."""
    told = found({"resume": rows, **more})
    assert all(one.remark for one in told)
    return [one.text.removeprefix(f"“{RESUME}”") for one in told]


def span(since: str, until: str = "") -> dict[str, str]:
    """A row of a résumé."""
    return {"from": since, "to": until, "org": "某处"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([span("1995-09", "2003-07"), span("2004-02")], ["简历缺2003年8月至2004年1月，请补一行或说明。"]),
        ([span("1995-09", "2003-07"), span("2003-09")], ["简历缺2003年8月，请补一行或说明。"]),
        ([span("1995-09", "2003-07"), span("2003-07")], []),  # rows that meet in one month
        ([span("1995-09", "2003-07"), span("2003-08")], []),
        ([span("1995.9", "2003年7月"), span("2003.8", "至今")], []),  # as officials write it
        ([span("1995-09", "2003-07"), span("2003-05")], ["第2行与第1行在2003年5月至2003年7月重叠，请核对。"]),
        ([span("1995-09"), span("2010-03")], ["第2行与第1行在2010年3月至2026年6月重叠，请核对。"]),
        ([span("2003-08"), span("1995-09", "2003-07")], ["第2行早于第1行，请按时间先后排。"]),
        ([span("1995-09"), span("2027-03")], ["第2行从2027年3月开始，还没有到。"]),
        ([span("1995-09"), {"org": "某处"}], ["第2行没有填起的年月。"]),
        ([span("1995-09"), span("前年")], None),
        ([span("2000-09")], [f"最早一行从2000年9月（18周岁）写起，请按“{RESUME}”补齐以前的经历。"]),
    ],
)  # fmt: skip
def test_what_is_pointed_out_about_a_resume(rows: list[dict[str, str]], said: list[str] | None) -> None:
    if said is None:  # a month that can't be read is told beside its cell
        (told,) = found({"resume": rows})
        assert (told.row, told.column, told.remark) == (2, "from", False)
    else:
        assert remarks(rows) == said


def test_schooling_and_work_are_one_history() -> None:
    pack = load_pack("jiangsu-2026")
    career = next(one for one in form_plan(pack, "", "master", defaults(pack)).sections if one.tables[1:])
    values = {
        "birth": "1982-03",
        "schooling": [{"from": "1997-09", "to": "2000-06", "school": "某技校"}],
        "resume": [{"from": "2000-08", "to": "2004-05", "org": "某厂"}, {"from": "2004-09", "to": "", "org": "某厂"}],
    }
    told = problems_of(FormPlan((career,)), Answers(values, pack.vocabulary, ON, ON))
    assert [one.text for one in told if one.remark] == [
        "简历缺2000年7月，请补一行或说明。",
        "简历缺2004年6月至2004年8月，请补一行或说明。",
    ]
    firm = replace(career, parts=tuple(replace(one, unbroken=True) for one in career.tables))
    told = problems_of(FormPlan((firm,)), Answers(values, pack.vocabulary, ON, ON))
    assert [one.text for one in told if not one.remark and "简历缺" in one.text] == [
        "简历缺2000年7月，请补一行或说明。",
        "简历缺2004年6月至2004年8月，请补一行或说明。",
    ]


def test_work_before_sixteen_is_a_remark() -> None:
    (told,) = found({"work_start": "1995-01"})
    assert told.remark
    assert "不满16周岁" in told.text


def test_a_declaration_must_be_confirmed() -> None:
    told = found({}, name="national-2024", route="单位工会提出", award="master")
    statement = next(one for one in told if one.path == "not_classified")
    assert statement.text.startswith("请阅读并确认声明")
    assert statement.clause == "附件4声明"
    told = found({"not_classified": "yes"}, name="national-2024", route="单位工会提出", award="master")
    assert not any(one.path == "not_classified" for one in told)


def test_a_crew_is_checked_by_its_own_words() -> None:
    crew: dict[str, Any] = {
        "name": "平焊班组", "employer": "澜江重工", "leader": {"name": "何焊平"}, "host": {"name": "澜江重工"},
        "members": [{"name": "岑铸山", "skill_level": "技师"}],
    }  # fmt: skip
    said = {"name": JICHUAN, "route": "班组", "award": "crew", "good": crew}
    assert found({}, **said) == []
    (told,) = found({"leader": {"name": ""}}, **said)
    assert told.text == "“班组长”未填。"
    (told,) = found({"members": []}, **said)
    assert told.text == "“成员”至少填1行，现有0行。"
