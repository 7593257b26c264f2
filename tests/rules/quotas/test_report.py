"""The calculator on the notices as they are and on an invented one (ledger N-06, M-22)."""

from fractions import Fraction
from typing import Any

import pytest
from tests.unseen.packing import made

from gongjiang.catalogue.packs import find, load_text
from gongjiang.rules.quotas.gaps import Gap
from gongjiang.rules.quotas.reckoning import Verdict
from gongjiang.rules.quotas.report import Report, as_data, as_text, line_text, reckon_all

NATIONAL = load_text(find("national-2024"))


def reports(pack: Any, counts: dict[str, dict[str, dict[str, int]]] | None = None) -> dict[str, Report]:
    exact = {
        name: {unit: {key: Fraction(n) for key, n in row.items()} for unit, row in units.items()}
        for name, units in (counts or {}).items()
    }
    return {one.spec.id: one for one in reckon_all(pack, {"all_places": 8}, exact)}


def says(report: Report, kind: str) -> list[str]:
    return [one.sentence for one in report.gaps if one.kind == kind]


@pytest.mark.ledger("N-06")
def test_without_figures_each_row_is_held_against_the_tiers() -> None:
    found = reports(NATIONAL)["provinces"]
    lines = {one.unit: one for one in found.lines}
    assert len(lines) == 31
    assert found.table_sum == 204
    assert lines["江苏"].verdict is Verdict.ONE
    assert line_text(found.spec, lines["重庆"]) == "500至1000万人之间6名，加1名（高技能工匠人才集中的直辖市）"
    assert (lines["北京"].verdict, len(lines["北京"].ways)) == (Verdict.SEVERAL, 2)
    assert [one.unit for one in found.lines if one.verdict is Verdict.NONE] == ["新疆"]
    assert "没有哪一档或哪种组合给出这个数" in line_text(found.spec, lines["新疆"])
    assert found.result is None


@pytest.mark.ledger("N-06")
def test_the_gaps_of_the_note_are_named() -> None:
    found = reports(NATIONAL)
    provinces = found["provinces"]
    assert says(provinces, "interval") == ["产业工人数量1500至2000万人之间（不含两端），没有对应的档。"]
    assert [one.split("，")[0] for one in says(provinces, "bound")] == [
        "产业工人数量恰为100万人",
        "产业工人数量恰为500万人",
        "产业工人数量恰为1000万人",
    ]
    assert says(provinces, "who") == [
        "“高技能工匠人才集中的直辖市”加1名，没有说是北京、天津、上海、重庆中的哪几家。重庆加上这1名才说得通。"
    ]
    assert [one.units for one in provinces.gaps if one.kind == "row"] == [("新疆",)]
    assert len(next(one.units for one in provinces.gaps if one.kind == "counts")) == 31
    assert says(found["industries"], "line") == ["“较多6名”、“较少4名”没有说以多少万人为界。"]
    assert {one.clause for one in provinces.gaps} == {"附件1注"}
    assert found["others"].result == {"工业和信息化部": 8, "全国工商联": 8}


@pytest.mark.ledger("N-06")
@pytest.mark.parametrize(
    ("unit", "figure", "verdict", "possible"),
    [
        ("江苏", 2000, Verdict.FITS, (10,)),
        ("河北", 800, Verdict.DIFFERS, (6,)),
        ("河南", 1600, Verdict.OPEN, ()),
        ("山西", 500, Verdict.SEVERAL, (5, 6)),
        ("重庆", 700, Verdict.SEVERAL, (6, 7)),
        ("新疆", 450, Verdict.DIFFERS, (5,)),
    ],
)
def test_with_figures_it_computes_and_compares(
    unit: str, figure: int, verdict: Verdict, possible: tuple[int, ...]
) -> None:
    found = reports(NATIONAL, {"provinces": {unit: {"workers": figure}}})["provinces"]
    line = next(one for one in found.lines if one.unit == unit)
    assert (line.verdict, line.possible) == (verdict, possible)


@pytest.mark.ledger("N-06")
def test_the_line_between_more_and_less_follows_from_the_table_or_nothing_does() -> None:
    counts = {"industries": {"铁路": {"workers": 300}, "民航": {"workers": 80}, "海员建设": {"workers": 200}}}
    assert says(reports(NATIONAL, counts)["industries"], "line") == [
        "“较多6名”与“较少4名”没有说以多少为界；按名额表，界线应在80至200万人之间。"
    ]
    counts["industries"]["民航"]["workers"] = 250
    assert "海员建设（200万人）6名，民航（250万人）却是4名" in says(reports(NATIONAL, counts)["industries"], "line")[0]


@pytest.mark.ledger("M-22")
@pytest.mark.parametrize(
    ("pack", "allocation", "labels"),
    [
        ("measures-2025", "national_places", ["地区发展状况", "制造业发展水平", "产业工人数量"]),
        (
            "jiangsu-2026",
            "considered",
            ["国家“十五五”规划重点行业及行业特点", "规模以上工业企业营业收入", "产业工人数量", "高技能人才数量"],
        ),
    ],
)
def test_factors_without_weights_are_shown_and_never_computed_with(
    pack: str, allocation: str, labels: list[str]
) -> None:
    found = reports(load_text(find(pack)), {allocation: {"南京": {"workers": 300}}})[allocation]
    assert [one.label for one in found.spec.factors] == labels
    assert [(one.unit, one.figures["workers"], one.possible) for one in found.lines] == [("南京", 300, ())]
    assert found.result is None
    assert "没有给出权重" in says(found, "weights")[0]


SHARED: dict[str, Any] = {
    "params": [{"id": "all_places", "label": "总数", "value": 8, "assumed": "测试"}],
    "allocations": [
        {
            "id": "counties",
            "label": "各县区名额",
            "assumed": "测试",
            "total": "$all_places",
            "least": 1,
            "most": 4,
            "factors": [{"id": "output", "label": "产值", "unit": "亿元", "weight": "60%"},
                        {"id": "workers", "label": "职工数", "weight": "40%"}],
        }
    ],
}  # fmt: skip


def test_shares_by_weights_serve_another_programme() -> None:
    pack = made(SHARED)
    full = {
        "甲区": {"output": 50, "workers": 10},
        "乙县": {"output": 40, "workers": 20},
        "丙县": {"output": 1, "workers": 1},
    }
    found = reports(pack, {"counties": full})["counties"]
    assert found.result == {"甲区": 3, "乙县": 4, "丙县": 1}
    assert found.gaps == ()
    assert as_data(found)["result"] == found.result
    assert "算出合计8名" in as_text(found)
    del full["丙县"]["workers"]
    lacking = reports(pack, {"counties": full})["counties"]
    assert lacking.gaps == (Gap("counts", "没有给出丙县的职工数，只能核对，不能计算。", "", ("丙县",)),)
    assert lacking.result is None


def test_a_tie_stands_among_the_gaps() -> None:
    same = {name: {"output": 5, "workers": 5} for name in ("甲区", "乙县", "丙县")}
    found = reports(made(SHARED), {"counties": same})["counties"]
    assert says(found, "tie") == ["甲区、乙县、丙县余数相同，争2名，须由主办单位决定。"]
    assert found.result is None


@pytest.mark.ledger("N-06")
def test_a_row_that_differs_from_its_figure_is_named() -> None:
    found = reports(NATIONAL, {"provinces": {"新疆": {"workers": 450}}})["provinces"]
    assert says(found, "differs") == ["新疆按450万人算出5名，名额表为9名。"]
