"""Nobody is decided on unheard; steps go only from where the table says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.honours.effects import Step
from gongjiang.rules.inquiries.grounds import OWN, About, grounds
from gongjiang.rules.inquiries.steps import LEAST_DAYS, Action, Heard, State, judge_due, judge_proposal, may
from gongjiang.rules.programmes.schema.stage import Accountability

TOLD = date(2026, 10, 8)
DUE = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("heard", "today", "words"),
    [
        (Heard(), DUE, "还没有把核查的事项告知当事人"),
        (Heard(told=True, due=DUE), DUE, "可以陈述到2026年10月20日"),
        (Heard(told=True, due=DUE, hearing_asked=True, stated=True), DUE + timedelta(days=9), "先举行听证"),
    ],
)
def test_against_somebody_unheard_nothing_is_proposed(heard: Heard, today: date, words: str) -> None:
    decision = judge_proposal(heard, against=True, today=today)
    assert not decision.allowed
    assert words in decision.reasons[0].text
    assert judge_proposal(heard, against=False, today=today).allowed


@pytest.mark.parametrize(
    ("heard", "today"),
    [
        (Heard(told=True, due=DUE), DUE + timedelta(days=1)),
        (Heard(told=True, due=DUE, stated=True), TOLD),
        (Heard(told=True, due=DUE, waived=True), TOLD),
        (Heard(told=True, due=DUE, stated=True, hearing_asked=True, hearing_held=True), TOLD),
    ],
)
def test_heard_is_heard(heard: Heard, today: date) -> None:
    assert judge_proposal(heard, against=True, today=today).allowed


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-10, 400))
def test_the_time_to_answer_is_neither_too_short_nor_endless(told: date, days: int) -> None:
    assert judge_due(told, told + timedelta(days=days)).allowed == (LEAST_DAYS <= days <= 180)


@given(st.sampled_from(Action), st.sampled_from(State))
def test_what_is_over_stays_over(action: Action, state: State) -> None:
    assert not (may(action, state) and state in {State.DECIDED, State.CLOSED})
    assert may(Action.CONFIRM, state) == may(Action.SEND_BACK, state) == (state is State.PROPOSED)


def item(name: str, *effects: str, **more: object) -> Accountability:
    return Accountability(id=name, when="弄虚作假", cite=("二十",), effects=effects, **more)


@pytest.mark.ledger("J-09", "M-17")
def test_grounds_are_the_packs_own_and_last_the_bodys() -> None:
    items = [
        item("forged", "cancel", "reduce_quota"),
        item("exit", "revoke", "stop", "bar", grounds=("弄虚作假", "违纪违法")),
        item("told", "explain"),
        item("odd", "cancel", "keep"),
    ]
    case, honour, unit = (grounds(one, items) for one in About)
    assert [(one.id, one.steps) for one in case] == [
        ("forged", (Step.STRIKE, Step.CANCEL_PLACE)),
        (OWN, (Step.STRIKE,)),
    ]
    assert [(one.id, one.steps, one.manual, one.situations) for one in honour] == [
        ("exit", (Step.WITHDRAW, Step.STOP), ("限期不得申报",), ("弄虚作假", "违纪违法")),
        (OWN, (Step.WITHDRAW, Step.STOP), (), ()),
    ]
    assert [(one.id, one.steps) for one in unit] == [(one, ()) for one in ("forged", "exit", "told", "odd", OWN)]
