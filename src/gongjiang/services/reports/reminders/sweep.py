"""The reminders of a day, made in the background: each edition once a day, each receiver once a mark."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Edition, Message, Reminder, ReminderPlan
from gongjiang.rules.messages.schedule import MARKS, mark_due
from gongjiang.services.messages.send import tell_all
from gongjiang.services.programmes.clock import offset
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.programmes.publish_edition import require_organiser
from gongjiang.services.reports.reminders.plan import GROUPS, plan_in
from gongjiang.services.reports.reminders.waited import WORDS, Waited, waited

BEGINS: Final = time(8, 30)
"""Nobody is reminded earlier in the day."""
AGAIN: Final = timedelta(minutes=30)
"""A day that a worker began and did not end is begun again after so long."""


def next_reminders(at: datetime) -> Callable[[], None] | None:
    """The next edition whose reminders of today aren't made yet, taken in hand; None if there is none."""
    shown = at + (offset() or timedelta())
    now = timezone.localtime(shown)
    if now.time() < BEGINS:
        return None
    due = (
        Edition.objects.filter(state=Edition.State.OPEN)
        .exclude(reminders__active=False)
        .exclude(reminders__seen_on__gte=now.date())
        .exclude(reminders__taken_at__gt=at - AGAIN)
    )
    edition = due.order_by("id").first()
    if edition is None:
        return None
    usual = {"marks": list(MARKS), "groups": list(GROUPS)}
    plan, _ = ReminderPlan.objects.get_or_create(edition=edition, defaults=usual)
    if not ReminderPlan.objects.filter(pk=plan.pk, taken_at=plan.taken_at).update(taken_at=at):
        return None
    return partial(_remind, edition, shown)


def _remind(edition: Edition, at: datetime) -> None:
    remind_of_ends(actor=platform(), at=at, edition=edition)


@transaction.atomic
def remind_of_ends(*, actor: Actor, at: datetime, edition: Edition) -> int:
    """Make today's reminders of an edition, all or none; how many. Made once: whoever comes second, makes none.

    A day on which no worker ran is caught up with on the next: its mark is still the nearest that fell since.
    """
    require_organiser(actor, edition.organiser)
    today = timezone.localtime(at).date()
    row = ReminderPlan.objects.select_for_update().get(edition=edition)
    if row.seen_on is not None and row.seen_on >= today:
        return 0
    plan, since = plan_in(row), row.seen_on or today - timedelta(days=1)
    programme = programme_of(main_process(edition))
    known = set(
        Reminder.objects.filter(edition=edition, last_day__gte=today).values_list(
            "about", "receiver", "last_day", "mark"
        )
    )
    made: list[Reminder] = []
    for one in waited(programme, plan.groups, at) if plan.active else ():
        last = _last_day(one)
        mark = mark_due(plan.marks, last, since, today)
        about = f"{one.group}:{one.stage.id}"
        if mark is None or (about, one.receiver, last, mark) in known:
            continue
        known.add((about, one.receiver, last, mark))
        made.append(Reminder(edition=edition, about=about, receiver=one.receiver, last_day=last, mark=mark, at=at))
        _tell(edition, one, last, today, at)
    Reminder.objects.bulk_create(made, batch_size=500)
    row.seen_on = today
    row.save(update_fields=["seen_on"])
    return len(made)


def _last_day(one: Waited) -> date:
    return timezone.localtime(one.closes - timedelta(microseconds=1)).date()


def _tell(edition: Edition, one: Waited, last: date, today: date, at: datetime) -> None:
    days = (last - today).days
    left = f"还有 {days} 天" if days else "今天"
    words = f"“{edition.title}”的“{one.stage.shown}”{left}截止（{last.month}月{last.day}日 24:00），"
    words += ("您" if one.receiver.startswith("user") else "贵单位") + WORDS[one.group].format(n=one.count) + "。"
    kind, _, key = one.receiver.partition(":")
    users, organisations = ([int(key)], []) if kind == "user" else ([], [int(key)])
    tell_all(
        at=at,
        text=words,
        link="todo",
        user_ids=users,
        organisation_ids=organisations,
        kind=Message.Kind.REMINDER,
        headline=words,
    )
