"""Effects: a closed list, the few that are carried out, and what can't stand together."""

import pytest

from gongjiang.rules.honours.effects import HONOUR, LATER, Step, effects, label_of, steps_of, unfit
from gongjiang.rules.programmes.lints.references import EFFECTS


def test_every_word_of_the_format_is_either_carried_out_or_named_as_later() -> None:
    assert set(effects()) | set(LATER) == set(EFFECTS)
    assert not set(effects()) & set(LATER)


def test_steps_stand_in_their_own_order() -> None:
    assert steps_of(["backfill", "cancel"]) == (Step.STRIKE, Step.MOVE_UP)
    assert steps_of(["explain", "keep"]) == (Step.ANSWER,)
    assert steps_of([]) == ()


@pytest.mark.parametrize("good", [["cancel", "backfill"], ["cancel"], ["explain", "keep"], []])
def test_what_a_pack_may_say(good: list[str]) -> None:
    assert unfit(good) == ()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (["bar"], "后果“限期不得申报”（bar）本版本还不能自动执行"),
        (["revoke"], "后果“撤销荣誉、收回证书”（revoke）只用于已经命名的荣誉"),
        (["backfill"], "后果“依次递补”须与“取消资格”同写"),
        (["cancel", "keep"], "后果“取消资格”与“保留人选”矛盾"),
    ],
)
def test_what_it_may_not(bad: list[str], words: str) -> None:
    problems = unfit(bad)
    assert len(problems) == 1
    assert words in problems[0]


def test_over_an_honour_other_words_hold() -> None:
    assert unfit(["revoke", "stop", "explain"], HONOUR) == ()
    assert "只用于还没有命名的申报" in unfit(["cancel"], HONOUR)[0]


def test_labels() -> None:
    assert (label_of("cancel"), label_of("bar"), label_of("strange")) == ("取消资格", "限期不得申报", "strange")
