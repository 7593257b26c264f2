"""A grant before it is made: which periods, what sums, to whom; and why not for some."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.funds.entitlement import Entitlement
from gongjiang.rules.funds.periods import Period, Rhythm, stopped
from gongjiang.rules.honours.split import payee_of
from gongjiang.rules.honours.terms import History


@dataclass(frozen=True, slots=True)
class Person:
    """An honour as planning sees it. `open`: periods due and not given yet, oldest first; `slot`: the next free number
    of what has no periods."""

    key: int
    name: str
    unit: str
    history: History
    open: Sequence[Period] = ()
    slot: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One payment or one service. `amount` in 元, None where nothing is paid."""

    key: int
    name: str
    period: str
    label: str
    slot: int
    part: str
    payee: str
    amount: Decimal | None


def amount_for(entitlement: Entitlement, typed: Decimal | None) -> Decimal | None:
    """What one grant comes to. A sum that the notice fixes is not typed; one that it leaves open must be, unless
    nothing is paid. Raises BadInput."""
    if entitlement.rhythm is Rhythm.EARNED:
        if typed is not None:
            raise BadInput("金额由考核决定所定，请不填。", "The decision fixed it.", place="金额")
        return None
    fixed = entitlement.amount
    if fixed is not None and typed is not None and typed != fixed and not (entitlement.service and typed < fixed):
        most = "不能超过" if entitlement.service else "就是"
        raise BadInput(f"“{entitlement.label}”的标准{most} {fixed} 元，请不填或照此填写。", "Fixed.", place="金额")
    found = typed if typed is not None else fixed
    if found is None and not entitlement.service:
        raise BadInput("通知没有写明金额，请填写每人每期的金额。", "Give the amount.", place="金额")
    if found is not None and (found < 0 or found >= Decimal(10**10) or (found == 0 and not entitlement.service)):
        raise BadInput("金额须大于 0，且不超过百亿元。", "No such amount.", place="金额")
    return found


def lines_of(
    entitlement: Entitlement, person: Person, on: date, through: date, amount: Decimal | None
) -> tuple[tuple[Line, ...], str]:
    """What somebody gets on a day: sums for all open periods begun by `through`, a service for the first of them, what
    has no periods once. Nothing, and why, where there is nothing to give."""
    why = stopped(entitlement.terms, person.history, on)
    if why and (entitlement.service or entitlement.rhythm is Rhythm.NEEDED):
        return (), why
    if entitlement.rhythm is Rhythm.NEEDED:
        chosen: Sequence[Period] = (Period("", "", on, person.slot),)
    else:
        chosen = [one for one in person.open if one.first <= through]
        if not chosen:
            return (), why or "没有到期未发的"
        chosen = chosen[:1] if entitlement.service else chosen
    return tuple(
        Line(
            person.key, person.name, one.key, one.label, one.slot, part, payee_of(part, person.name, person.unit), sum_
        )
        for one in chosen
        for part, sum_ in entitlement.parts(amount if one.amount is None else one.amount).items()
    ), ""
