"""backfill: 递补. The next of the order takes the place that a cancelled name leaves."""

from typing import Final

from gongjiang.rules.honours.effects.base import Effect, Step

EFFECT: Final = Effect(
    "backfill", "依次递补", (Step.MOVE_UP,), against=frozenset({"keep"}), needs=frozenset({"cancel"})
)
