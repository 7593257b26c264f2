"""What waits at plans: drafts on one's desk, versions to agree to, milestones late or to confirm, people without a
plan. Each is a query, however many artisans there are."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.models import CultivationPlan, EditionRole, Honour, Milestone
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.agreeing import PARTIES, State
from gongjiang.services.cultivation.keeping import kept_by
from gongjiang.services.cultivation.scope import AT_HOME
from gongjiang.services.cultivation.writing import LIVING

KINDS: Final = {
    "turn": "轮到本单位修改",
    "agree": "待本单位确认",
    "late": "节点逾期",
    "confirm": "节点待确认",
    "none": "还没有方案",
}
"""Kinds of what waits, the most urgent first."""


def drafts_on_desk(actor: Actor) -> QuerySet[CultivationPlan]:
    """Drafts whose turn is a party the actor speaks for."""
    mine = Q(pk__in=[])
    for hand, ours in _parties(actor).items():
        mine |= Q(turn=hand.value) & ours
    return _living(CultivationPlan.objects.filter(mine, state=State.DRAFT), actor)


def to_agree(actor: Actor) -> QuerySet[CultivationPlan]:
    """Versions that a party of the actor's has not agreed to yet."""
    mine = Q(pk__in=[])
    for hand, ours in _parties(actor).items():
        mine |= Q(**{f"needs_{hand}": True, f"{hand}_at": None}) & ours
    return _living(CultivationPlan.objects.filter(mine, state=State.REVIEW), actor)


def late_milestones(actor: Actor, at: datetime) -> QuerySet[Milestone]:
    """Milestones of artisans one looks after whose day has gone by."""
    return _kept(_late(at), actor)


def claimed_milestones(actor: Actor) -> QuerySet[Milestone]:
    """Milestones said to be done, to be confirmed."""
    return _kept(Milestone.objects.filter(state=Milestone.State.CLAIMED, dropped=False), actor)


def own_late(actor: Actor, at: datetime) -> QuerySet[Milestone]:
    """The actor's own milestones whose day has gone by."""
    own = Honour.objects.filter(subject__user_id=actor.user_id or 0, state__in=LIVING)
    return _late(at).filter(honour__in=own)


def planless(actor: Actor) -> QuerySet[Honour]:
    """Artisans one looks after who have no plan in force and none in the making."""
    stands = CultivationPlan.objects.filter(
        honour=OuterRef("pk"), state__in=[State.DRAFT, State.REVIEW, State.IN_FORCE]
    )
    return kept_by(actor).filter(~Exists(stands), state__in=LIVING).exclude(edition=None)


def _late(at: datetime) -> QuerySet[Milestone]:
    today = timezone.localtime(at).date()
    return Milestone.objects.filter(state=Milestone.State.OPEN, dropped=False, due__lt=today)


def _kept(rows: QuerySet[Milestone], actor: Actor) -> QuerySet[Milestone]:
    """Those of artisans one looks after, joined row by row: few of many wait."""
    ours = Q(pk__in=[])
    for one in _parties(actor).values():
        ours |= one
    return rows.filter(ours, honour__state__in=LIVING).exclude(honour__subject__user_id=actor.user_id or 0)


def _living(rows: QuerySet[CultivationPlan], actor: Actor) -> QuerySet[CultivationPlan]:
    """Of honours that last, one's own left out."""
    return rows.filter(honour__state__in=LIVING).exclude(honour__subject__user_id=actor.user_id or 0)


def _parties(actor: Actor) -> dict[Hand, Q]:
    """For each party, which plans are the actor's to handle there: the same as `hands_of` says one by one."""
    handling, home = actor.organiser_ids(*HANDLING), actor.organisation_ids(*AT_HOME)
    part = EditionRole.objects.filter(organisation_id__in=handling, per_case=False).values("edition")
    ours = {
        Hand.EMPLOYER: Q(honour__case__applying_unit_id__in=home),
        Hand.NOMINATOR: Q(honour__case__nominator_id__in=handling),
        Hand.UNION: Q(honour__edition__organiser_id__in=handling) | Q(honour__edition__in=part),
    }
    return {hand: ours[hand] for hand in PARTIES}
