"""For whom a camp, a course or an activity is held, and whether somebody may sign up for it now."""

from dataclasses import dataclass, field
from datetime import date

from gongjiang.kernel.decision import Decision, Reason

COMING = frozenset({"trainee", "stands"})
"""States of an honour in which one is cultivated."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event is for. `organisation`: who holds it; `editions` empty and `level` '' mean any; `last_day`: the
    last day of signing up; `begins`: its first day."""

    organisation: int
    begins: date
    ends: date
    editions: frozenset[int] = frozenset()
    level: str = ""
    invited_only: bool = False
    last_day: date | None = None
    open: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """An artisan who might come. `around`: organisations that reach them (the organiser of their edition and the
    unions over it, the unit that recommended, the enterprise)."""

    edition: int | None
    level: str
    state: str
    around: frozenset[int] = field(default=frozenset())
    invited: bool = False


def may_come(audience: Audience, one: Candidate, today: date) -> Decision:
    """May this artisan sign up today? An invitation stands above edition, level and reach, not above the calendar.

    >>> event = Audience(organisation=7, begins=date(2026, 10, 19), ends=date(2026, 10, 23), level="city")
    >>> may_come(event, Candidate(3, "city", "trainee", frozenset({1, 7})), date(2026, 10, 1)).allowed
    True
    >>> may_come(event, Candidate(3, "city", "revoked", frozenset({1, 7})), date(2026, 10, 1)).reasons[0].text
    '称号已经终止或暂停，不再参加培育活动。'
    """
    if not audience.open:
        return Decision.no(Reason("活动没有发布，或已经取消。"))
    if today > audience.ends:
        return Decision.no(Reason("活动已经结束。"))
    if audience.last_day is not None and today > audience.last_day:
        last = audience.last_day
        return Decision.no(Reason(f"报名已于{last.month}月{last.day}日截止，请联系主办单位。"))
    if one.state not in COMING:
        return Decision.no(Reason("称号已经终止或暂停，不再参加培育活动。"))
    if one.invited:
        return Decision.yes()
    if audience.invited_only:
        return Decision.no(Reason("这次活动只对受邀的工匠开放。"))
    if audience.organisation not in one.around:
        return Decision.no(Reason("这次活动不面向这位工匠所在的地区和单位。"))
    if audience.editions and one.edition not in audience.editions:
        return Decision.no(Reason("这次活动面向其他届次的工匠。"))
    if audience.level and one.level != audience.level:
        return Decision.no(Reason("这次活动面向另一级别的工匠。"))
    return Decision.yes()
