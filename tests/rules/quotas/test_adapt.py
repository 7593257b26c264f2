"""Pools of a pack over facts of cases."""

from typing import Any

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.fields import Table as TableItem
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.programmes.schema.words import Award
from gongjiang.rules.programmes.vocabulary import FieldSpec, ParamSpec, Vocabulary
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import hard_maxima
from gongjiang.rules.quotas.pools import Outcome, evaluate_pool

TABLE = {"北京": 6, "新疆": {"places": 9, "includes": {"新疆生产建设兵团": 3}}}
POOLS = [
    {"id": "all", "award": "star", "on": "proposed", "at_most": "$places"},
    {
        "id": "corp",
        "label": "企业",
        "award": "star",
        "on": "proposed",
        "in": "all",
        "where": {"field": "sector", "is": "企业"},
    },
    {
        "id": "heads",
        "label": "企业负责人",
        "award": "star",
        "on": "proposed",
        "in": "corp",
        "where": {"field": "staff", "is": "负责人"},
        "at_most": "15%",
    },
    {
        "id": "young",
        "label": "青年负责人",
        "award": "star",
        "on": "proposed",
        "in": "heads",
        "of": "corp",
        "where": {"field": "young", "is": True},
        "at_least": "10%",
    },
    {"id": "by_unit", "label": "名额", "on": "proposed", "per": "case.nominator", "table": "unit_places"},
    {"id": "group1", "on": "proposed", "per": ["case.nominator", "corp_group"], "at_most": 1},
    {"id": "once", "on": "edition", "per": "subject", "at_most": 1},
    {"id": "sectors", "label": "类别", "on": "proposed", "count": {"distinct": "sector"}, "at_least": 2},
    {"id": "guided", "on": "proposed", "at_most": 3, "when": {"param": "places", "at_least": 30}},
    {"id": "stray", "on": "proposed", "of": "elsewhere", "at_most": "15%"},
]
PACK = PackFile.model_construct(
    pools=tuple(Pool.model_validate(one) for one in POOLS),
    tables={
        "unit_places": TableItem.model_validate({"by": ["case.nominator"], "rows": TABLE, "apart": "$corps_apart"})
    },
    awards=(Award(id="star"), Award(id="crew", subject="team")),
)
WORDS = Vocabulary(
    fields={
        "sector": FieldSpec("sector", "单位类别"),
        "staff": FieldSpec("staff", "人员类别"),
        "young": FieldSpec("young", "青年", "yes_no"),
        "corp_group": FieldSpec("corp_group", "集团公司", blank="none"),
    },
    params={one: ParamSpec(one) for one in ("places", "corps_apart")},
)


def facts(*, submitted: bool = False, nominator: str = "北京", award: str = "star", **subject: Any) -> Facts:
    case = {"nominator": nominator, "award": award, "subject": "s1"}
    return Facts(WORDS, subject=subject, case=case, params={"places": 40}, submitted=submitted)


def pool(name: str) -> Pool:
    return next(one for one in PACK.pools if one.id == name)


def truths(name: str, one: Facts) -> tuple[Truth, Truth]:
    member = pool_member(PACK, pool(name), one, key="c")
    return member.inside, member.whole


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (facts(sector="企业", staff="负责人"), (Truth.TRUE, Truth.TRUE)),
        (facts(sector="机关", staff="负责人"), (Truth.TRUE, Truth.FALSE)),
        (facts(staff="工人"), (Truth.FALSE, Truth.UNKNOWN)),
        (facts(sector="企业", award="crew", staff="负责人"), (Truth.TRUE, Truth.FALSE)),
    ],
)
def test_a_share_is_measured_against_its_parent(one: Facts, expected: tuple[Truth, Truth]) -> None:
    assert truths("heads", one) == expected


def test_of_an_ancestor_leaves_the_pools_between_to_the_numerator() -> None:
    assert truths("young", facts(sector="企业", staff="工人", young=True)) == (Truth.FALSE, Truth.TRUE)
    assert truths("young", facts(sector="企业", staff="负责人", young=True)) == (Truth.TRUE, Truth.TRUE)
    assert truths("young", facts(sector="企业", young=True)) == (Truth.UNKNOWN, Truth.TRUE)
    assert pool_spec(PACK, pool("young"), {}, facts()).nested


def test_of_nothing_known_is_named() -> None:
    with pytest.raises(BadInput, match="不是口径"):
        pool_spec(PACK, pool("stray"), {}, facts())


def test_params_are_resolved_and_open_ones_are_unknown() -> None:
    assert pool_spec(PACK, pool("all"), {"places": 12}, facts()).bounds[0].value == 12
    assert pool_spec(PACK, pool("all"), {}, facts()).bounds[0].value == 40
    open_param = Facts(WORDS)
    assert pool_spec(PACK, pool("all"), {}, open_param).bounds[0].value is UNKNOWN
    assert pool_spec(PACK, pool("guided"), {}, facts()).applies is Truth.TRUE
    assert pool_spec(PACK, pool("guided"), {}, open_param).applies is Truth.UNKNOWN


@pytest.mark.ledger("N-05")
def test_the_nominators_chain_and_not_the_employers() -> None:
    spec = pool_spec(PACK, pool("by_unit"), {"corps_apart": False}, facts())
    corps = pool_member(
        PACK,
        pool("by_unit"),
        facts(nominator="新疆生产建设兵团"),
        key="c",
        chain=("某厂", "北京", "全国", "新疆生产建设兵团", "新疆"),
    )
    assert [(seat.key, seat.limit) for seat in hard_maxima(spec, corps)] == [(("新疆生产建设兵团",), 3), (("新疆",), 9)]
    apart = pool_spec(PACK, pool("by_unit"), {"corps_apart": "yes"}, facts())
    assert [(seat.key, seat.limit) for seat in hard_maxima(apart, corps)] == [(("新疆生产建设兵团",), 3)]
    assert apart.limits is not None
    assert apart.limits.limit(("新疆",)) == 6


def test_without_a_table_only_the_nominators_own_name_counts() -> None:
    member = pool_member(PACK, pool("group1"), facts(corp_group="甲集团"), key="c", chain=("北京", "全国"))
    assert list(member.groups()) == [("北京", "甲集团")]


def test_a_blank_group_is_unknown_until_it_is_said_to_be_none() -> None:
    draft = pool_member(PACK, pool("group1"), facts(), key="c")
    assert list(draft.groups()) == [("北京", None)]
    none = pool_member(PACK, pool("group1"), facts(submitted=True), key="c")
    assert list(none.groups()) == []
    spec = pool_spec(PACK, pool("group1"), {}, facts())
    assert hard_maxima(spec, none) == ()
    assert evaluate_pool(spec, [none]) == ()


def test_one_award_a_subject() -> None:
    members = [pool_member(PACK, pool("once"), facts(award=one), key=one) for one in ("star", "crew")]
    (state,) = evaluate_pool(pool_spec(PACK, pool("once"), {}, facts()), members)
    assert (state.key, state.outcome) == (("s1",), Outcome.BROKEN)


def test_distinct_values_of_a_field() -> None:
    spec = pool_spec(PACK, pool("sectors"), {}, facts())
    members = [pool_member(PACK, pool("sectors"), facts(sector=one), key=one) for one in ("企业", "机关")]
    assert [one.sentence for one in evaluate_pool(spec, members)] == ["类别不少于2类：2类 → 符合"]
    blank = [members[0], pool_member(PACK, pool("sectors"), facts(), key="x")]
    assert evaluate_pool(spec, blank)[0].outcome is Outcome.UNKNOWN
