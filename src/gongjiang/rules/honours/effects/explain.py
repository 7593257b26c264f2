"""explain: 说明. The objector, and whoever the objection was about, are told what was found."""

from typing import Final

from gongjiang.rules.honours.effects.base import CASE, HONOUR, Effect, Step

EFFECT: Final = Effect("explain", "说明情况", (Step.ANSWER,), over=(CASE, HONOUR))
