"""The order in which the recused walk least: exact against every permutation, and never worse than as given."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.rules.meetings.agenda import agenda, walks

AWAY = st.frozensets(st.sampled_from("何焊温岑李"), max_size=3)


def test_neighbours_share_their_recused() -> None:
    recused = {"a": frozenset("何"), "c": frozenset("温"), "d": frozenset("何"), "e": frozenset("何温")}
    order = agenda(["a", "b", "c", "d", "e"], recused)
    assert order == ("b", "a", "d", "e", "c")
    assert walks([recused.get(one, frozenset()) for one in order]) == 4


@settings(max_examples=40)
@given(st.lists(AWAY, max_size=6))
def test_no_order_has_fewer_walks(away: list[frozenset[str]]) -> None:
    items = [str(n) for n in range(len(away))]
    recused = dict(zip(items, away, strict=True))
    order = agenda(items, recused)
    assert sorted(order) == items
    assert walks([recused[one] for one in order]) == min(walks(one) for one in permutations(away))


@settings(max_examples=25)
@given(st.lists(st.frozensets(st.integers(0, 14).map(str), min_size=1, max_size=3), min_size=20, max_size=40))
def test_long_agendas_are_no_worse_than_as_given(away: list[frozenset[str]]) -> None:
    items = [f"{n:02}" for n in range(len(away))]
    recused = dict(zip(items, away, strict=True))
    order = agenda(items, recused)
    assert sorted(order) == items
    grouped = list(dict.fromkeys(away))
    assert walks([recused[one] for one in order]) <= walks(grouped)
