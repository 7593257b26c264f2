"""The steps of a matter: opened, the person concerned told and heard, proposed by one, approved by another.

Nobody is decided on unheard: a decision against somebody waits until they said something, gave it up, or their days
are over; who asked for a hearing gets one first. A matter that comes to nothing may end at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.decision import Decision, Reason

LEAST_DAYS: Final = 5
"""Days at least between telling and the end of the time to answer; the notices give none (docs/decisions/0020)."""


class State(StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    NOTIFIED = "notified"
    PROPOSED = "proposed"
    DECIDED = "decided"
    CLOSED = "closed"


class Action(StrEnum):
    """What may be done with it."""

    NOTIFY = "notify"
    HEAR = "hear"  # a statement, or that none is wanted; minutes of a hearing
    COLLECT = "collect"  # evidence
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"


RUNNING: Final = frozenset({State.OPEN, State.NOTIFIED, State.PROPOSED})
MOVES: Final[Mapping[Action, frozenset[State]]] = {
    Action.NOTIFY: frozenset({State.OPEN}),
    Action.HEAR: frozenset({State.NOTIFIED}),
    Action.COLLECT: frozenset({State.OPEN, State.NOTIFIED}),
    Action.PROPOSE: frozenset({State.OPEN, State.NOTIFIED}),
    Action.SEND_BACK: frozenset({State.PROPOSED}),
    Action.CONFIRM: frozenset({State.PROPOSED}),
}
"""From which states each step may be taken."""


def may(action: Action, state: State) -> bool:
    """Is this a step from here?"""
    return state in MOVES[action]


@dataclass(frozen=True, slots=True)
class Heard:
    """What was done for the person concerned. `due`: the last day of their time."""

    told: bool = False
    due: date | None = None
    stated: bool = False
    waived: bool = False
    hearing_asked: bool = False
    hearing_held: bool = False


def judge_proposal(heard: Heard, *, against: bool, today: date) -> Decision:
    """May a decision be proposed today? `against`: it takes something from somebody."""
    if not against:
        return Decision.yes()
    if not heard.told or heard.due is None:
        return Decision.no(Reason("还没有把核查的事项告知当事人，不能作出对其不利的决定。请先告知。"))
    if heard.hearing_asked and not heard.hearing_held:
        return Decision.no(Reason("当事人要求听证，请先举行听证并记录。"))
    if heard.stated or heard.waived or today > heard.due:
        return Decision.yes()
    return Decision.no(Reason(f"当事人可以陈述到{long_date(heard.due)}，期满、已经陈述或者声明放弃以后才能作出决定。"))


def judge_due(told_on: date, due: date) -> Decision:
    """Is the time that the person concerned gets long enough?"""
    first = told_on + timedelta(days=LEAST_DAYS)
    if due < first:
        return Decision.no(Reason(f"陈述期限至少 {LEAST_DAYS} 天，最早到{long_date(first)}。"))
    if due > told_on + timedelta(days=180):
        return Decision.no(Reason("陈述期限不超过 180 天。"))
    return Decision.yes()
