"""Other values for some params: whose outcome turns, under which rule and clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule, evaluate_rules
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts

REFUSING: Final = frozenset({"hard"})
"""Rules that keep somebody out; others ask a reason or are only shown."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One rule whose outcome differs for one case. `before`, `after`: pass, fail, unknown, na."""

    rule: str
    before: str
    after: RuleOutcome


@dataclass(frozen=True, slots=True)
class Turned:
    """What differs for one case. `was_out`, `is_out`: some hard rule fails, with the present values and the others."""

    turns: tuple[Turn, ...]
    was_out: bool
    is_out: bool

    @property
    def falls_out(self) -> bool:
        """Not refused now, refused with the other values."""
        return self.is_out and not self.was_out

    @property
    def comes_in(self) -> bool:
        """Refused now, not with the other values."""
        return self.was_out and not self.is_out


def turned(
    rules: Iterable[ReadyRule], exceptions: Iterable[ReadyException], facts: Facts, params: Mapping[str, Any]
) -> Turned:
    """One case judged twice by the explaining evaluator: as it stands, and with `params` instead."""
    listed, waiving = tuple(rules), tuple(exceptions)
    now = evaluate_rules(listed, facts, waiving)
    then = evaluate_rules(listed, replace(facts, params={**facts.params, **params}), waiving)
    turns = tuple(
        Turn(before.rule, before.outcome, after)
        for before, after in zip(now, then, strict=True)
        if before.outcome != after.outcome
    )
    return Turned(turns, any(map(_refuses, now)), any(map(_refuses, then)))


def _refuses(one: RuleOutcome) -> bool:
    return one.force in REFUSING and one.outcome == "fail" and one.overlay is None
