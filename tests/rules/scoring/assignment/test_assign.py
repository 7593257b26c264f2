"""Assignment: enough experts, no conflicts, even loads, the same again from the same seed."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.rules.scoring.assignment import assign


def names(kind: str, number: int) -> list[str]:
    return [f"{kind}{n}" for n in range(number)]


def test_loads_differ_by_one_at_most() -> None:
    found = assign(names("c", 50), names("e", 9), 3, "2026")
    assert found.decision.allowed
    assert set(found.loads.values()) == {16, 17}
    assert {len(experts) for experts in found.experts.values()} == {3}


def test_replayable_and_independent_of_the_order_of_input() -> None:
    conflicts = {"c1": {"e1": "与人选同在一个单位"}}
    once = assign(names("c", 20), names("e", 7), 3, "seed", conflicts)
    again = assign(names("c", 20)[::-1], names("e", 7)[::-1], 3, "seed", conflicts)
    assert once.experts == again.experts
    assert once.experts != assign(names("c", 20), names("e", 7), 3, "other", conflicts).experts


def test_too_few_experts_are_named_with_the_blocking_rule() -> None:
    conflicts = {"c1": {"e0": "与人选同在一个单位", "e1": "与人选同在一个单位", "e2": "曾为人选写过推荐"}}
    found = assign(names("c", 2), names("e", 5), 3, "s", conflicts)
    assert found.experts == {}
    assert [(one.subject, one.text) for one in found.decision.reasons] == [
        ("c1", "需3位专家，可评的只有2位（与人选同在一个单位2位、曾为人选写过推荐1位），请增加专家。")
    ]
    (reason,) = assign(["c"], ["e"], 2, "s").decision.reasons
    assert reason.text == "需2位专家，可评的只有1位（专家人数不足），请增加专家。"


def test_a_ceiling_that_cannot_be_kept() -> None:
    assert assign(names("c", 4), names("e", 4), 2, "s", most=2).decision.allowed
    (reason,) = assign(names("c", 4), names("e", 4), 2, "s", most=1).decision.reasons
    assert reason.text == "每位专家最多评1个，4个对象各需2位，4位专家不够分配，请增加专家或放宽上限。"


def test_nobody_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        assign(["c", "c"], ["e"], 1, "s")


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 4), st.integers(1, 4), st.integers(1, 2), st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)))
)
def test_as_even_as_any_assignment_can_be(cases: int, experts: int, per_case: int, barred: set) -> None:
    conflicts: dict[str, dict[str, str]] = {}
    for case, expert in barred:
        conflicts.setdefault(f"c{case}", {})[f"e{expert}"] = "回避"
    found = assign(names("c", cases), names("e", experts), per_case, "s", conflicts)
    choices = [
        list(combinations([one for one in names("e", experts) if one not in conflicts.get(case, {})], per_case))
        for case in names("c", cases)
    ]
    worlds = [
        sorted(sum(world.count(one) for world in all_of) for one in names("e", experts)) for all_of in product(*choices)
    ]
    assert found.decision.allowed is bool(worlds)
    if worlds:
        assert sorted(found.loads.values()) == min(worlds, key=lambda loads: sum(load * load for load in loads))
        for case, chosen in found.experts.items():
            assert len(set(chosen)) == per_case
            assert not set(chosen) & conflicts.get(case, {}).keys()
