"""Figures of a report are the lengths of their lists, whatever the order in which people come."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.reports.figures import Doing, Person, figures
from gongjiang.rules.reports.moves import OPEN, OWED, SEALED, STEPS, State
from gongjiang.rules.reports.tables import summed

SINCE = date(2026, 1, 1)
people = st.lists(
    st.builds(
        Person,
        id=st.integers(1, 10**6),
        level=st.sampled_from(["province", "city"]),
        state=st.sampled_from(["trainee", "stands", "suspended", "ended", "revoked"]),
        begun=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
        gender=st.sampled_from(["男", "女", ""]),
        age=st.sampled_from(["35岁及以下", "36—45岁", "46—55岁", ""]),
        unit=st.sampled_from([None, 7, 8]),
    ),
    max_size=20,
    unique_by=lambda one: one.id,
)


@pytest.mark.ledger("M-19")
@given(people, st.randoms(use_true_random=False))
def test_lists_do_not_depend_on_the_order_and_add_up(rows: list[Person], chance: object) -> None:
    found = figures(rows, [], SINCE, ["province", "city"])
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert figures(shuffled, [], SINCE, ["province", "city"]) == found
    by_id = {one.id: one for one in found}
    for level in ("province", "city"):
        states = ("trainee", "stands", "ended", "fell")
        assert sum(by_id[f"p.{level}.{one}"].n for one in states) == sum(one.level == level for one in rows)
        held = {*by_id[f"p.{level}.trainee"].ids, *by_id[f"p.{level}.stands"].ids}
        assert set(by_id[f"p.{level}.women"].ids) <= held
        assert set(by_id[f"p.{level}.young"].ids) <= held


def test_what_was_done_counts_entries_and_each_person_once() -> None:
    done = [Doing(5, 1, "visit"), Doing(3, 1, "visit"), Doing(4, 2, "visit"), Doing(9, 2, "talk")]
    found = {one.id: one.ids for one in figures([], done, SINCE, [])}
    assert found == {
        "k.talk.entries": (9,),
        "k.talk.people": (2,),
        "k.visit.entries": (3, 4, 5),
        "k.visit.people": (1, 2),
    }


def test_units_below_are_left_out_of_a_sum() -> None:
    assert summed([{"p.city.stands": 1, "u.3.stands": 1}, {"p.city.stands": 4}]) == {"p.city.stands": 5}


def test_nothing_is_written_once_it_is_handed_in() -> None:
    assert OPEN.isdisjoint(SEALED)
    assert set(State) == OWED | SEALED
    leaving = {one.to for one in STEPS.values() if one.froms & SEALED and one.to not in SEALED}
    assert leaving == {State.RETURNED}
