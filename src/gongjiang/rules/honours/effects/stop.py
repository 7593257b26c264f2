"""stop: 停发. What goes with the honour ends on the day of the decision."""

from typing import Final

from gongjiang.rules.honours.effects.base import HONOUR, Effect, Step

EFFECT: Final = Effect("stop", "终止待遇", (Step.STOP,), over=(HONOUR,))
