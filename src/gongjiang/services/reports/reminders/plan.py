"""How an edition reminds: days before an end, and whom; set by its organiser."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Edition, ReminderPlan
from gongjiang.rules.messages.schedule import MARKS, read_marks
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.publish_edition import require_organiser

GROUPS: Final[dict[str, str]] = {
    "drafts": "有申报未提交或待补正的单位",
    "opinions": "有意见未签署的单位",
    "officers": "有事项在办的经办单位",
    "experts": "评审未完成的专家",
}


@dataclass(frozen=True)
class Plan:
    """The schedule that holds: marks from far to near, groups, whether it runs at all."""

    marks: tuple[int, ...] = MARKS
    groups: tuple[str, ...] = tuple(GROUPS)
    active: bool = True


def plan_of(edition: Edition) -> Plan:
    """The edition's schedule; where nobody set one, the usual one."""
    row = ReminderPlan.objects.filter(edition=edition).first()
    return Plan() if row is None else plan_in(row)


def plan_in(row: ReminderPlan) -> Plan:
    """The schedule of a row."""
    return Plan(tuple(row.marks), tuple(one for one in GROUPS if one in row.groups), row.active)


@transaction.atomic
def set_plan(
    *, actor: Actor, at: datetime, edition: Edition, marks: str, groups: Collection[str], active: bool
) -> Plan:
    """Change an edition's schedule from now on. Raises BadInput naming the field."""
    require_organiser(actor, edition.organiser)
    days = read_marks(marks)
    chosen = [one for one in GROUPS if one in groups]
    if active and not chosen:
        raise BadInput("请至少选一类提醒对象，或停用自动提醒。", "Choose at least one group.", place="提醒谁")
    row, _ = ReminderPlan.objects.update_or_create(
        edition=edition, defaults={"marks": list(days), "groups": chosen, "active": active}
    )
    append(
        actor=actor,
        at=at,
        action="edition.reminders",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"marks": list(days), "groups": chosen, "active": active},
    )
    return plan_in(row)
