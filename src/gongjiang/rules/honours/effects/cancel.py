"""cancel: 取消资格. The person is struck from the list, and the place is free."""

from typing import Final

from gongjiang.rules.honours.effects.base import Effect, Step

EFFECT: Final = Effect("cancel", "取消资格", (Step.STRIKE,), against=frozenset({"keep"}))
