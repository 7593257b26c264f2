"""Benefits that say something nobody could act on."""

import pytest
from tests.rules.programmes.conftest import Told

WRONG = [
    ("{id: a, kind: montly, cite: 一}", {"benefit.kind"}),
    ("{id: a, kind: monthly, to: persn, cite: 一}", {"benefit.word"}),
    ("{id: a, kind: monthly, stops_on: [suspended], cite: 一}", {"benefit.word"}),
    ("{id: a, kind: monthly, since: named, cite: 一}", {"benefit.word"}),
    ("{id: a, kind: monthly, fund: town, cite: 一}", {"benefit.word"}),
    ("{id: a, kind: once, split: {leader: 20%, studio: 70%}, cite: 一}", {"benefit.split"}),
    ("{id: a, kind: once, split: {leader: 20, studio: 80}, cite: 一}", {"benefit.split"}),
    ("{id: a, kind: honour, split: {leader: 20%, studio: 80%}, cite: 一}", {"benefit.split"}),
    ("{id: a, kind: once, split: {boss: 100%}, cite: 一}", {"benefit.word"}),
    ("{id: a, kind: monthly, amount: -5, cite: 一}", {"benefit.numbers"}),
    ("{id: a, kind: monthly, amount: {gold: 5, star: 五}, cite: 一}", {"benefit.numbers"}),
    ("{id: a, kind: monthly, times: 2, cite: 一}", {"benefit.numbers"}),
    ("{id: a, kind: service, times: 1.5, cite: 一}", {"benefit.numbers"}),
    ("{id: a, kind: monthly, until: 三年, cite: 一}", {"benefit.numbers"}),
]
RIGHT = [
    "{id: a, kind: once, amount: 90000, to: studio, split: {leader: 20%, studio: 80%}, fund: city, cite: 一}",
    "{id: a, kind: monthly, amount: 650, to: person, until: term_end, stops_on: [suspend, revoke], cite: 一}",
    "{id: a, kind: service, times: $many, since: $begin, until: 2031-12-31, cite: 一}",
    "{id: a, kind: advice, cite: 一}",
]


def codes(told: Told, text: str) -> set[str]:
    params = "  - {id: many, value: 1, cite: 一}\n  - {id: begin, value: stands, cite: 一}\n"
    pack = f"params:\n{params}benefits:\n  - {text}\n"
    return {code for code, _ in told(pack) if code.startswith("benefit")}


@pytest.mark.parametrize(("text", "found"), WRONG)
def test_what_nobody_could_act_on_is_told(told: Told, text: str, found: set[str]) -> None:
    assert codes(told, text) == found


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_mechanisms_say_is_fine(told: Told, text: str) -> None:
    assert codes(told, text) == set()
