"""reduce_quota: 核减名额. The place of the unit that put the person forward is cancelled and not refilled."""

from typing import Final

from gongjiang.rules.honours.effects.base import Effect, Step

EFFECT: Final = Effect(
    "reduce_quota",
    "核减名额",
    (Step.CANCEL_PLACE,),
    against=frozenset({"keep", "backfill"}),
    needs=frozenset({"cancel"}),
)
