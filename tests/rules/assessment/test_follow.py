"""What follows from a tier: its effects, another try, or what the pack says when that fails too."""

from datetime import date

import pytest
from pydantic import ValidationError

from gongjiang.rules.assessment.follow import follow, said
from gongjiang.rules.programmes.schema.process import Effect, Outcome, Span

DAY = date(2028, 11, 30)
TIERS = (
    Outcome(id="good", label="优秀", effects=[{"prefer": {"programme": "province-star"}}]),
    Outcome(id="poor", label="不合格", effects=[{"retry": {"after": {"months": 3}, "times": 2, "else": "failed"}}]),
    Outcome(id="failed", label="复核仍不合格", effects=["revoke", {"bar": {"years": 4}}]),
)


def test_a_plain_tier_brings_its_effects() -> None:
    found = follow(TIERS, "good", 0, DAY)
    assert (found.tier, found.again_on) == ("good", None)
    assert [one.word for one in found.effects] == ["prefer"]


@pytest.mark.parametrize("tries", [0, 1])
def test_another_try_as_often_as_the_pack_says(tries: int) -> None:
    found = follow(TIERS, "poor", tries, DAY)
    assert (found.tier, found.again_on) == ("poor", date(2029, 2, 28))


def test_after_the_last_try_the_tier_that_is_named_for_it() -> None:
    found = follow(TIERS, "poor", 2, DAY)
    assert (found.tier, found.label, found.again_on) == ("failed", "复核仍不合格", None)
    assert [one.word for one in found.effects] == ["revoke", "bar"]


def test_a_tier_that_the_process_does_not_have() -> None:
    with pytest.raises(KeyError):
        follow(TIERS, "strange", 0, DAY)


def test_effects_in_words() -> None:
    assert said(Effect.read({"bar": {"years": 4}})) == "限期不得申报（4年）"
    assert said(Effect.read({"renew": {"months": 6}})) == "续期（6个月）"
    assert said(Effect.read("end")) == "期满终止"
    assert said(Effect.read({"reclaim": "unspent"})) == "追回（未使用的部分）"
    assert said(Effect.read({"reclaim": {"of": "all"}})) == "追回（已发放的全部）"
    assert said(Effect.read("stop")) == "终止待遇"
    assert said(Effect.read({"stop": ["visits", "odd"]}), {"visits": "走访慰问"}) == "终止待遇（走访慰问，odd）"
    assert said(Effect.read({"explain": {"by": "unit", "within": {"days": 10}}})) == "说明情况（所在单位，10天内）"
    assert said(Effect.read({"pay": {"benefit": "bonus", "amount": 5}}), {"bonus": "奖金"}) == "发放（奖金）"


@pytest.mark.parametrize("raw", [["revoke", "bar"], {"bar": {}, "end": {}}, 3])
def test_what_is_no_effect(raw: object) -> None:
    with pytest.raises(ValueError, match="后果须写一个词"):
        Effect.read(raw)


def test_a_length_must_say_something() -> None:
    with pytest.raises(ValidationError, match="years、months 或 days"):
        Span()
