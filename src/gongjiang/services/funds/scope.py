"""Whose benefits and money somebody sees and works on: the rights of cultivation, said for many honours at once, and
those of the organisations whose funds they are."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import BenefitGrant, Budget, Edition, EditionRole, Honour, Organisation
from gongjiang.services.cultivation.scope import AT_HOME, visible_to

READING = (*HANDLING, "observer")


def union_honours(actor: Actor) -> QuerySet[Honour]:
    """Honours in which the actor has the union's hand: what the notice promises is theirs to give."""
    if actor.is_platform:
        return Honour.objects.all()
    handling = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(organisation_id__in=handling, per_case=False).values("edition")
    return visible_to(actor).filter(Q(edition__organiser_id__in=handling) | Q(edition__in=part)).distinct()


def kept_honours(actor: Actor) -> QuerySet[Honour]:
    """Honours that one of the actor's organisations looks after (union, recommending unit, enterprise): what is given
    beside the notice is theirs to give."""
    if actor.is_platform:
        return Honour.objects.all()
    handling = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(organisation_id__in=handling, per_case=False).values("edition")
    ours = Q(edition__organiser_id__in=handling) | Q(edition__in=part) | Q(case__nominator_id__in=handling)
    ours |= Q(case__applying_unit_id__in=actor.organisation_ids(*AT_HOME))
    return visible_to(actor).filter(ours).distinct()


def grants_seen(actor: Actor) -> QuerySet[BenefitGrant]:
    """Grants of the honours whose cultivation the actor sees."""
    return BenefitGrant.objects.filter(honour__in=visible_to(actor))


def union_editions(actor: Actor) -> list[Edition]:
    """Editions with artisans whose promised benefits the actor gives, the newest first."""
    found = Edition.objects.filter(honours__in=union_honours(actor)).distinct()
    return list(found.select_related("pack", "organiser").order_by("-pk")[:200])


def visible_budgets(actor: Actor) -> QuerySet[Budget]:
    """Budgets of the organisations that the actor acts for, and of what lies under the unions they act for."""
    if actor.is_platform:
        return Budget.objects.all()
    seen = Q(organisation_id__in=actor.organiser_ids(*READING))
    for one in actor.grants:
        if one.role in READING and one.kind == "union" and one.edition_id is None:
            seen |= Q(organisation__path__startswith=one.path)
    return Budget.objects.filter(seen)


def get_budget(actor: Actor, budget_id: int) -> Budget:
    """One budget of those that are seen. NotFound for others."""
    found = visible_budgets(actor).select_related("organisation").filter(pk=budget_id).first()
    if found is None:
        raise NotFound()
    return found


def own_organisations(actor: Actor) -> list[Organisation]:
    """Organisations for which the actor may plan money."""
    ids = actor.organiser_ids(*HANDLING)
    return list(Organisation.objects.filter(pk__in=ids, active=True).exclude(kind="body").order_by("path"))


def handles(actor: Actor, budget: Budget) -> bool:
    """May the actor plan and spend this money?"""
    return actor.is_platform or budget.organisation_id in actor.organiser_ids(*HANDLING)


def approves(actor: Actor, budget: Budget) -> bool:
    """May the actor approve it?"""
    return actor.is_platform or budget.organisation_id in actor.organiser_ids("approver")
