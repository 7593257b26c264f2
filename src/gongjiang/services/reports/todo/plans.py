"""Plans and mentors on a desk: drafts, agreement, milestones for those who look after artisans; for the artisan and
the mentor what they are asked."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet

from gongjiang.kernel.actor import HANDLING
from gongjiang.models import Edition, Honour, Mentorship
from gongjiang.services.cultivation.plans.waiting import (
    claimed_milestones,
    drafts_on_desk,
    late_milestones,
    own_late,
    to_agree,
)
from gongjiang.services.cultivation.scope import AT_HOME
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

MOST = 50


def plan_items(scope: Scope) -> list[Item]:
    """One item an edition and kind for those who look after artisans, one a thing for oneself. Eleven queries."""
    actor = scope.actor
    found: list[Item] = []
    if actor.has(*AT_HOME):
        found += _counted(drafts_on_desk(actor), "turn", "修改培育方案 {n} 份", "去修改", "轮到本单位")
        found += _counted(to_agree(actor), "agree", "确认培育方案 {n} 份", "去确认", "待确认")
        found += _counted(claimed_milestones(actor), "confirm", "确认培育节点 {n} 项", "去确认", "待确认")
        found += _counted(late_milestones(actor, scope.at), "late", "培育节点逾期 {n} 项", "去查看", "逾期", "due")
    return [*found, *_own(scope), *_asked(scope)]


def _counted(rows: QuerySet[Any], what: str, title: str, verb: str, label: str, due: str = "") -> list[Item]:
    more = {"first": Min(due)} if due else {}
    counted = rows.exclude(honour__edition=None).values("honour__edition_id").annotate(n=Count("pk"), **more)
    found = list(counted.order_by("honour__edition_id")[:MOST])
    titles = dict(
        Edition.objects.filter(pk__in=[one["honour__edition_id"] for one in found]).values_list("pk", "title")
    )
    return [
        Item(
            "plans",
            title.format(n=one["n"]),
            verb,
            one["honour__edition_id"],
            titles[one["honour__edition_id"]],
            stage=what,
            count=one["n"],
            state="returned" if due else "waiting",
            state_label=label,
            closes=midnight(one["first"] + timedelta(days=1)) if due else None,
            roles=frozenset({*HANDLING, *AT_HOME}),
        )
        for one in found
    ]


def _own(scope: Scope) -> list[Item]:
    rows = own_late(scope.actor, scope.at).select_related("honour__edition").order_by("due")
    return [
        Item(
            "milestone",
            f"完成培育节点：{one.title}",
            "去登记",
            one.honour.edition_id or 0,
            one.honour.edition.title if one.honour.edition is not None else "",
            stage=str(one.honour_id),
            state="returned",
            state_label="逾期",
            closes=midnight(one.due + timedelta(days=1)),
        )
        for one in rows[:MOST]
    ]


def _asked(scope: Scope) -> list[Item]:
    """To be a mentor, and to have one."""
    user = scope.actor.user_id or 0
    rows = Mentorship.objects.filter(state=Mentorship.State.PROPOSED).select_related("honour__edition")
    mentors = rows.filter(user_id=user, mentor_at=None)[:MOST]
    own = Honour.objects.filter(subject__user_id=user)
    artisans = rows.filter(honour__in=own, artisan_at=None)[:MOST]
    found = [("mentoring", f"答复：请您担任{one.honour.name}的{one.label}", one) for one in mentors]
    found += [("mentor", f"确认您的{one.label}：{one.name}", one) for one in artisans]
    return [
        Item(
            kind, title, "去答复", one.honour.edition_id or 0,
            one.honour.edition.title if one.honour.edition is not None else "", state="waiting", state_label="待答复",
        )
        for kind, title, one in found
    ]  # fmt: skip
