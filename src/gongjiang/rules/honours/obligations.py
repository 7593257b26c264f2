"""Obligations after naming: until when they run, and whether a change is lawful (jiangsu-2026 四.2; ledger J-10).

"3年内" runs from the day it begins to the day before the same date three years on; 29 February ends on 28.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from gongjiang.kernel.dates import Month, long_date
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.schema.base import resolve
from gongjiang.rules.programmes.schema.obligation import Obligation


def last_day(obligation: Obligation, begun: date, params: Mapping[str, Any]) -> date:
    """The last day on which it binds somebody for whom it began on `begun`. BadInput for a length without a number."""
    length = obligation.length
    written = resolve(length.exactly if length.exactly is not None else length.at_least, params)
    if written is None or exact(written).denominator != 1:
        raise BadInput("义务的期限须是整数。", "The length is a whole number.", place=obligation.shown)
    number = int(exact(written))
    if length.unit == "day":
        return begun + timedelta(days=number - 1)
    if length.unit == "working_day":
        raise BadInput("义务的期限不按工作日计。", "Not counted in working days.", place=obligation.shown)
    month = Month.of(begun).plus(number * (12 if length.unit == "year" else 1))
    day = min(begun.day, monthrange(month.year, month.month)[1])
    ends_short = day < begun.day  # no such date in that month: its last day is the last that binds
    return date(month.year, month.month, day) - timedelta(days=0 if ends_short else 1)


def judge_change(
    obligation: Obligation,
    *,
    begun: date,
    on: date,
    before: str,
    after: str,
    approved: bool | None,
    params: Mapping[str, Any],
) -> Decision:
    """May what it keeps change on that day? `approved`: what the approvers decided, None while they have not."""
    until = last_day(obligation, begun, params)
    clause, force = obligation.clause, obligation.force
    if before == after or not begun <= on <= until:
        return Decision.yes()
    bound = f"{obligation.shown}（到{long_date(until)}）：由“{before}”变更为“{after}”"
    if force == "hard" or obligation.approval is None:
        return Decision.no(Reason(f"{bound}，不得变更", clause, force, obligation.id))
    if approved is None:
        return Decision.no(Reason(f"{bound}，确需变更的须先报批", clause, force, obligation.id))
    if not approved:
        return Decision.no(Reason(f"{bound}，未获批准", clause, force, obligation.id))
    return Decision.yes(Reason(f"{bound}，已按程序批准", clause, force, obligation.id))
