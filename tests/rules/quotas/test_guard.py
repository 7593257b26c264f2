"""What a case takes up when it joins a list, an unknown counting as inside."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.rules.quotas.guard import Seat, Seating, hard_maxima
from gongjiang.rules.quotas.limits import read_bound
from gongjiang.rules.quotas.members import Member
from gongjiang.rules.quotas.pools import Outcome, PoolSpec, evaluate_pool
from gongjiang.rules.quotas.tables import read_limits

TABLE = read_limits({"北京": 6, "新疆": {"places": 9, "includes": {"新疆生产建设兵团": 3}}})


@pytest.mark.ledger("N-05")
def test_a_case_of_the_corps_takes_a_place_in_both_rows() -> None:
    spec = PoolSpec("by_unit", "推荐名额", limits=TABLE, per=1)
    seats = hard_maxima(spec, Member("a", chains=(("新疆生产建设兵团", "新疆"),)))
    assert seats == (
        Seat("by_unit", "推荐名额", ("新疆生产建设兵团",), 3),
        Seat("by_unit", "推荐名额", ("新疆",), 9),
    )
    assert seats[1].name == "推荐名额（新疆）"
    assert seats[1].counter == "新疆"


def test_an_unknown_counts_as_inside_and_an_outsider_takes_nothing() -> None:
    spec = PoolSpec("p", "p", (read_bound("at_most", 5),))
    assert [seat.limit for seat in hard_maxima(spec, Member("a", Truth.UNKNOWN))] == [5]
    assert hard_maxima(spec, Member("a", Truth.FALSE)) == ()
    assert hard_maxima(spec, Member("a", whole=Truth.FALSE)) == ()


@pytest.mark.parametrize(
    "spec",
    [
        PoolSpec("p", "p", (read_bound("at_most", "15%"),)),
        PoolSpec("p", "p", (read_bound("at_least", 5),)),
        PoolSpec("p", "p", (read_bound("at_most", 5),), force="guide"),
        PoolSpec("p", "p", (read_bound("at_most", 5),), distinct=True),
        PoolSpec("p", "p", (read_bound("at_most", 5),), applies=Truth.FALSE),
        PoolSpec("p", "p"),
    ],
)
def test_only_hard_maxima_in_whole_numbers_are_guarded(spec: PoolSpec) -> None:
    assert hard_maxima(spec, Member("a")) == ()


def test_exactly_is_a_maximum_too_and_the_tightest_counts() -> None:
    spec = PoolSpec("p", "p", (read_bound("at_most", 5), read_bound("exactly", 4)))
    assert [seat.limit for seat in hard_maxima(spec, Member("a"))] == [4]


def test_counters_of_different_groups_differ() -> None:
    keys = [
        ("a", "b"),
        ("a / b",),
        ("a/b",),
        (None, "b"),
        ("?", "b"),
        ("a/", "b"),
        ("a", "/b"),
        ("a", None),
        ("??", "b"),
    ]
    assert len({Seat("p", "p", key, 1).counter for key in keys}) == len(keys)


CHAINS = st.sampled_from([("甲",), ("乙",), UNKNOWN])


@settings(deadline=None)
@given(st.lists(st.tuples(CHAINS, CHAINS), max_size=5), st.integers(1, 2))
def test_seats_are_free_exactly_as_long_as_the_pool_is_certainly_kept(rows: list, limit: int) -> None:
    """The seating says full when, and only when, the pool over the list would no longer be certain."""
    spec = PoolSpec("p", "p", (read_bound("at_most", limit),), per=2)
    seating, inside = Seating(), []
    for i, chains in enumerate(rows):
        member = Member(str(i), chains=chains)
        free = seating.full(hard_maxima(spec, member)) is None
        states = evaluate_pool(spec, [*inside, member])
        assert free is all(state.outcome is Outcome.MET for state in states)
        if free:
            seating.take(hard_maxima(spec, member))
            inside.append(member)


def test_order_of_joining_does_not_change_how_many_fit() -> None:
    spec = PoolSpec("by_unit", "推荐名额", limits=TABLE, per=1)
    members = [Member(str(i), chains=(("新疆生产建设兵团", "新疆"),)) for i in range(4)]
    for order in permutations(members):
        seating = Seating()
        taken = 0
        for member in order:
            seats = hard_maxima(spec, member)
            if seating.full(seats) is None:
                seating.take(seats)
                taken += 1
        assert taken == 3
    assert seating.full(hard_maxima(spec, members[0])) == Seat("by_unit", "推荐名额", ("新疆生产建设兵团",), 3)
