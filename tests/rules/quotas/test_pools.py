"""Pools by the worked numbers of the design, and against every completion of what is unknown."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.quotas.limits import Bound, read_bound
from gongjiang.rules.quotas.members import Member
from gongjiang.rules.quotas.pools import Outcome, PoolSpec, PoolState, evaluate_pool
from gongjiang.rules.quotas.tables import read_limits

YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


def people(*groups: tuple[int, Truth, Truth]) -> list[Member]:
    """So many members each with (inside, whole)."""
    found = []
    for number, inside, whole in groups:
        found += [Member(f"c{len(found) + i}", inside, whole) for i in range(number)]
    return found


def only(spec: PoolSpec, members: list[Member]) -> PoolState:
    (state,) = evaluate_pool(spec, members)
    return state


WOMEN = PoolSpec("women", "女性", (read_bound("at_least", "30%"),), force="soft")
HEADS = PoolSpec("heads", "企业负责人", (read_bound("at_most", "15%"),))


@pytest.mark.parametrize(
    ("women", "outcome", "sentence"),
    [
        (11, Outcome.UNKNOWN, "女性不少于30%：40人中11人，另2人未填 → 待定"),
        (12, Outcome.MET, "女性不少于30%：40人中12人，另2人未填 → 符合"),
        (9, Outcome.BROKEN, "女性不少于30%：40人中9人，另2人未填 → 不符合（一般应符合，不符合须说明理由）"),
    ],
)
def test_women_of_forty_with_two_blank(women: int, outcome: Outcome, sentence: str) -> None:
    state = only(WOMEN, people((women, YES, YES), (2, OPEN, YES), (38 - women, NO, YES)))
    assert (state.outcome, state.sentence) == (outcome, sentence)
    assert (state.low, state.high, state.whole_low, state.whole_high, state.open) == (women, women + 2, 40, 40, 2)


def test_heads_of_the_corporate_part_not_of_all() -> None:
    others = (14, NO, NO)
    assert only(HEADS, people((4, YES, YES), (22, NO, YES), others)).outcome is Outcome.BROKEN
    assert only(HEADS, people((4, YES, YES), (23, NO, YES), others)).outcome is Outcome.MET
    blank_sector = only(HEADS, people((4, YES, YES), (22, NO, YES), (1, NO, OPEN), others))
    assert blank_sector.outcome is Outcome.UNKNOWN
    assert blank_sector.sentence == "企业负责人不超过15%：26人中4人，另1人未填 → 待定"


def test_four_of_twenty_seven_may_be_good() -> None:
    """27 assessed, at most 15% good: 4 pass, 5 don't (mechanisms 10)."""
    good = PoolSpec("few_good", "优秀", (read_bound("at_most", "15%"),), nested=False)
    assert only(good, people((4, YES, YES), (23, NO, YES))).outcome is Outcome.MET
    assert only(good, people((5, YES, YES), (22, NO, YES))).outcome is Outcome.BROKEN


def test_a_share_of_nothing_is_not_applicable() -> None:
    assert only(HEADS, people((3, NO, NO))).outcome is Outcome.NA
    assert only(HEADS, []).sentence == "企业负责人不超过15%：0人中0人 → 不适用"


def test_a_pool_without_bounds_is_a_figure() -> None:
    state = only(PoolSpec("corp", "企业"), people((26, YES, YES), (1, OPEN, YES), (13, NO, YES)))
    assert (state.kind, state.outcome, state.sentence) == (None, Outcome.NA, "企业：26人，另1人未填")


def test_exact_share_can_fall_between_two_numbers() -> None:
    third = PoolSpec("third", "三分之一", (Bound("exactly", Fraction(1, 4), share=True),))
    assert only(third, people((0, YES, YES), (2, OPEN, YES), (1, NO, YES))).outcome is Outcome.BROKEN
    assert only(third, people((0, YES, YES), (2, OPEN, YES), (2, NO, YES))).outcome is Outcome.UNKNOWN


def test_when_decides_whether_a_pool_is_asked() -> None:
    full = PoolSpec("p", "p", (read_bound("at_most", 1),), applies=NO)
    assert only(full, people((2, YES, YES))).outcome is Outcome.NA
    assert only(PoolSpec("p", "p", (read_bound("at_most", 1),), applies=OPEN), people((2, YES, YES))).outcome is (
        Outcome.UNKNOWN
    )


def test_a_bound_nobody_has_set_is_open() -> None:
    state = only(PoolSpec("p", "总数", (Bound("at_most", UNKNOWN),)), people((2, YES, YES)))
    assert (state.outcome, state.sentence) == (Outcome.UNKNOWN, "总数不超过（待确定）：2人 → 待定")


def test_hard_blocks_until_it_is_certain_soft_wants_a_reason() -> None:
    broken = people((5, YES, YES), (22, NO, YES))
    assert only(HEADS, broken).blocks
    assert not only(WOMEN, broken).blocks
    assert only(WOMEN, broken).needs_reason


def test_a_blank_group_makes_every_group_it_may_be_unknown() -> None:
    """One a corporate group; 集团公司未填 (ledger J-03)."""
    spec = PoolSpec("group1", "同一集团公司", (read_bound("at_most", 1),), per=2)
    rows = [
        Member("a", chains=(("南陵",), ("甲集团",))),
        Member("b", chains=(("南陵",), UNKNOWN)),
        Member("c", chains=(("北川",), ("甲集团",))),
        Member("d", chains=(("北川",), ("乙集团",))),
        Member("e", chains=(("北川",), ("乙集团",))),
    ]
    states = {state.key: state for state in evaluate_pool(spec, rows)}
    assert {key: state.outcome for key, state in states.items()} == {
        ("北川", "乙集团"): Outcome.BROKEN,
        ("北川", "甲集团"): Outcome.MET,
        ("南陵", "甲集团"): Outcome.UNKNOWN,
        ("南陵", None): Outcome.MET,
    }
    assert states["南陵", "甲集团"].sentence == "同一集团公司（南陵 · 甲集团）不超过1人：1人，另1人未填 → 待定"


def test_two_blank_groups_may_be_one() -> None:
    spec = PoolSpec("group1", "同一集团公司", (read_bound("at_most", 1),), per=1)
    (state,) = evaluate_pool(spec, [Member("a", chains=(UNKNOWN,)), Member("b", chains=(UNKNOWN,))])
    assert (state.key, state.outcome) == ((None,), Outcome.UNKNOWN)
    assert state.sentence == "同一集团公司（未填）不超过1人：0人，另2人未填 → 待定"


def test_distinct_values() -> None:
    spec = PoolSpec("trades", "行业", (read_bound("at_least", 3),), distinct=True, unit="类")
    rows = [Member("a", value="焊接"), Member("b", value="钳工"), Member("c", value="焊接")]
    assert only(spec, rows).sentence == "行业不少于3类：2类 → 不符合"
    assert only(spec, [*rows, Member("d")]).outcome is Outcome.UNKNOWN
    assert only(spec, [*rows, Member("d", OPEN, value="车工")]).outcome is Outcome.UNKNOWN
    assert only(spec, [*rows, Member("d", value="车工")]).outcome is Outcome.MET
    assert only(spec, [Member("d")]).low == 1


ANNEX = {
    "北京": 6,
    "新疆": {"places": 9, "includes": {"新疆生产建设兵团": 3}},
    "其他": {"split": {"工信部": 8, "全国工商联": 8}},
}


def corps(number: int, chain: tuple[str, ...]) -> list[Member]:
    return [Member(f"{chain[0]}{i}", chains=(chain,)) for i in range(number)]


@pytest.mark.ledger("N-05")
def test_the_corps_lies_inside_xinjiang() -> None:
    spec = PoolSpec("by_unit", "推荐名额", limits=read_limits(ANNEX), per=1)
    rows = corps(3, ("新疆生产建设兵团", "新疆", "全国")) + corps(6, ("新疆", "全国")) + corps(8, ("工信部",))
    states = {state.key[0]: state for state in evaluate_pool(spec, rows)}
    assert {key: (state.low, state.bound) for key, state in states.items()} == {
        "北京": (0, 6),
        "新疆": (9, 9),
        "新疆生产建设兵团": (3, 3),
        "工信部": (8, 8),
        "全国工商联": (0, 8),
    }
    assert {state.outcome for state in states.values()} == {Outcome.MET}
    one_more = {state.key[0]: state for state in evaluate_pool(spec, rows + corps(7, ("新疆",))[6:])}
    assert one_more["新疆"].sentence == "推荐名额（新疆）不超过9人：10人 → 不符合"


@pytest.mark.ledger("N-05")
def test_what_the_corps_leaves_may_be_kept_from_xinjiang() -> None:
    limits = read_limits(ANNEX, apart=True)
    spec = PoolSpec("by_unit", "推荐名额", limits=limits, per=1)
    rows = corps(1, ("新疆生产建设兵团", "新疆")) + corps(7, ("新疆",))
    states = {state.key[0]: state for state in evaluate_pool(spec, rows)}
    assert states["新疆"].sentence == "推荐名额（新疆）不超过6人：7人 → 不符合"
    assert (states["新疆生产建设兵团"].low, states["新疆生产建设兵团"].outcome) == (1, Outcome.MET)
    assert limits.total == read_limits(ANNEX).total == 31


def test_a_unit_without_a_row_has_no_places() -> None:
    spec = PoolSpec("by_unit", "推荐名额", limits=read_limits(ANNEX), per=1)
    states = evaluate_pool(spec, corps(1, ("霁川市总工会", "霁川省")))
    assert states[-1].sentence == "推荐名额（霁川市总工会）不超过0人：1人 → 不符合"


def test_a_table_of_two_keys() -> None:
    limits = read_limits({"甲市": {"男": 2, "女": 1}, "乙市": {"女": 3}}, depth=2)
    spec = PoolSpec("t", "名额", limits=limits, per=2)
    rows = [Member("a", chains=(("甲市",), ("女",))), Member("b", chains=(("甲市",), ("女",)))]
    states = {state.key: state.outcome for state in evaluate_pool(spec, rows)}
    assert states == {("甲市", "男"): Outcome.MET, ("甲市", "女"): Outcome.BROKEN, ("乙市", "女"): Outcome.MET}


TRUTHS = st.sampled_from([YES, NO, OPEN])
NAMES = st.sampled_from([("甲",), ("乙",), ("丙", "甲"), UNKNOWN])
MEMBERS = st.lists(st.tuples(TRUTHS, TRUTHS, NAMES), max_size=4)
BOUNDS = st.one_of(
    st.builds(
        Bound, st.sampled_from(["at_most", "at_least", "exactly"]), st.sampled_from([Fraction(n) for n in range(4)])
    ),
    st.builds(
        Bound,
        st.sampled_from(["at_most", "at_least", "exactly"]),
        st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(3, 10), Fraction(1, 3), Fraction(1, 2), Fraction(1)]),
        st.just(True),
    ),
)


def completions(one: Truth) -> list[bool]:
    return {YES: [True], NO: [False]}.get(one, [True, False])


def plain(bound: Bound, nested: bool, rows: list[tuple[bool, bool]]) -> Outcome:
    """The outcome on a list without unknowns, counted as a person would."""
    whole = sum(w for _, w in rows)
    inside = sum(i and (w or not nested) for i, w in rows)
    if bound.share and whole == 0:
        # Nothing to measure: as far as n − share × d goes, n itself must keep the bound.
        return Outcome.NA if nested else merged_sign(bound, Fraction(inside))
    have = Fraction(inside) - (bound.value * whole if bound.share else bound.value)
    return merged_sign(bound, have)


def merged_sign(bound: Bound, have: Fraction) -> Outcome:
    ok = {"at_least": have >= 0, "at_most": have <= 0, "exactly": have == 0}[bound.kind]
    return Outcome.MET if ok else Outcome.BROKEN


def merge(outcomes: set[Outcome]) -> Outcome:
    """What holds over all completions; not applicable in some of them can break nothing."""
    if outcomes == {Outcome.NA}:
        return Outcome.NA
    rest = {Outcome.MET if one is Outcome.NA else one for one in outcomes}
    return rest.pop() if len(rest) == 1 else Outcome.UNKNOWN


@settings(max_examples=300, deadline=None)
@given(MEMBERS, BOUNDS, st.booleans())
def test_ungrouped_pools_are_exact_over_all_completions(rows: list, bound: Bound, share_of_elsewhere: bool) -> None:
    nested = not (share_of_elsewhere and bound.share)
    members = [Member(str(i), inside, whole) for i, (inside, whole, _) in enumerate(rows)]
    state = only(PoolSpec("p", "p", (bound,), nested=nested), members)
    choices = [list(product(completions(i), completions(w))) for i, w, _ in rows]
    expected = merge({plain(bound, nested, list(world)) for world in product(*choices)})
    if not nested and state.whole_high == 0:
        assert state.outcome is Outcome.NA
    else:
        assert state.outcome is expected


@settings(max_examples=300, deadline=None)
@given(MEMBERS, BOUNDS)
def test_grouped_pools_are_exact_over_all_completions(rows: list, bound: Bound) -> None:
    """A blank group may be one that exists or a new one. A group of which nobody can be in the parent is none."""
    members = [Member(str(i), inside, whole, (chain,)) for i, (inside, whole, chain) in enumerate(rows)]
    states = {state.key[0]: state.outcome for state in evaluate_pool(PoolSpec("p", "p", (bound,), per=1), members)}
    known = {name for _, _, chain in rows if chain is not UNKNOWN for name in chain}
    fresh = [f"new{i}" for i in range(len(rows))]
    choices = [
        list(
            product(
                completions(i), completions(w), [chain] if chain is not UNKNOWN else [(n,) for n in [*known, *fresh]]
            )
        )
        for i, w, chain in rows
    ]
    seen: dict[str, set[Outcome]] = {name: set() for name in known}
    created: set[Outcome] = set()
    for world in product(*choices):
        for name in [*known, *fresh]:
            group = [(i, w) for i, w, chain in world if name in chain]
            if name in known:
                seen[name].add(plain(bound, True, group))
            elif group:
                created.add(plain(bound, True, group))
    known = {name for _, whole, chain in rows if chain is not UNKNOWN and whole is not NO for name in chain}
    assert set(states) - {None} == known
    seen = {name: found for name, found in seen.items() if name in known}
    assert {name: states[name] for name in known} == {name: merge(found) for name, found in seen.items()}
    if None in states:
        assert states[None] in (Outcome.MET, Outcome.UNKNOWN, Outcome.NA)
        if states[None] is Outcome.MET:
            assert merge(created) in (Outcome.MET, Outcome.NA)


@pytest.mark.ledger("J-08")
def test_a_unit_that_keeps_nobody_falls_short_of_its_least() -> None:
    """2 to 3 a city: a city none of whose people is kept has 0, not no place in the count."""
    spec = PoolSpec("least", "设区市推荐人数", (read_bound("at_least", 2),), per=1, force="soft")
    two, none = Member("a", chains=(("澄江",),)), Member("b", chains=(("云栖",),))
    kept = [two, Member("c", chains=(("澄江",),))]
    assert spec.asks_least
    assert [(one.key, one.low, one.outcome) for one in evaluate_pool(spec, kept, [*kept, none])] == [
        (("云栖",), 0, Outcome.BROKEN),
        (("澄江",), 2, Outcome.MET),
    ]


@pytest.mark.ledger("J-08")
def test_a_least_number_of_one_kind_of_unit_asks_nothing_of_the_others() -> None:
    """`in` a pool of the cities' people: an industrial union is no group of it; a city without any is."""
    spec = PoolSpec("least", "设区市推荐人数", (read_bound("at_least", 1),), per=1, force="soft")
    union = Member("a", whole=NO, chains=(("机械工会",),))
    city = Member("b", chains=(("云栖",),))
    states = evaluate_pool(spec, [union], [union, city])
    assert [(one.key, one.outcome) for one in states] == [(("云栖",), Outcome.BROKEN)]


@pytest.mark.ledger("J-03")
def test_one_a_group_of_a_unit_where_no_group_is_a_value_and_a_missing_one_unknown() -> None:
    """`where: {field: corp_group, is_not: 无}`: without a group in none, left blank perhaps in any."""
    spec = PoolSpec("group", "同一集团", (read_bound("at_most", 1),), per=2)
    alone = Member("a", chains=(("澄江",), ("青屿集团",)))
    groupless = [Member(f"g{n}", NO, chains=(("澄江",), ("无",))) for n in range(3)]
    blank = Member("b", OPEN, chains=(("澄江",), UNKNOWN))
    elsewhere = Member("c", chains=(("云栖",), ("青屿集团",)))
    met = evaluate_pool(spec, [alone, *groupless, elsewhere])
    assert {one.outcome for one in met if one.low} == {Outcome.MET}
    state = next(one for one in evaluate_pool(spec, [alone, blank]) if one.key == ("澄江", "青屿集团"))
    assert (state.low, state.high, state.outcome) == (1, 2, Outcome.UNKNOWN)
