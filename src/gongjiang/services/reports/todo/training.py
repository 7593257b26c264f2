"""Training on a desk: entries to confirm for those who look after artisans; invitations and tasks for the artisan."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from gongjiang.kernel.actor import HANDLING
from gongjiang.models import PracticeTask, TrainingEvent, TrainingPlace
from gongjiang.services.cultivation.log_list import waiting
from gongjiang.services.cultivation.scope import AT_HOME
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

MOST = 50
COUNTED = 1000
"""So many are counted; whether there are ten times as many changes nothing for who has to begin."""


def training_items(scope: Scope) -> list[Item]:
    """One item an edition for entries that wait; one an invitation, one a task. Three queries at most."""
    found = _confirming(scope) if scope.actor.has(*AT_HOME) else []
    return [*found, *_invitations(scope), *_tasks(scope)]


def _confirming(scope: Scope) -> list[Item]:
    rows = waiting(scope.actor).exclude(honour__edition=None)
    counted = Counter(rows.values_list("honour__edition_id", "honour__edition__title")[:COUNTED])
    over = sum(counted.values()) == COUNTED
    return [
        Item(
            "activities",
            f"确认工匠的活动记录 {n}{' 条以上' if over else ' 条'}",
            "去确认",
            edition_id,
            edition,
            count=n,
            state="waiting",
            state_label="待确认",
            roles=frozenset({*HANDLING, *AT_HOME}),
        )
        for (edition_id, edition), n in sorted(counted.items())[:MOST]
    ]


def _invitations(scope: Scope) -> list[Item]:
    today = timezone.localtime(scope.at).date()
    rows = TrainingPlace.objects.filter(
        honour__subject__user_id=scope.actor.user_id or 0,
        state=TrainingPlace.State.INVITED,
        event__state=TrainingEvent.State.OPEN,
        event__last__gte=today,
    ).exclude(honour__edition=None)
    found = []
    for one in rows.select_related("event", "honour__edition").order_by("event__first")[:MOST]:
        edition = one.honour.edition
        last = one.event.last_day or one.event.last
        if edition is not None:
            found.append(
                Item(
                    "invitation", f"答复邀请：{one.event.title}", "去答复", edition.pk, edition.title,
                    stage=str(one.event_id), state="waiting", state_label="待答复",
                    closes=midnight(last + timedelta(days=1)),
                )
            )  # fmt: skip
    return found


def _tasks(scope: Scope) -> list[Item]:
    rows = PracticeTask.objects.filter(
        round__honour__subject__user_id=scope.actor.user_id or 0,
        state__in=[PracticeTask.State.SET, PracticeTask.State.RETURNED],
        round__ended=None,
    ).exclude(round__honour__edition=None)
    found = []
    for one in rows.select_related("round__honour__edition").order_by("due", "pk")[:MOST]:
        edition = one.round.honour.edition
        if edition is not None:
            returned = one.state == PracticeTask.State.RETURNED
            found.append(
                Item(
                    "practice", f"完成实践任务：{one.title}", "去提交", edition.pk, edition.title,
                    stage=str(one.round.honour_id), state="returned" if returned else "waiting",
                    state_label="退回修改" if returned else "待完成",
                    closes=midnight(one.due + timedelta(days=1)) if one.due else None,
                )
            )  # fmt: skip
    return found
