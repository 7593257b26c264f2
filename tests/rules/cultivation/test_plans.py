"""The plan's own rules: read from a form, kept, compared, counted, agreed in turns."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.agreeing import PARTIES, Action, State, agrees_for, enters_for, may, next_turn
from gongjiang.rules.cultivation.plans.changes import Change, changes, summary
from gongjiang.rules.cultivation.plans.lacking import lacking, unaimed
from gongjiang.rules.cultivation.plans.progress import Mark, progress
from gongjiang.rules.cultivation.plans.reading import keyed, read_plan
from gongjiang.rules.cultivation.plans.starting import due_in, from_template
from gongjiang.rules.cultivation.plans.text import Fund, Goal, Measure, Person, PlanText, Step, dump, parse
from gongjiang.rules.cultivation.term import Term
from gongjiang.rules.programmes.schema.cultivation import Cultivation, cultivation_for

POWERS = ("引领力", "创新力")
TERM = Term(date(2025, 10, 1), date(2027, 9, 30))
WORDS = st.text("甲乙丙 ，。ab1", min_size=1, max_size=8).map(str.strip).filter(bool)
POWER = st.sampled_from(["", *POWERS])
DAYS = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
MONEY = st.decimals(0, 99_999_999, places=2, allow_nan=False)
TEXTS = st.builds(
    PlanText,
    aim=st.text("甲乙丙", max_size=6),
    goals=st.lists(st.builds(Goal, POWER, WORDS), max_size=4).map(tuple),
    measures=st.lists(st.builds(Measure, WORDS, POWER, WORDS), max_size=4).map(tuple),
    people=st.lists(st.builds(Person, WORDS, WORDS, WORDS), max_size=3).map(tuple),
    steps=st.lists(st.tuples(WORDS, POWER, DAYS), max_size=5).map(
        lambda rows: tuple(keyed([Step("", *row) for row in rows], ()))
    ),
    funds=st.lists(st.builds(Fund, WORDS, MONEY, WORDS), max_size=3).map(tuple),
)


def rows_of(text: PlanText) -> dict[str, Any]:
    """A plan as its form would post it."""
    found = dump(text)
    return {key: value if key == "aim" else [{k: str(v) for k, v in row.items()} for row in value]
            for key, value in found.items()}  # fmt: skip


@given(TEXTS)
def test_what_is_kept_is_what_was_written(text: PlanText) -> None:
    assert parse(dump(text)) == text
    assert read_plan(rows_of(text), POWERS, text) == text


@given(TEXTS, TEXTS)
def test_only_what_differs_is_told(one: PlanText, other: PlanText) -> None:
    assert changes(one, one) == ()
    told = changes(one, other)
    back = changes(other, one)
    assert {part.label for part in told} == {part.label for part in back}
    for part in told:
        assert all(change.before != change.after for change in part.changes)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), st.sets(st.integers(1, 30), max_size=5))
def test_no_two_milestones_share_a_key_and_none_gets_a_dead_ones(
    old: list[str], new: list[str], dead: set[int]
) -> None:
    taken = [f"m{n}" for n in dead]
    before = tuple(keyed([Step("", one) for one in old], (), taken))
    after = tuple(keyed([Step("", one) for one in new], before, taken))
    keys = [one.key for one in after]
    assert len(set(keys)) == len(keys)
    kept = {one.key for one in before}
    assert not {key for key in keys if key not in kept} & {*taken, *kept}
    titles = {one.key: one.title for one in before}
    for one in after:
        if old.count(one.title) == 1 and new.count(one.title) == 1:
            assert titles.get(one.key) == one.title


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"goals": [{"power": "魅力", "text": "某"}]}, "目标第 1 行"),
        ({"goals": [{"power": "创新力", "text": "好" * 201}]}, "目标第 1 行"),
        ({"measures": [{"text": "", "who": "某"}]}, "措施第 1 行"),
        ({"people": [{"name": "", "post": "主任"}]}, "责任人第 1 行"),
        ({"steps": [{"title": "a", "due": "2026-02-30"}]}, "节点第 1 行"),
        ({"steps": [{"title": "a", "due": ""}, {"title": "b", "due": "1999-01-01"}]}, "节点第 2 行"),
        ({"funds": [{"purpose": "a", "amount": "一万"}]}, "经费第 1 行"),
        ({"funds": [{"purpose": "a", "amount": "-1"}]}, "经费第 1 行"),
        ({"funds": [{"purpose": "a", "amount": "NaN"}]}, "经费第 1 行"),
        ({"funds": [{"purpose": "a", "amount": "1e99"}]}, "经费第 1 行"),
        ({"funds": [{"purpose": "a", "amount": "1.001"}]}, "经费第 1 行"),
        ({"funds": [{"purpose": "a", "amount": ""}]}, "经费第 1 行"),
        ({"goals": [{"text": f"目标{n}"} for n in range(61)]}, "目标"),
        ({"aim": "好" * 301}, "总目标"),
    ],
)
def test_a_mistake_is_told_with_its_line(typed: dict[str, Any], place: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_plan(typed, POWERS, PlanText())
    assert caught.value.place == place


def test_empty_lines_are_left_out_a_chosen_power_alone_is_no_line() -> None:
    typed = {"goals": [{"power": "创新力", "text": " "}, {"power": "", "text": "好"}], "funds": [{"amount": ""}]}
    assert read_plan(typed, POWERS, PlanText()) == PlanText(goals=(Goal("", "好"),))
    money = {"funds": [{"purpose": "培训", "amount": "12,000.5"}]}
    assert read_plan(money, POWERS, PlanText()).total == Decimal("12000.50")


def test_what_is_missing_is_named() -> None:
    assert len(lacking(PlanText(), TERM)) == 4
    full = PlanText(
        aim="好", measures=(Measure("学"),), people=(Person("章"),),
        steps=(Step("m1", "考核", "创新力", date(2027, 9, 30)),),
    )  # fmt: skip
    assert lacking(full, TERM) == ()
    late = PlanText(
        aim="好", measures=full.measures, people=full.people, steps=(Step("m1", "考核", "", date(2027, 10, 1)),)
    )
    assert "不在培育期内" in lacking(late, TERM)[0]
    assert lacking(late, Term(TERM.begun, None)) == ()
    assert unaimed(full, POWERS) == ("引领力",)


def test_a_change_of_a_line_is_one_change() -> None:
    one = PlanText(measures=(Measure("参加训练营第一期"), Measure("带徒")))
    other = PlanText(measures=(Measure("带徒"), Measure("参加训练营第二期"), Measure("出国研修")))
    parts = changes(one, other)
    assert parts[0].changes == (
        Change("changed", "参加训练营第一期", "参加训练营第二期"),
        Change("added", "", "出国研修"),
    )
    assert summary(parts) == "措施 2 处"


def test_progress_by_power_in_their_order() -> None:
    today = date(2026, 10, 4)
    marks = [
        Mark("大赛", "创新力", date(2026, 11, 1)),
        Mark("专利", "创新力", date(2026, 9, 1), "claimed"),
        Mark("课题", "创新力", date(2026, 9, 30)),
        Mark("宣讲", "引领力", date(2026, 5, 1), "done"),
        Mark("考核", "", date(2027, 9, 1)),
    ]
    rows = [(one.power, one.done, one.total, one.next.title if one.next else "", one.late) for one in
            progress(marks, POWERS, today)]  # fmt: skip
    assert rows == [("引领力", 1, 1, "", 0), ("创新力", 0, 3, "课题", 1), ("综合", 0, 1, "考核", 0)]


def test_turns_go_round_among_the_parties_there_are() -> None:
    assert next_turn(frozenset({Hand.UNION}), frozenset(PARTIES)) == Hand.EMPLOYER
    assert next_turn(frozenset({Hand.EMPLOYER}), frozenset({Hand.EMPLOYER, Hand.UNION})) == Hand.UNION
    assert next_turn(frozenset(PARTIES), frozenset(PARTIES)) is None
    every = frozenset(PARTIES)
    assert agrees_for(frozenset({Hand.EMPLOYER, Hand.MENTOR}), every, frozenset()) == {Hand.EMPLOYER}
    assert enters_for(frozenset({Hand.UNION}), every, frozenset({Hand.EMPLOYER})) == {Hand.NOMINATOR}
    assert enters_for(frozenset({Hand.EMPLOYER}), every, frozenset()) == frozenset()
    assert not may(Action.AGREE, State.DRAFT)


def test_a_template_on_the_days_of_a_term() -> None:
    entry = Cultivation.model_validate(
        {
            "id": "plan", "powers": [{"id": "own", "label": "攻关力"}],
            "template": {
                "goals": [{"power": "own", "text": "攻下一题"}],
                "milestones": [
                    {"title": "中期", "month": 12, "power": "own"}, {"title": "期满", "month": 36}, {"title": "结业"},
                ],
            },
        }
    )  # fmt: skip
    text = from_template(cultivation_for((entry,), "any"), TERM)
    assert text.goals == (Goal("攻关力", "攻下一题"),)
    assert text.steps == (
        Step("m1", "中期", "攻关力", date(2026, 9, 30)),
        Step("m2", "期满", "", date(2027, 9, 30)),
        Step("m3", "结业"),
    )
    assert due_in(Term(date(2026, 1, 31), None), 1) == date(2026, 2, 27)
