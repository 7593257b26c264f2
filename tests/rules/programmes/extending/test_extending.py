"""A pack under an upper pack: what it may do, what it must state, and where each item then comes from."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unseen.packing import compose, pack_text

from gongjiang.catalogue.packs import catalogue, load_pack
from gongjiang.rules.programmes.coverage import coverage
from gongjiang.rules.programmes.export import flat
from gongjiang.rules.programmes.extending.provenance import provenance
from gongjiang.rules.programmes.load import load
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.source import read

UPPER = Path(__file__).parents[3] / "packs" / "qitong-measures-2030.yaml"
LOWER: dict[str, Any] = read(
    """
pack:
  id: donghe-2030
  version: 1.0.0
  level: city
  year: 2030
  title: 东河工匠
  extends: qitong-measures-2030@1
  issued_by: [东河市总工会]
  issued_on: 2030-03-20
  as_of: {time: filing, cite: 二}
notice:
  source: {file: donghe.txt, sha256: x, chars: 1}
  clauses: [{id: 二, starts: 二, kind: info}, {id: 三, starts: 三, kind: info}, {id: 四, starts: 四, kind: info}]
awards: [{id: city, label: 东河工匠, cite: 祁办法第一条}]
""",
    "lower.yaml",
).data


@dataclass(frozen=True)
class Case:
    """One thing a lower pack does; `gives`: `section.id.key` → how, without what is only worded or taken over."""

    name: str
    with_: dict[str, Any] = field(hash=False)
    gives: dict[str, str] | None = field(default=None, hash=False)
    refused: str = ""
    warned: str = ""
    says: str = ""


def cases() -> list[Case]:
    text = (Path(__file__).parent / "cases.yaml").read_text("utf-8")
    found = read(text, "cases.yaml").data["cases"]
    return [Case(with_=read(one["with"], "x").data if one["with"] else {}, **_rest(one)) for one in found]


def _rest(one: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "with"}


@cache
def upper() -> Pack:
    return load_pack(str(UPPER))


def lower(pieces: dict[str, Any]) -> Pack:
    """The lower pack with sections laid over it."""
    data = compose(pieces, base=LOWER)
    data = {key: one for key, one in data.items() if one}
    return load(pack_text(data), "lower.yaml", catalogue(), upper=upper())


@pytest.mark.ledger("M-02")
@pytest.mark.parametrize("case", cases(), ids=lambda one: one.name)
def test_it_adds_tightens_allots_or_says_why_not(case: Case) -> None:
    if case.refused:
        with pytest.raises(PackError) as caught:
            lower(case.with_)
        told = [one for one in caught.value.problems if one.code == case.refused]
        assert told, [(one.code, one.text) for one in caught.value.problems]
        assert case.says in told[0].text
        assert told[0].english
        assert told[0].file == "lower.yaml"
        return
    pack = lower(case.with_)
    if case.warned:
        assert [one.code for one in pack.warnings] == [case.warned]
        assert case.says in pack.warnings[0].text
        return
    told_ = {f"{one.item}.{one.key}": one.how for one in pack.changes if one.section != "awards"}
    assert told_ == case.gives
    assert all(one.reason and one.basis for one in pack.departures)


def test_a_pack_that_changes_nothing_is_the_upper_with_its_award() -> None:
    pack = lower({})
    assert [one.id for one in pack.awards] == ["city"]
    assert [one.id for one in pack.rules] == ["min_years", "recent", "age_limit"]
    assert [one.id for one in pack.params] == ["min_years", "places", "window"]
    assert [one.id for one in pack.stages] == ["apply", "verify", "decide", "list"]
    assert {one.origin for one in pack.rules} == {"qitong-measures-2030@1.2.0"}
    assert pack.rules[0].cite == ("祁办法第二条",)
    assert pack.awards[0].cite == ("祁办法第一条",)
    assert pack.tests == ()


def test_clauses_of_the_upper_stand_in_its_own_text() -> None:
    pack = lower({})
    texts = {one.id: one.text for one in pack.all_clauses}
    assert texts["祁办法第三条"] == "第三条名额二十名，东河市八名，西岭市六名。"
    assert [one.id for one in pack.upper_clauses] == ["祁办法第一条", "祁办法第二条", "祁办法第三条", "祁办法第四条"]


@pytest.mark.ledger("M-02")
def test_every_item_says_where_it_comes_from() -> None:
    pack = lower(
        {
            "params": [{"id": "min_years", "value": 9, "cite": "二"}],
            "rules": [
                {"id": "local", "name": "本市工作", "check": {"field": "trade_kind", "filled": True}, "cite": "二"}
            ],
            "departs": [{"id": "age_limit", "cite": "二", "reason": "本市不设年龄限制"}],
        }
    )
    told = {f"{one.section}.{one.id}": one for one in provenance(pack)}
    assert (told["params.min_years"].how, told["params.min_years"].clauses) == ("收紧", ("祁办法第二条", "二"))
    assert told["params.min_years"].said == ("数值：6 → 9（收紧）",)
    assert (told["rules.local"].how, told["rules.local"].pack) == ("本级", "")
    assert (told["rules.recent"].how, told["rules.recent"].pack) == ("沿用", "qitong-measures-2030@1.2.0")
    gone = told["rules.age_limit"]
    assert (gone.departs, gone.how, gone.label) == (True, "不采用", "不超过五十五周岁")
    assert (gone.clauses, gone.basis, gone.reason) == (("祁办法第二条",), "二", "本市不设年龄限制")
    assert all(one.pack or one.how == "本级" for one in told.values())


def test_a_mistake_in_an_upper_item_is_told_in_the_upper_file() -> None:
    """A lower pack whose stages lack what an upper pool stands on."""
    pieces = {
        "stages": [
            {"id": "apply", "cite": "四"},
            {"id": "verify", "cite": "四"},
            {"id": "up", "type": "submit", "by": "receivers", "to": "province_union", "await": "result", "cite": "四"},
        ]
    }
    with pytest.raises(PackError) as caught:
        lower(pieces)
    found = [(one.file, one.code) for one in caught.value.problems if one.code == "unknown.list"]
    assert found == [("qitong-measures-2030.yaml", "unknown.list")] * 2


def test_coverage_counts_its_own_clauses_and_shows_the_uppers() -> None:
    found = coverage(lower({}))
    assert [one.id for one in found.clauses] == ["二", "三", "四"]
    assert found.uncovered == ()
    assert "rules.min_years" in next(one.items for one in found.above if one.id == "祁办法第二条")


def test_a_flat_file_is_the_same_programme_without_the_upper() -> None:
    pack = lower({"params": [{"id": "min_years", "value": 9, "cite": "二"}]})
    again = load(flat(pack, "lower.yaml"), "flat.yaml", catalogue())
    assert again.rules == pack.rules
    assert again.params == pack.params
    assert again.stages == pack.stages
    assert again.pack.extends is None
    assert [one.id for one in again.uppers] == ["qitong-measures-2030"]
    assert {one.how for one in provenance(again)} == {"沿用"}


def test_three_levels_keep_each_its_clauses() -> None:
    stricter = {"id": "min_years", "value": 8, "tighter": "up", "cite": "二"}
    middle = lower({"pack": {"short": "东河办法"}, "params": [stricter]})
    header = {**LOWER["pack"], "id": "donghe-district-2030", "extends": "donghe-2030@1"}
    header["as_of"] = {"time": "filing", "assumed": "同上"}

    def district(years: int) -> Pack:
        data = {"pack": header, "params": [{"id": "min_years", "value": years, "cite": "东河办法二"}]}
        return load(pack_text(data), "district.yaml", catalogue(), upper=middle)

    pack = district(10)
    assert [one.id for one in pack.uppers] == ["qitong-measures-2030", "donghe-2030"]
    assert pack.params[0].cite == ("祁办法第二条", "东河办法二")
    assert pack.params[0].origin == "qitong-measures-2030@1.2.0"
    with pytest.raises(PackError, match="由“8”改为“7”"):
        district(7)


def test_a_change_has_a_source_of_its_own() -> None:
    data = {**LOWER, "params": [{"id": "min_years", "value": 9}]}
    with pytest.raises(PackError) as caught:
        load(pack_text(data), "lower.yaml", catalogue(), upper=upper())
    assert [one.code for one in caught.value.problems] == ["extends.source"]


def test_the_hash_is_of_both_packs() -> None:
    """An edition pins what it is judged by: another upper is another pack."""
    first = lower({}).hash
    text = UPPER.read_text("utf-8").replace("at_most: 55", "at_most: 50")
    other = load(text, UPPER.name, catalogue())
    data = {key: one for key, one in compose({}, base=LOWER).items() if one}
    assert load(pack_text(data), "lower.yaml", catalogue(), upper=other).hash != first


JUNK: list[Any] = [None, 5, True, "x", [], {}, ["x"], [{}], [[1]], {"id": 3}, {"id": ["x"]}, "@", {"cite": {}}]
SECTIONS = ["pack", "awards", "params", "departs", "rules", "stages", "roles", "codes", "tables", "pools", "times"]


@settings(max_examples=60, deadline=None)
@given(section=st.sampled_from(SECTIONS), junk=st.sampled_from(JUNK), inside=st.booleans())
def test_whatever_stands_in_a_lower_pack_the_answer_is_a_pack_or_problems(
    section: str, junk: Any, inside: bool
) -> None:
    told: tuple[PackProblem, ...] = ()
    try:
        load(pack_text({**LOWER, section: [junk] if inside else junk}), "lower.yaml", catalogue(), upper=upper())
    except PackError as error:
        told = error.problems
    assert [one for one in told if one.line < 1 or not one.text or not one.english] == []


def test_the_cycle_comes_down_unless_the_lower_pack_has_its_own() -> None:
    said = "\ncycle: {every: {years: 3}, skip: {year_of: qitong-star}, assumed: 例}\n"
    above = load(UPPER.read_text("utf-8") + said, UPPER.name, catalogue())
    assert above.cycle is not None

    def every(pieces: dict[str, Any]) -> tuple[Any, ...]:
        data = {key: one for key, one in compose(pieces, base=LOWER).items() if one}
        pack = load(pack_text(data), "lower.yaml", catalogue(), upper=above)
        assert pack.cycle is not None
        return pack.cycle.every.years, pack.cycle.skip.year_of

    assert every({}) == (3, ("qitong-star",))
    assert every({"cycle": {"every": {"years": 2}, "assumed": "例"}}) == (2, ())
