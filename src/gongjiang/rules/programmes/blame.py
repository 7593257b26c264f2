"""Which part of a rule decided its outcome: a short code beside the explanation, the same for one person or a million.

`fail` leads through every “all” to its first false part; `unknown` leads to the first open part. The way is the places
of the parts from the rule's check downwards, from 0; () is the check itself.
"""

from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.explain import RuleOutcome, Verdict

WHEN: Final = (-1,)
"""The way of a rule that is open because it is not known whether it applies."""

OPENED_BY_A_PART: Final = frozenset({"all", "any", "n_of", "not"})


@dataclass(frozen=True, slots=True)
class Reason:
    """An outcome (pass, fail, unknown, na) and the way to the part that decided it.

    >>> Reason("fail", (0, 2)).code
    'fail:0.2'
    """

    outcome: str
    way: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """For files and programs: pass, na, fail, `unknown:when`, `fail:0.2`."""
        if self.way == WHEN:
            return f"{self.outcome}:when"
        return f"{self.outcome}:{'.'.join(map(str, self.way))}" if self.way else self.outcome


def reason_of(one: RuleOutcome) -> Reason:
    """The reason of an explained outcome."""
    if one.outcome == "fail":
        return Reason("fail", _first(one.details, Truth.FALSE))
    if one.outcome == "unknown":
        own = one.details.truth is Truth.UNKNOWN
        return Reason("unknown", _first(one.details, Truth.UNKNOWN) if own else WHEN)
    return Reason(one.outcome)


def _first(verdict: Verdict, wanted: Truth) -> tuple[int, ...]:
    if verdict.kind == "all" or (wanted is Truth.UNKNOWN and verdict.kind in OPENED_BY_A_PART):
        for n, part in enumerate(verdict.parts):
            if part.truth is wanted:
                return (n, *_first(part, wanted))
    return ()
