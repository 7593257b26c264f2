"""Who runs a panel, and who sits on it."""

from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Expert, StageList
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.programmes.programme import Programme

#: Grants with which the body that runs a panel handles experts, assignments and contest results.
RUNNING = ("officer", "approver")


def panel_stage(programme: Programme, stage_id: str) -> Panel:
    """A panel by its stage id; NotFound for stages of other types."""
    stage = programme.stage(stage_id)
    if not isinstance(stage, Panel):
        raise NotFound(f"“{stage.shown}”不是专家评审环节。", "Not a panel.")
    return stage


def may_run(actor: Actor, programme: Programme, stage: Panel) -> bool:
    """Officers and approvers of the bodies that the pack names in `by`."""
    if actor.is_platform:
        return True
    held = edition_parties(programme)
    return any(
        actor.has(*RUNNING, organisation_id=one, edition_id=programme.edition.pk)
        for role in programme.expand(stage.by)
        for one in held.get(role, ())
    )


def require_runner(actor: Actor, programme: Programme, stage: Panel) -> None:
    """Raise NotAllowed unless the actor may run the panel."""
    if not may_run(actor, programme, stage):
        names = "、".join(programme.role_label(one) for one in stage.by)
        raise NotAllowed(f"“{stage.shown}”由{names}组织。", "Not your panel.")


def require_open(programme: Programme, stage: Panel) -> None:
    """Raise Refused once the panel's list is closed."""
    if StageList.objects.filter(process=programme.process, stage=stage.id, closed_at__isnull=False).exists():
        raise Refused(f"“{stage.shown}”的名单已经确定，不能再改。", "This list is closed.")


def seats_of(actor: Actor) -> QuerySet[Expert]:
    """The actor's own seats on panels, while the grant stands (TRUST 9)."""
    granted = {one.edition_id for one in actor.grants if one.role == "expert"}
    own = Expert.objects.filter(user_id=actor.user_id or 0, declined_at=None).select_related(
        "process__edition__pack", "process__edition__organiser", "user"
    )
    if None in granted:
        return own
    return own.filter(process__edition_id__in=[pk for pk in granted if pk is not None])


def own_seat(actor: Actor, expert_id: int) -> Expert:
    """One of the actor's own seats; to anybody else it doesn't exist."""
    found = seats_of(actor).filter(pk=expert_id).first()
    if found is None:
        raise NotFound()
    return found
