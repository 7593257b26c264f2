"""Effects of a process that say something nobody could carry out."""

import pytest
from tests.rules.programmes.conftest import Told

WRONG = [
    "{stop: visit}", "{stop: [visits, odd]}", "{pay: visits}", "{pay: odd}", "pay", "{pay: all}", "{pay: open}",
    "{pay: {benefit: open, amount: 0}}", "{pay: {benefit: open, amount: 很多}}", "reclaim", "{reclaim: some}",
    "{explain: {by: boss, within: {days: 3}}}",
    "{reduce_quota: {places: 0}}", "{reduce_quota: {places: 一半}}",
]  # fmt: skip
RIGHT = [
    "stop", "{stop: all}", "{stop: visits}", "{stop: [visits, sum]}", "{pay: sum}", "{pay: {benefit: open, amount: 5}}",
    "{pay: {benefit: open, amount: $many}}", "{reclaim: unspent}", "{reclaim: {of: all}}",
    "reduce_quota", "{reduce_quota: {places: $many}}",
    "{explain: {within: {days: 3}}}", "{explain: {by: nominator, within: {months: 1}}}",
]  # fmt: skip


def codes(told: Told, effect: str, about: str = "honour") -> set[str]:
    pack = f"""
params:
  - {{id: many, value: 1, cite: 一}}
benefits:
  - {{id: visits, kind: service, cite: 一}}
  - {{id: sum, kind: once, amount: 500, cite: 一}}
  - {{id: open, kind: bonus, cite: 一}}
processes:
  - {{id: yearly, about: {about}, cite: 一, tiers: [{{id: poor, effects: [{effect}]}}]}}
"""
    return {code for code, _ in told(pack) if code in {"process.argument", "process.effect", "unknown.benefit"}}


@pytest.mark.parametrize("effect", WRONG)
def test_what_nobody_could_carry_out_is_told(told: Told, effect: str) -> None:
    assert codes(told, effect) <= {"process.argument", "unknown.benefit"}
    assert codes(told, effect) != set()


@pytest.mark.parametrize("effect", RIGHT)
def test_what_can_be_carried_out_is_fine(told: Told, effect: str) -> None:
    assert codes(told, effect) == set()


def test_a_unit_has_no_honour_to_lose(told: Told) -> None:
    assert codes(told, "revoke", "unit") == {"process.argument"}
    assert codes(told, "{explain: {by: unit, within: {days: 3}}}", "unit") == set()


def test_an_explanation_without_a_day(told: Told) -> None:
    assert codes(told, "explain") == {"process.effect"}
