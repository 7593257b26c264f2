"""Obligations after naming: until when they run, and whether a change is lawful (jiangsu-2026 四.2; ledger J-10).

"3年内" runs from the day it begins to the day before the same date three years on; 29 February ends on 28.
"""

import unicodedata
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
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


class Flag(StrEnum):
    """What the office should look at in somebody's obligation."""

    OVERDUE = "overdue"  # its day has come and nobody has approved it
    WAITING = "waiting"
    LATE = "late"  # changed first, told afterwards
    DEFIED = "defied"  # refused, and done all the same
    CONFLICT = "conflict"  # another record says something else


@dataclass(frozen=True, slots=True)
class Declared:
    """A declared change: when it takes place, when it was told, to what, and whether it was approved (None: open)."""

    on: date
    told: date
    after: str
    approved: bool | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another record says, and from which day it is."""

    value: str
    day: date


@dataclass(frozen=True, slots=True)
class Noted:
    """A flag with its sentence."""

    flag: Flag
    text: str


def watch(
    kept: str, begun: date, until: date, today: date, changes: Sequence[Declared], elsewhere: Sequence[Elsewhere]
) -> tuple[Noted, ...]:
    """What stands out in one obligation today. `kept`: what stands (the last approved change, else the form's word);
    records from before it began or after it ended say nothing about it."""
    found: list[Noted] = []
    for one in changes:
        words = f"{long_date(one.on)}变更为“{one.after}”"
        if one.approved is None:
            late = one.on <= today
            found.append(
                Noted(Flag.OVERDUE if late else Flag.WAITING, f"{words}，{'到期没有批复' if late else '待批复'}")
            )
        if one.told > one.on:
            found.append(Noted(Flag.LATE, f"{words}，{long_date(one.told)}才报告"))
    refused = {_plain(one.after) for one in changes if one.approved is False}
    said = {_plain(kept)} | {_plain(one.after) for one in changes if one.approved is not False}
    told: set[str] = set()
    for record in elsewhere:
        name = _plain(record.value)
        if not name or name in said or name in told or not begun <= record.day <= until:
            continue
        told.add(name)
        other = f"{long_date(record.day)}的另一份记录写的是“{record.value}”"
        if name in refused:
            found.append(Noted(Flag.DEFIED, f"变更未获批准，{other}"))
        else:
            found.append(Noted(Flag.CONFLICT, f"{other}，没有报告过变更"))
    return tuple(found)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
