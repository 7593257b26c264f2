"""What a pack promises with an honour: things to hand over, sums to pay once, being preferred elsewhere (G-14).

What is paid month by month, services and cultivation are another matter: they are not owed by the naming itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from gongjiang.rules.honours.split import shares_of, split_sum
from gongjiang.rules.programmes.schema.base import Value
from gongjiang.rules.programmes.schema.stage import Benefit

THINGS: Final = frozenset({"honour", "certificate", "trophy", "award"})
SUMS: Final = frozenset({"once", "bonus"})
AHEAD: Final = frozenset({"priority", "enter", "award"})
"""Kinds that are told where the person is nominated next: first in line, let in at a later stage, honoured as well."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A thing or a sum. `amount` in 元; None where the notice leaves it open (0 stands for that too). `to`: who takes
    it; each share of a divided sum is one by itself."""

    benefit: str
    label: str
    money: bool
    amount: Decimal | None
    to: str


@dataclass(frozen=True, slots=True)
class Preferred:
    """Where whoever holds the honour comes first: a programme by its code, '' where the notice names none."""

    benefit: str
    label: str
    programme: str
    to: str


def belonging(
    benefits: Sequence[Benefit], award: str, tier: str, met: Callable[[Benefit], bool]
) -> tuple[Benefit, ...]:
    """The benefits of an award at a tier, in the pack's order; `met`: does its `when` hold for this person?"""
    return tuple(
        one
        for one in benefits
        if (not one.award or award in one.award) and (not one.tier or tier in one.tier) and met(one)
    )


def owed(benefits: Sequence[Benefit], value: Callable[[Value], object], *, trainee: bool) -> tuple[Owed, ...]:
    """What is to be given once somebody is named. Trophy and certificate come with the title: trainees get none yet
    (ledger X-06)."""
    return tuple(_owed(benefits, value, trainee=trainee))


def _owed(benefits: Sequence[Benefit], value: Callable[[Value], object], *, trainee: bool) -> Iterator[Owed]:
    for one in benefits:
        if one.kind in THINGS and not trainee and one.at is None:
            yield Owed(one.id, one.shown, False, None, one.to)
        elif one.kind in SUMS and one.at is None:
            sum_ = amount_of(None if one.amount is None else value(one.amount))
            for part, share in parts_of(one, sum_).items():
                yield Owed(one.id, one.shown, True, share, part)


def parts_of(benefit: Benefit, sum_: Decimal | None) -> dict[str, Decimal | None]:
    """Who takes how much of a sum: one, or the shares that the pack divides it into. Open sums have open shares."""
    if not benefit.split:
        return {benefit.to: sum_}
    return dict.fromkeys(benefit.split) if sum_ is None else dict(split_sum(sum_, shares_of(benefit.split)))


def preferred(benefits: Sequence[Benefit]) -> tuple[Preferred, ...]:
    """A line for each programme that a priority, an entry or a further award names; one without a programme where it
    names none."""
    return tuple(
        Preferred(one.id, one.shown, programme, one.to)
        for one in benefits
        if one.kind in AHEAD
        for programme in (one.programme or ((one.confers or {}).get("programme", ""),))
    )


def amount_of(raw: object) -> Decimal | None:
    """A sum of money as the pack or the edition's answer gives it; None for none, for 0 and for what is no number."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        return None
    try:
        found = Decimal(str(raw))
    except ArithmeticError:
        return None
    return found.quantize(Decimal("0.01")) if found.is_finite() and 0 < found < Decimal(10**10) else None
