"""An entitlement: one benefit of the pack with the values that this edition's office gave, as the desk works on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gongjiang.rules.funds.periods import Rhythm
from gongjiang.rules.honours.bestowals import amount_of
from gongjiang.rules.honours.split import shares_of, split_sum
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import STOPS, Terms, until_of
from gongjiang.rules.programmes.schema.stage import Benefit

KINDS: Final = frozenset({"monthly", "yearly", "service"})
"""Kinds of the pack that are given again and again; what is given once goes with the naming (honours/bestowals)."""

MOST: Final = 366
"""Times in a year."""

OWN: Final[Mapping[str, str]] = {
    "visit": "走访慰问",
    "health_check": "健康体检",
    "recuperation": "疗休养",
    "medical": "就医服务",
    "hardship": "困难帮扶",
    "bonus": "奖励金",
    "allowance": "津贴补助",
}
"""What a union or an enterprise gives on its own account, beside what the notice promises (第十八条：根据本地区情况).
Kinds only: how often and how much is theirs to say."""

OWN_PREFIX: Final = "own:"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """`amount` of one period in 元, None where it is open; `to`: a word of PAYEES; `shares`: of a divided sum;
    `service`: something done for the person, that may be taken by appointment and needs the title on the day."""

    id: str
    label: str
    rhythm: Rhythm
    terms: Terms
    times: int = 1
    amount: Decimal | None = None
    to: str = "person"
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    use: Sequence[str] = ()
    fund: str = ""
    service: bool = False
    cite: str = ""

    @property
    def own(self) -> bool:
        """Is it beside the notice?"""
        return self.id.startswith(OWN_PREFIX)

    def parts(self, amount: Decimal | None) -> dict[str, Decimal | None]:
        """Who gets what of one grant: one part, or those of a divided sum, which make it up exactly."""
        if not self.shares:
            return {self.to: amount}
        return dict.fromkeys(self.shares) if amount is None else dict(split_sum(amount, self.shares))


def entitlement_of(benefit: Benefit, value: Callable[[Any], Any], *, earned: bool = False) -> Entitlement | None:
    """The entitlement that a benefit of the pack makes; None for what is given once with the naming. `value` looks
    params up and chooses by tier; `earned`: it becomes due by assessments, which say how much."""
    if not earned and benefit.kind not in KINDS:
        return None
    times = times_of(None if benefit.times is None else value(benefit.times))
    service = benefit.kind == "service"
    rhythm = Rhythm.MONTHLY if benefit.kind == "monthly" else Rhythm.YEARLY
    if service and not times:
        rhythm = Rhythm.NEEDED
    if earned:
        rhythm = Rhythm.EARNED
    return Entitlement(
        benefit.id,
        benefit.shown,
        rhythm,
        terms_of(benefit, value),
        max(times, 1) if rhythm is Rhythm.YEARLY else 1,
        None if earned or benefit.amount is None else amount_of(value(benefit.amount)),
        benefit.to,
        shares_of(benefit.split) if benefit.split else {},
        benefit.use,
        benefit.fund or "",
        service,
        benefit.clause,
    )


def terms_of(benefit: Benefit, value: Callable[[Any], Any]) -> Terms:
    """When a benefit runs. An answer that can't be read counts as not given: the pack's check tells it."""
    since = value(benefit.since) if benefit.since is not None else None
    until = value(benefit.until) if benefit.until is not None else None
    stops = frozenset(one for one in benefit.stops_on if one in STOPS)
    return Terms(
        Standing.STANDS if since == Standing.STANDS else Standing.TRAINEE, until_of(until), stops or frozenset(STOPS)
    )


def times_of(raw: Any) -> int:
    """How often in a year; 0 for what is no such number."""
    text = str(raw) if not isinstance(raw, bool) else ""
    whole = text.removesuffix(".0")
    return int(whole) if whole.isascii() and whole.isdecimal() and len(whole) < 4 and int(whole) <= MOST else 0


def own_entitlements() -> tuple[Entitlement, ...]:
    """What may be given on one's own account, to whoever holds the title on the day."""
    terms = Terms(stops_on=frozenset({"suspend", "revoke", "end"}))
    return tuple(
        Entitlement(OWN_PREFIX + key, label, Rhythm.NEEDED, terms, service=key not in {"bonus", "allowance"})
        for key, label in OWN.items()
    )
