"""The steps of a report: written and reviewed by the unit, received or returned by the union above, then archived.

Whoever sends a report for review does not approve it (measures-2025 第二十二条; national-2024 五(二)报告; M-19, N-14).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a report is."""

    DRAFT = "draft"
    REVIEW = "review"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    RECEIVED = "received"
    ARCHIVED = "archived"


LABELS: Final = {
    State.DRAFT: "编写中",
    State.REVIEW: "本单位审核中",
    State.RETURNED: "已退回",
    State.SUBMITTED: "已上报",
    State.RECEIVED: "已接收",
    State.ARCHIVED: "已归档",
}
OPEN: Final = frozenset({State.DRAFT, State.RETURNED})
"""The unit writes."""
OWED: Final = OPEN | {State.REVIEW}
"""The union above still waits."""
SEALED: Final = frozenset({State.SUBMITTED, State.RECEIVED, State.ARCHIVED})
"""Nothing in it changes; its digest is kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """From where, to where; by the unit or by the union that asked; with which grants; is a reason due?"""

    froms: frozenset[State]
    to: State
    unit: bool
    roles: tuple[str, ...]
    label: str
    reason: bool = False


BOTH: Final = ("officer", "approver")
STEPS: Final = {
    "send": Step(OPEN, State.REVIEW, True, BOTH, "送本单位审核"),
    "back": Step(frozenset({State.REVIEW}), State.DRAFT, True, ("approver",), "退回修改", reason=True),
    "submit": Step(frozenset({State.REVIEW}), State.SUBMITTED, True, ("approver",), "审核通过并上报"),
    "receive": Step(frozenset({State.SUBMITTED}), State.RECEIVED, False, BOTH, "接收"),
    "return": Step(frozenset({State.SUBMITTED, State.RECEIVED}), State.RETURNED, False, BOTH, "退回", reason=True),
    "archive": Step(frozenset({State.RECEIVED}), State.ARCHIVED, False, ("approver",), "归档"),
}
"""Every legal step."""

MARKS: Final = (-7, -1, 1, 8, 15, 22, 29)
"""Days after (before, if negative) the day on which it is due, on which who owes a report is reminded by the clock."""


def mark_passed(due: date, today: date) -> date | None:
    """The latest day of reminding that has come; None before the first.

    >>> mark_passed(date(2026, 10, 31), date(2026, 10, 29)), mark_passed(date(2026, 10, 31), date(2026, 10, 1))
    (datetime.date(2026, 10, 24), None)
    """
    passed = [due + timedelta(days=one) for one in MARKS if due + timedelta(days=one) <= today]
    return passed[-1] if passed else None
