"""People in tables are judged as their facts are: typed columns, text, blanks, long tables of rows, derived fields."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.programmes.small_world import AS_OF, WORDS, fields
from tests.rules.programmes.vector.invented import (
    COMPARE,
    CONDITIONS,
    CONTESTS,
    DATES,
    LEVELS,
    MONTHS,
    OWNERS,
    TRADES,
    on,
    one_key,
)

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.blame import reason_of
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule, evaluate_rules
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.vector import TablePeople, evaluate_people
from gongjiang.rules.programmes.vocabulary import FieldSpec

WITH_RESUME = replace(
    WORDS,
    fields=WORDS.fields
    | fields(
        FieldSpec("in_trade", "从业年限", "number", derived="years_in_resume_where_in_trade"),
        FieldSpec("in_city", "本市年限", "number", derived="years_in_resume_where_region", args={"region": "霁川"}),
        FieldSpec("stay", "天数", "int", derived="days_from_to", args={"from": "hired", "to": "left"}),
        FieldSpec("left", "离职", "date"),
    ),
    groups=WORDS.groups
    | {"resume": fields(FieldSpec("in_trade", type="yes_no"), FieldSpec("from", type="month"), FieldSpec("to"))},
)
NUMBERS = [
    pl.Series([4.99, 5.0, 5.01, 0.0, 4.995]),
    pl.Series([0, 4, 5, 6]),
    pl.Series(["4.99", "5", "５", "十", " "]),
    pl.Series([5.0, float("nan"), 1e300, 0.001]),
]
COLUMNS: dict[str, Any] = {
    "age": [30, 41], "gender": ["男", "女"], "level": [*LEVELS, "徒工"], "owner": [*OWNERS, "别的"], "trade": TRADES,
    "craft": TRADES, "employer": ["甲厂", "乙厂"], "heir": ["是", "否", " "], "patents": [0, 2],
    "skills": ["unique", "other"],
    "standing": [["world"], ["china"]], "leader.level": LEVELS, "case.route": ["自荐", "推荐"],
    "case.award": ["star", "crew"],
    "case.nominator": ["甲会", "乙会"], "case.exception": ["special"], "judged.character": [True, False],
    "documents.letters": [2, 3], "opinions.sheet.employer": ["同意", "不同意"], "scores.total": ["60", "59.5"],
    "birth": MONTHS, "left": ["2031-09-30"], "in_trade": ["5", "0.5"],
}  # fmt: skip
ROWS: dict[str, dict[str, list[Any]]] = {
    "contests": {
        "contest": [*CONTESTS, "别的赛"], "rank": [1, 3, 4, 11], "year": [2027, 2030],
        "judged.recognised": [True, False],
    },
    "experts": {"employer": ["甲厂", "丙院"], "trade": TRADES, "level": LEVELS},
    "registry": {
        "programme": ["jichuan", "yunling"], "date": [date(2028, 1, 1), date(2020, 1, 1)], "state": ["stands"],
    },
    "members": {"level": LEVELS},
    "resume": {
        "from": ["2020-01", "2024-06", "2031.9", "无"], "to": ["2024-05", "2025-01", "至今", "2019-01", None],
        "in_trade": [True, False], "region": ["霁川市", "别处"],
    },
}  # fmt: skip
EXCEPTIONS = (ReadyException("special", ("r0",), when=parse({"judged": "character"}, WORDS)),)
DERIVED = st.one_of(
    *(one_key(COMPARE, st.sampled_from(["5", "4.75", 0]), field=name) for name in ("in_trade", "in_city")),
    one_key(COMPARE, st.sampled_from([1, 1462]), field="stay"),
    on("in_trade", st.just({"filled": True})),
)


def column(values: list[Any], size: int) -> st.SearchStrategy[pl.Series]:
    """As many values as there are people, some missing."""
    found = st.lists(st.one_of(st.none(), st.sampled_from(values)), min_size=size, max_size=size)
    kind = pl.Series(values).dtype
    return found.map(lambda given: pl.Series(given, dtype=kind))


@st.composite
def tables(draw: st.DrawFn) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """A table of people, and long tables of rows."""
    size = draw(st.integers(1, 5))
    years, hired = draw(st.sampled_from(NUMBERS)).to_list(), draw(st.sampled_from([DATES[:3], [date(2027, 10, 1)]]))
    kinds = COLUMNS | {"years": years, "hired": hired, "member": draw(st.sampled_from([[True, False], ["是", "不详"]]))}
    names = draw(st.lists(st.sampled_from(sorted(kinds)), min_size=1, unique=True))
    people = pl.DataFrame({name: draw(column(kinds[name], size)) for name in names})
    groups = {}
    for group in draw(st.lists(st.sampled_from(sorted(ROWS)), unique=True)):
        person = sorted(draw(st.lists(st.integers(0, size - 1), max_size=6)))
        given = {name: draw(column(values, len(person))) for name, values in ROWS[group].items()}
        groups[group] = pl.DataFrame({"person": pl.Series(person, dtype=pl.UInt32), **given})
    return people, groups


def facts_of(shared: Facts, people: pl.DataFrame, groups: dict[str, pl.DataFrame]) -> list[Facts]:
    """The same people one by one, written down independently of the tables' own way."""
    found = []
    for place, person in enumerate(people.iter_rows(named=True)):
        parts: dict[str, dict[str, Any]] = defaultdict(dict)
        for name, value in person.items():
            parts[name.split(".")[0] if "." in name else ""][name.split(".", 1)[-1]] = value
        rows = {
            group: rows_of(group, [one for one in table.iter_rows(named=True) if one["person"] == place])
            for group, table in groups.items()
        }
        judged = {(key, ""): value for key, value in parts["judged"].items()}
        for row in rows.get("contests", ()):
            judged["recognised", row.id] = row.values["judged.recognised"]
        exception = parts["case"].get("exception")
        known = replace(
            shared,
            subject=parts[""],
            relations={"leader": parts["leader"]} if "leader" in parts else {},
            rows={group: one for group, one in rows.items() if group != "registry"},
            registry=rows.get("registry", ()),
            case=parts["case"],
            judgements={**shared.judgements, **judged},
            documents={key: value for key, value in parts["documents"].items() if value is not None},
            opinions={("sheet", "employer"): parts["opinions"].get("sheet.employer") or ""},
            scores={key: points(value) for key, value in parts["scores"].items() if value is not None},
            granted=frozenset({exception} if exception else ()),
        )
        found.append(fill_derived(known))
    return found


def points(text: str) -> Any:
    """A score."""
    return Interval.point(Fraction(text))


@given(st.lists(st.one_of(CONDITIONS, DERIVED), min_size=1, max_size=3), st.booleans(), tables())
@settings(max_examples=100, deadline=None)
def test_tables_are_judged_as_facts_are(
    checks: list[dict[str, Any]], submitted: bool, given: tuple[pl.DataFrame, dict[str, pl.DataFrame]]
) -> None:
    shared = Facts(
        WITH_RESUME,
        as_of=AS_OF,
        submitted=submitted,
        judgements={("admitted", "甲会"): True, ("method", "焊工"): "竞赛"},
    )
    rules = [ReadyRule(f"r{n}", parse(raw, WITH_RESUME)) for n, raw in enumerate(checks)]
    rules += [ReadyRule("r_years", parse({"field": "years", "at_least": 5}, WITH_RESUME), award=("star",))]
    outcomes = [evaluate_rules(rules, one, EXCEPTIONS) for one in facts_of(shared, *given)]
    people = TablePeople(shared, *given)
    found = evaluate_people(rules, people, EXCEPTIONS).rules.values()
    told = [[(one.reason(n).code, one.overlay(n)) for one in found] for n in range(people.size)]
    assert told == [[(reason_of(one).code, one.overlay) for one in each] for each in outcomes]
    again = [evaluate_rules(rules, people.facts(n), EXCEPTIONS) for n in range(people.size)]
    assert [[one.outcome for one in each] for each in again] == [[one.outcome for one in each] for each in outcomes]
