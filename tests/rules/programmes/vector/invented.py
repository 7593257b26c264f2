"""Conditions and people for the law that many are judged as one is: every word of a condition, every kind of gap."""

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from tests.rules.programmes.small_world import facts

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.facts import Facts

Strategy = st.SearchStrategy[Any]

BOUNDS = st.sampled_from(["at_least", "at_most", "above", "below"])
COMPARE = st.sampled_from(["is", "is_not", "at_least", "at_most", "above", "below"])
LEVELS = ["初级工", "高级工", "技师", "高级技师"]
OWNERS = ["公有制", "非公有制", "民营企业", "外资企业"]
CONTESTS = ["世界技能大赛", "市级大赛", "厂内比武"]
TRADES = ["焊工", "车工", "木工"]
NUMBERS = [0, 1, 3, 4, 5, 6, 10, "4.99", "5.00", "5.01", 4.99, 5.0, "０", "十年", "nan", float("nan"), 10**30]
MONTHS = ["1990-05", "1990年5月", "2031-09", "1990.10", "无"]
DATES = ["2027-09-30", "2027-10-01", "2031-09-30", date(2031, 10, 1), "2030年", "2027-09"]


def one_key(word: Strategy, value: Strategy, **rest: Any) -> Strategy:
    """{field: …, word: value}."""
    return st.builds(lambda key, found: {**rest, key: found}, word, value)


def words(*values: str) -> Strategy:
    """Equality and membership of words."""
    return st.one_of(
        st.builds(lambda key, one: {key: one}, st.sampled_from(["is", "is_not"]), st.sampled_from(values)),
        st.builds(
            lambda key, many: {key: many},
            st.sampled_from(["in", "not_in"]),
            st.lists(st.sampled_from(values), min_size=1, max_size=3),
        ),
    )


def on(field: str, operator: Strategy) -> Strategy:
    """An operator on a field."""
    return operator.map(lambda found: {"field": field, **found})


BOUND_VALUES = st.one_of(st.sampled_from([0, 4, 5, "4.995", "5.00"]), st.sampled_from(["$min_years", "$open"]))
FILLED = st.booleans().map(lambda wanted: {"filled": wanted})
WITHIN = st.sampled_from(
    [
        {"years": 4},
        {"years": "0.5"},
        {"years": "$open"},
        {"from": "2027-10-01"},
        {"from": "2027-09", "to": "2031-09-30"},
    ]
).map(lambda window: {"within": window})


def leaves() -> Strategy:
    """Conditions on the person, without parts."""
    return st.one_of(
        one_key(COMPARE, BOUND_VALUES, field="years"),
        one_key(BOUNDS, st.just({"lookup": "by_owner"}), field="years"),
        one_key(st.sampled_from(["in", "not_in"]), st.just([3, {"lookup": "by_owner"}]), field="years"),
        one_key(st.sampled_from(["is", "is_not"]), st.just({"lookup": "by_owner"}), field="years"),
        one_key(COMPARE, st.sampled_from([30, 41]), field="age"),
        one_key(COMPARE, st.sampled_from([0, 2]), field="patents"),
        one_key(BOUNDS, st.sampled_from(["1990-05", "1990-06"]), field="birth"),
        one_key(COMPARE, st.sampled_from(["2027-09-30", "2031-09-30"]), field="hired"),
        one_key(COMPARE, st.sampled_from(LEVELS), field="level"),
        on("hired", WITHIN), on("birth", WITHIN),
        on("hired", st.sampled_from([{"not_before": "birth"}, {"later_than": "birth"}])),
        on("birth", st.sampled_from([{"not_before": "hired"}, {"later_than": "hired"}])),
        on("owner", words(*OWNERS)), on("gender", words("男", "女")), on("skills", words("unique", "other")),
        on("standing", words("world", "china")), on("trade", words(*TRADES)),
        on("trade", st.sampled_from([{"in": "$trades"}, {"not_in": "$open"}, {"same_as": "craft"}])),
        on("owner", st.sampled_from([{"same_as": "trade"}, {"differs_from": "trade"}])),
        on("level", st.sampled_from([{"same_as": "leader.level"}, {"differs_from": "leader.level"}])),
        on("member", st.sampled_from([{"is": True}, {"is_not": True}, {"is": False}, {"same_as": "heir"}])),
        on("heir", st.sampled_from([{"is": True}, {"is": False}])), on("trainee", st.just({"is": True})),
        st.builds(
            lambda field, found: {"field": field, **found},
            st.sampled_from(["years", "craft", "skills", "heir", "hired", "leader.level", "case.route"]), FILLED,
        ),
        on("leader.level", words("技师", "高级技师")), on("case.route", words("自荐", "推荐")),
        st.sampled_from([
            {"judged": "character"}, {"not": {"judged": "mastery"}}, {"judged": "admitted"},
            {"judged": "method", "is": "竞赛"}, {"judged": "character", "filled": True},
            {"opinion": "sheet.employer", "is": "同意"}, {"opinion": "sheet.employer", "filled": True},
            {"document": "consent"}, {"document": "letters"},
            {"score": "total", "at_least": 60}, {"score": "total", "above": "$pass_line"}, {"score": "total", "is": 60},
            {"rule": "r_years"}, {"rule": "r_member"},
            {"param": "apart", "is": True}, {"param": "open", "is": 5}, {"param": "min_years", "at_least": 5},
        ]),
    )  # fmt: skip


def combined(inner: Strategy) -> Strategy:
    """all, any, not, n_of."""
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
        st.builds(
            lambda n, parts: {"n_of": n, "of": parts}, st.sampled_from([0, 1, 2, "$open", "$min_years"]), several
        ),
    )


def row_leaves(group: str) -> Strategy:
    """Conditions on a row."""
    if group == "contests":
        return st.one_of(
            one_key(BOUNDS, st.sampled_from([1, 3, {"lookup": "bar"}]), field="rank"),
            on("contest", words(*CONTESTS)), one_key(COMPARE, st.sampled_from([2028, 2030]), field="year"),
            on("year", WITHIN), on("patented", st.just({"is": True})), on("rank", FILLED),
            st.sampled_from([{"judged": "recognised"}, {"judged": "character"}, {"rule": "r_years"},
                             {"field": "subject.level", "at_least": "技师"}, {"field": "case.route", "is": "自荐"}]),
        )  # fmt: skip
    if group == "registry":
        return st.sampled_from([
            {"field": "programme", "is": "jichuan"}, {"field": "programme", "filled": True},
            {"field": "date", "within": {"years": 4}}, {"field": "state", "is": "stands"},
            {"field": "level", "is": "市级"},
        ])  # fmt: skip
    return st.one_of(
        one_key(COMPARE, st.sampled_from(LEVELS), field="level"),
        *(
            [st.sampled_from([{"field": "employer", "differs_from": "subject.employer"},
                              {"field": "trade", "same_as": "subject.trade"},
                              {"field": "trade", "same_as": "employer"}])]
            if group == "experts" else []
        ),
    )  # fmt: skip


@st.composite
def rows_condition(draw: st.DrawFn) -> dict[str, Any]:
    """A count of rows of any group."""
    group = draw(st.sampled_from(["contests", "experts", "registry", "members"]))
    word = draw(st.sampled_from(["count_at_least", "count_at_most"]))
    raw = {"rows": group, word: draw(st.sampled_from([0, 1, 2, "$open", {"lookup": "by_owner"}]))}
    if draw(st.booleans()):
        inner = st.recursive(row_leaves(group), combined, max_leaves=3)
        raw["where"] = draw(inner)
    return raw


CONDITIONS = st.recursive(st.one_of(leaves(), rows_condition()), combined, max_leaves=6)


def maybe(values: Any) -> Strategy:
    """A value, nothing, or a blank."""
    found = values if isinstance(values, st.SearchStrategy) else st.sampled_from(list(values))
    return st.one_of(st.none(), st.sampled_from(["", "  "]), found, found)


def sometimes(**values: Any) -> Strategy:
    """A mapping in which any key may be missing."""
    return st.fixed_dictionaries({}, optional={key: maybe(found) for key, found in values.items()})


SUBJECTS = sometimes(
    years=[*NUMBERS, Interval(Fraction(59, 12), Fraction(61, 12)), Interval.point(Fraction(59, 12))],
    age=[30, 40, 41, "41"], birth=MONTHS, gender=["男", "女"], level=[*LEVELS, "徒工"], owner=[*OWNERS, "别的"],
    trade=TRADES, craft=TRADES, employer=["甲厂", "乙厂"], member=[True, False, "是", "否", "不详"],
    heir=[True, {"value": "yes", "detail": "剪纸"}, {"value": "", "detail": ""}, "否"], trainee=[True, "否"],
    patents=[0, 2, "3"], skills=[["unique"], ["unique", "other"], "other", {"other": "x"}],
    standing=[["world"], "china"], hired=DATES,
)  # fmt: skip
CONTEST_ROWS = sometimes(
    contest=[*CONTESTS, "别的赛"],
    rank=[1, 2, 3, 4, 10, 11, "3", "第一"],
    year=[2027, 2028, "2030"],
    patented=[True, "否"],
)
REGISTRY_ROWS = sometimes(
    programme=["jichuan", "yunling"], date=[date(2028, 1, 1), date(2020, 1, 1)], state=["stands"], level=["市级"]
)
EXPERT_ROWS = sometimes(employer=["甲厂", "丙院"], trade=TRADES, level=LEVELS)


@st.composite
def editions(draw: st.DrawFn) -> list[Facts]:
    """A few people of one edition, all drafts or all submitted."""
    covers = draw(st.sampled_from([{}, {"jichuan": None}, {"jichuan": date(2025, 1, 1)}, {"*": None}]))
    shared = {
        "submitted": draw(st.booleans()),
        "as_of": draw(st.sampled_from([date(2031, 9, 30), date(2031, 9, 30), None])),
        "covers": covers,
    }
    line = draw(st.sampled_from([{}, {("line", ""): 60}]))
    return draw(st.lists(person(shared, line), min_size=1, max_size=5))


@st.composite
def person(draw: st.DrawFn, shared: dict[str, Any], line: dict[Any, Any]) -> Facts:
    """One of them."""
    rows = {
        group: draw(st.lists(found, max_size=3))
        for group, found in (("contests", CONTEST_ROWS), ("experts", EXPERT_ROWS), ("members", sometimes(level=LEVELS)))
    }
    registry = facts(rows={"registry": draw(st.lists(REGISTRY_ROWS, max_size=2))}).rows["registry"]
    answers = st.sampled_from([None, True, False])
    judged = {("character", ""): draw(answers), ("mastery", ""): draw(answers), ("admitted", "甲会"): draw(answers)}
    judged |= {("method", "焊工"): draw(st.sampled_from([None, "竞赛", "评审"]))}
    judged |= {("recognised", f"contests-{n}"): draw(answers) for n in (1, 2)}
    case = draw(sometimes(route=["自荐", "推荐"], nominator=["甲会", "乙会"], award=["star", "crew"]))
    low = draw(st.sampled_from([59, 60, 61]))
    return facts(
        draw(SUBJECTS),
        rows=rows,
        registry=registry,
        relations=draw(st.sampled_from([{}, {"leader": {"level": "技师"}}, {"leader": {}}])),
        case=case,
        judgements=judged | line,
        documents=draw(st.sampled_from([{}, {"consent": 1}, {"letters": 2}, {"letters": 3}])),
        opinions=draw(st.sampled_from([{}, {("sheet", "employer"): "同意"}, {("sheet", "employer"): "不同意"}])),
        scores=draw(
            st.sampled_from([{}, {"total": Interval(Fraction(low), Fraction(low + 1))}, {"total": Interval.point(60)}])
        ),
        granted=draw(st.sampled_from([frozenset(), frozenset({"special"}), frozenset({"special", "other"})])),
        reasoned=draw(st.sampled_from([{}, {"r0": True}, {"r0": False}])),
        **shared,
    )
