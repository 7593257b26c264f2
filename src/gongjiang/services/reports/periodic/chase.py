"""Remind units of a report that they owe: by the asker's people, each unit once a day; by the clock a week and a day
before it is due, the day after, then weekly."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import HANDLING, Actor, platform
from gongjiang.kernel.errors import Refused
from gongjiang.models import Entry, Message, PeriodicReport, ReportCall
from gongjiang.rules.reports.moves import mark_passed
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell_all
from gongjiang.services.programmes.clock import offset
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.periodic.queries import OPEN
from gongjiang.services.reports.periodic.scope import get_call, need

PAUSE = timedelta(hours=24)
BEGINS = time(8, 30)
"""Nobody is reminded earlier in the day by the clock."""
WATCHED = timedelta(days=40)
"""So long after it was due a report is chased by the clock; then people see to it."""


@transaction.atomic
def chase(*, actor: Actor, at: datetime, call_id: int) -> int:
    """All units of a call that haven't handed in and weren't reminded within a day; how many were told now.

    Raises NotFound, NotAllowed, Refused (nobody to remind)."""
    call = get_call(actor, call_id)
    need(actor, call.asker, tuple(HANDLING))
    owing = {one.pk: one for one in call.reports.filter(state__in=OPEN).select_related("unit")}
    recent = Entry.objects.filter(
        action="report.chase", kind="report", key__in=[str(pk) for pk in owing], at__gt=at - PAUSE
    )
    for key in recent.values_list("key", flat=True):
        owing.pop(int(key), None)
    if not owing:
        raise Refused("没有需要催报的单位：都已报送，或 24 小时内已催过。", "Nobody to remind.")
    today = timezone.localtime(at).date()
    days = (call.due - today).days
    when = f"还有 {days} 天" if days > 0 else "今天到期" if days == 0 else f"已逾期 {-days} 天"
    tell_all(
        at=at, text=f"请报送{call.period}{call.title}，{when}。", link="reports",
        organisation_ids=[one.unit_id for one in owing.values()], kind=Message.Kind.REMINDER,
        headline="上级工会催报工作报告。",
    )  # fmt: skip
    for one in owing.values():
        _noted(actor, at, one)
    return len(owing)


def next_chase(at: datetime) -> Callable[[], None] | None:
    """The next call whose units the clock reminds now; None if there is none. At most two queries a call."""
    shown = at + (offset() or timedelta())
    now = timezone.localtime(shown)
    if now.time() < BEGINS:
        return None
    today = now.date()
    calls = ReportCall.objects.filter(due__gte=today - WATCHED, due__lte=today + WATCHED, reports__state__in=OPEN)
    for call in calls.distinct().order_by("due", "pk"):
        mark = mark_passed(call.due, today)
        if mark is None or midnight(mark) < call.at or _chased_since(call, min(midnight(mark), shown - PAUSE)):
            continue
        return partial(_by_clock, shown, call.pk)
    return None


def _by_clock(at: datetime, call_id: int) -> None:
    """Another worker, or a person, may have been quicker."""
    with suppress(Refused):
        chase(actor=platform(), at=at, call_id=call_id)


def _chased_since(call: ReportCall, moment: datetime) -> bool:
    """Was anybody who still owes it reminded since?"""
    owing = [str(pk) for pk in call.reports.filter(state__in=OPEN).values_list("pk", flat=True)]
    told = Entry.objects.filter(action="report.chase", kind="report", key__in=owing, at__gte=moment)
    return told.exists()


def _noted(actor: Actor, at: datetime, report: PeriodicReport) -> None:
    append(
        actor=actor, at=at, action="report.chase", kind="report", key=report.pk, edition_id=report.call.edition_id,
        data={"unit": report.unit_id},
    )  # fmt: skip
