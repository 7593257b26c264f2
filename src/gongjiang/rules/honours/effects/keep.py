"""keep: 保留. The person stays on the list, their clock untouched."""

from typing import Final

from gongjiang.rules.honours.effects.base import Effect

EFFECT: Final = Effect("keep", "保留人选", against=frozenset({"cancel", "backfill"}))
