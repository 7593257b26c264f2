"""The scoring tree by the worked numbers of the design, and its laws."""

from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.scoring.plain import Plain

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.scoring.points import Points, Take, together
from gongjiang.rules.scoring.reader import Tally
from gongjiang.rules.scoring.tree import Scored, score

RECENT = {"field": "recent", "is": True}
TREE = {
    "id": "total",
    "label": "总分",
    "max": 100,
    "of": [
        {
            "id": "contest",
            "label": "竞赛",
            "rows": "contests",
            "where": {"field": "recognised", "is": True},
            "per_row": {"lookup": "contest"},
            "take": "highest",
            "max": 25,
        },
        {
            "id": "patents",
            "label": "专利",
            "rows": "patents",
            "where": RECENT,
            "per_row": {"give": 12, "share": "owners"},
            "max": 30,
        },
        {
            "id": "years",
            "label": "年限",
            "rate": {"field": "years_in_trade", "above": 8, "points": "1.5", "round": "down"},
            "max": 18,
        },
        {"id": "breach", "label": "违规", "rows": "breaches", "each": {"by": "act", "take": "lowest"}, "give": -8},
        {
            "id": "teach",
            "label": "授艺",
            "take": "chosen",
            "of": [
                {"id": "school", "give": 6, "when": {"field": "lectures", "is": True}},
                {"id": "shop", "rate": {"field": "apprentices", "points": 2}, "max": 8},
            ],
        },
        {"id": "review", "label": "评审", "judged": {"by": "jury"}, "max": 40},
    ],
}
CASE = Plain(
    fields={"years_in_trade": "17.5"},
    groups={
        "contests": [{"level": "省部级", "recognised": True}, {"level": "市级", "recognised": True}],
        "patents": [
            {"owners": 1, "recent": True},
            {"owners": 5, "recent": True},
            {"owners": 1, "recent": False},  # 2027-09-30: outside the window as of 2031-09-30
        ],
        "breaches": [{"act": "甲"}, {"act": "甲"}],
    },
    tables={"contest": ("level", {"省部级": 18, "市级": 14, "县级": 6})},
)


def tree(raw: dict[str, Any]) -> ScoreNode:
    return ScoreNode.model_validate(raw)


def scored(raw: dict[str, Any], reader: Plain) -> Scored:
    return score(tree(raw), reader)


def leaf(reader: Plain, **keys: Any) -> Scored:
    return scored({"id": "x", "label": "项", **keys}, reader)


@pytest.mark.ledger("N-11")
def test_worked_example_with_the_review_open() -> None:
    found = scored(TREE, CASE)
    assert {one.id: one.text for one in found.children} == {
        "contest": "18",
        "patents": "14.4",
        "years": "13.5",
        "breach": "-8",
        "teach": "0",
        "review": "[0, 40]",
    }
    assert (found.interval, found.text, found.open) == (
        Interval(Fraction("37.9"), Fraction("77.9")),
        "[37.9, 77.9]",
        ("评审",),
    )
    assert found.interval.at_least(Fraction(60)) is Truth.UNKNOWN


def test_one_contest_not_recognised_yet_and_the_review_in() -> None:
    contests = [{"level": "省部级", "recognised": UNKNOWN}, {"level": "市级", "recognised": True}]
    found = scored(TREE, replace(CASE, groups={**CASE.groups, "contests": contests}, scores={"review": 33}))
    assert found.text == "[66.9, 70.9]"
    assert found.open == ("竞赛（第1行）",)
    assert found.interval.at_least(Fraction(60)) is Truth.TRUE


def test_nodes_by_id() -> None:
    found = scored(TREE, CASE)
    assert found.nodes()["years"] == Interval.point(Fraction("13.5"))
    assert found.find("shop") is not None
    assert found.find("nobody") is None


def test_a_cap_is_shown() -> None:
    found = leaf(Plain(fields={"n": 11}), rate={"field": "n", "points": 2}, max=20)
    assert (found.text, found.cap) == ("20", "22 → 20")
    assert leaf(Plain(fields={"n": 10}), rate={"field": "n", "points": 2}, max=20).cap == ""


@pytest.mark.parametrize(
    ("rate", "value", "points"),
    [
        ({"points": 2}, "3.9", "6"),
        ({"points": 2, "every": 3}, 8, "4"),
        ({"points": 2, "every": 3, "round": "up"}, 8, "6"),
        ({"points": 2, "above": 8}, 8, "0"),
        ({"points": 2, "above": 8}, 5, "0"),
        ({"points": "1.5", "above": 8, "round": "down"}, "17.5", "13.5"),
        ({"points": 1, "below": 30}, 26, "4"),
        ({"first": 5, "each_more": 2}, 3, "9"),
        ({"first": 5, "each_more": 2}, 0, "0"),
        ({"points": -2}, 3, "-6"),
    ],
)
def test_rates(rate: dict[str, Any], value: Any, points: str) -> None:
    assert leaf(Plain(fields={"n": value}), rate={"field": "n", **rate}).text == points


def test_a_rate_of_something_unknown_is_bounded_by_the_nearest_maximum() -> None:
    rate = {"field": "n", "points": 2}
    assert leaf(Plain(fields={"n": UNKNOWN}), rate=rate, max=8).text == "[0, 8]"
    nested = {"id": "t", "max": 10, "of": [{"id": "x", "rate": rate}]}
    assert scored(nested, Plain(fields={"n": UNKNOWN})).text == "[0, 10]"
    with pytest.raises(BadInput, match="没有写 max"):
        leaf(Plain(fields={"n": UNKNOWN}), rate=rate)


def test_a_rate_of_an_interval() -> None:
    reader = Plain(fields={"n": Interval(Fraction("8.5"), Fraction("10.2"))})
    found = leaf(reader, rate={"field": "n", "above": 8, "points": 2})
    assert (found.text, found.open) == ("[0, 4]", ("项",))


def test_give_with_when_and_else() -> None:
    keys = {"give": 6, "when": {"field": "a", "is": True}, "else": 1}
    assert leaf(Plain(fields={"a": True}), **keys).text == "6"
    assert leaf(Plain(fields={"a": False}), **keys).text == "1"
    assert leaf(Plain(fields={"a": UNKNOWN}), **keys).text == "[1, 6]"


def test_when_of_other_nodes_decides_whether_they_count() -> None:
    keys = {"judged": {"by": "jury"}, "max": 10, "when": {"field": "a", "is": True}}
    for a, text in ((True, "7"), (False, "0"), (UNKNOWN, "[0, 7]")):
        raw = {"id": "t", "max": 10, "of": [{"id": "x", "label": "项", **keys}]}
        assert scored(raw, Plain(fields={"a": a}, scores={"x": 7})).text == text


def test_a_node_for_another_award_does_not_count() -> None:
    raw = {"id": "t", "max": 9, "of": [{"id": "x", "give": 5, "award": "crew"}, {"id": "y", "give": 3}]}
    assert scored(raw, Plain(award="star")).text == "3"
    assert scored(raw, Plain(award="crew")).text == "8"


def test_lookup_of_what_the_table_lacks_and_of_what_is_unknown() -> None:
    tables = {"t": ("level", {"甲": 3, "乙": 5})}
    assert leaf(Plain(fields={"level": "乙"}, tables=tables), lookup="t").text == "5"
    assert leaf(Plain(fields={"level": "丙"}, tables=tables), lookup="t").text == "0"
    assert leaf(Plain(fields={"level": UNKNOWN}, tables=tables), lookup="t").text == "[0, 5]"


def test_import() -> None:
    assert leaf(Plain(fields={"result": "88.25"}), **{"import": "result"}).text == "88.25"
    assert leaf(Plain(fields={"result": UNKNOWN}), max=100, **{"import": "result"}).text == "[0, 100]"


def test_votes_on_the_scale_of_the_highest() -> None:
    """App 600 of highest 800 and web 90 of 300 at 70/30 → 61.5."""
    raw = {
        "id": "voice",
        "of": [
            {"id": "app", "tally": "voice.app", "scale": "of_highest", "weight": "70%"},
            {"id": "web", "tally": "voice.web", "scale": "of_highest", "weight": "30%"},
        ],
    }
    tallies = {"voice.app": Tally(600, (800, 600, 20)), "voice.web": Tally(90, (300, 90))}
    assert scored(raw, Plain(tallies=tallies)).text == "61.5"
    assert scored(raw, Plain(tallies={"voice.app": tallies["voice.app"]})).text == "[52.5, 82.5]"


def test_the_other_scales_of_votes() -> None:
    reader = Plain(tallies={"v": Tally(5, (9, 5, 5, 1))})
    assert leaf(reader, tally="v", scale="raw").text == "5"
    assert leaf(reader, tally="v", scale="rank").text == "75"
    assert leaf(Plain(tallies={"v": Tally(0, (0, 0))}), tally="v", scale="of_highest").text == "0"
    with pytest.raises(BadInput, match="须写明 scale"):
        leaf(reader, tally="v")


def test_start_share_limits_weight_and_rounding() -> None:
    judged = {"judged": {"by": "jury"}}
    reader = Plain(scores={"x": "8.25"}, fields={"hands": 3})
    assert leaf(reader, **judged, start=100, max=105).text == "105"
    assert leaf(reader, **judged, max=10, weight="40%").interval == Interval.point(Fraction("3.3"))
    assert leaf(reader, **judged, max=10, share="hands").interval == Interval.point(Fraction("2.75"))
    assert leaf(reader, **judged, max=10, round_to=1).text == "8.3"
    assert leaf(reader, **judged, min=9, max=10).cap == "8.25 → 9"


@pytest.mark.parametrize(("take", "text"), [("sum", "15"), ("highest", "7"), ("lowest", "3"), ("mean", "5")])
def test_takes(take: str, text: str) -> None:
    raw = {"id": "t", "take": take, "of": [{"id": "a", "give": 3}, {"id": "b", "give": 5}, {"id": "c", "give": 7}]}
    assert scored(raw, Plain()).text == text


def test_what_the_applicant_chooses() -> None:
    raw = {"id": "t", "label": "授艺", "take": "chosen", "of": [{"id": "a", "give": 3}, {"id": "b", "give": 5}]}
    assert scored(raw, Plain(choices={"t": "a"})).text == "3"
    undecided = scored(raw, Plain(choices={"t": UNKNOWN}))
    assert (undecided.text, undecided.open) == ("[3, 5]", ("授艺",))
    assert scored(raw, Plain()).text == "[3, 5]"


def test_one_act_one_deduction_and_a_blank_act() -> None:
    raw = {
        "id": "breach",
        "label": "违规",
        "rows": "b",
        "each": {"by": "act", "take": "lowest"},
        "give": -8,
        "min": -20,
    }
    assert scored(raw, Plain(groups={"b": [{"act": "甲"}, {"act": "甲"}, {"act": "乙"}]})).text == "-16"
    assert scored(raw, Plain(groups={"b": [{"act": "甲"}, {}]})).text == "[-16, -8]"
    capped = scored(raw, Plain(groups={"b": [{"act": "甲"}, {"act": "乙"}, {"act": "丙"}]}))
    assert (capped.text, capped.cap) == ("-20", "-24 → -20")


def test_a_maximum_within_each_key() -> None:
    raw = {"id": "x", "rows": "r", "per_row": {"give": 4}, "each": {"by": "year", "max": 6}}
    rows = [{"year": 2030}, {"year": 2030}, {"year": 2031}]
    assert scored(raw, Plain(groups={"r": rows})).text == "10"


def test_an_unknown_number_of_owners() -> None:
    raw = {"id": "x", "rows": "r", "per_row": {"give": 12, "share": "owners"}, "max": 30}
    assert scored(raw, Plain(groups={"r": [{"owners": UNKNOWN}, {"owners": 2}]})).text == "[6, 18]"


def test_rows_that_may_still_be_added() -> None:
    raw = {"id": "x", "rows": "r", "per_row": {"give": 4}, "max": 10}
    assert scored(raw, Plain(groups={"r": [{}]}, more=frozenset({"r"}))).text == "[4, 10]"


def test_the_maximum_left_out_is_the_sum_of_the_childrens() -> None:
    raw = {"id": "t", "of": [{"id": f"p{i}", "judged": {"by": "jury"}, "max": "$points"} for i in range(5)]}
    found = scored(raw, Plain(params={"points": Fraction(20)}))
    assert (found.most, found.text) == (100, "[0, 100]")


def test_damage_is_named() -> None:
    with pytest.raises(BadInput, match="须有且只有一种给分方式"):
        leaf(Plain(), give=1, lookup="t")
    with pytest.raises(BadInput, match="不认识的取整方式"):
        leaf(Plain(fields={"n": 1}), rate={"field": "n", "points": 1, "round": "sideways"})
    deep: dict[str, Any] = {"id": "e", "give": 1}
    for name in "dcba":
        deep = {"id": name, "of": [deep]}
    with pytest.raises(BadInput, match="最多4层"):
        scored(deep, Plain())


PARTS = st.lists(
    st.tuples(st.integers(-5, 5), st.integers(0, 3), st.sampled_from([Truth.TRUE, Truth.UNKNOWN, Truth.FALSE])),
    max_size=4,
)


def worlds(parts: list[Points]) -> list[list[Fraction]]:
    """Every way the parts may come out, by the ends of their intervals."""
    options: list[list[Fraction | None]] = []
    for one in parts:
        values: list[Fraction | None] = [one.interval.low, one.interval.high]
        options.append({Truth.TRUE: values, Truth.FALSE: [None]}.get(one.counts, [*values, None]))
    return [[value for value in world if value is not None] for world in product(*options)]


@given(PARTS, st.sampled_from(["sum", "highest", "lowest", "mean"]))
def test_intervals_are_exact_over_all_completions(raw: list[tuple[int, int, Truth]], take: Take) -> None:
    parts = [Points(Interval(Fraction(low), Fraction(low + width)), (), counts) for low, width, counts in raw]
    plain = {
        "sum": lambda found: sum(found, Fraction(0)),
        "highest": lambda found: max(found, default=Fraction(0)),
        "lowest": lambda found: min(found, default=Fraction(0)),
        "mean": lambda found: sum(found, Fraction(0)) / len(found) if found else Fraction(0),
    }[take]
    outcomes = [plain(world) for world in worlds(parts)]
    assert together(parts, take).interval == Interval(min(outcomes), max(outcomes))


def test_rows_of_one_key_that_may_not_count() -> None:
    raw = {
        "id": "breach",
        "label": "违规",
        "rows": "b",
        "where": {"field": "upheld", "is": True},
        "each": {"by": "act", "take": "lowest"},
        "rate": {"field": "grade", "points": -2},
    }
    rows = [{"act": "甲", "grade": 1, "upheld": UNKNOWN}, {"act": "甲", "grade": 4, "upheld": UNKNOWN}]
    assert scored(raw, Plain(groups={"b": rows})).text == "[-8, 0]"
    rows[0]["upheld"] = True
    assert scored(raw, Plain(groups={"b": rows})).text == "[-8, -2]"
    rows[1]["upheld"] = False
    assert scored(raw, Plain(groups={"b": rows})).text == "-2"
