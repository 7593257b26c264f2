"""Who publishes a list and who handles objections to it: parties of the pack, by the grants of people."""

from collections.abc import Iterable

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case, EditionRole, Notice
from gongjiang.rules.programmes.stage_types.publish import Objections, Publish
from gongjiang.services.nominations.authority import ACTING, DECIDING, edition_parties, is_applicant, roles_of_unit
from gongjiang.services.programmes.programme import Programme


def handles(
    actor: Actor, programme: Programme, roles: Iterable[str], *, deciding: bool = False, unit: int | None = None
) -> bool:
    """Does the actor act (or, `deciding`, decide) for an organisation that holds one of these roles?

    `unit`: whose own list it is, where each unit publishes its own; it takes part with the roles it was given.
    """
    if actor.is_platform:
        return True
    held, names, edition = edition_parties(programme), programme.expand(tuple(roles)), programme.edition.pk
    wanted = DECIDING if deciding else ACTING
    bodies = {one for role in names for one in held.get(role, ())}
    if unit is not None and unit not in bodies and actor.has(*wanted, organisation_id=unit, edition_id=edition):
        bodies |= {unit} if roles_of_unit(programme, unit) & names else set()
    return any(actor.has(*wanted, organisation_id=one, edition_id=edition) for one in bodies)


def all_roles(stage: Publish) -> tuple[str, ...]:
    """Who publishes, and who handles objections."""
    return (*stage.by, *(stage.objections.by if stage.objections is not None else ()))


def own_unit(stage: Publish, case: Case) -> int | None:
    """The unit on whose own notice the case stands; None where there is one notice for all."""
    return case.nominator_id if stage.per else None


def own_parts(actor: Actor, programme: Programme, stage: Publish) -> set[int]:
    """The actor's units that have a part in notices of their own here."""
    ours = actor.organisation_ids(*ACTING, edition_id=programme.edition.pk) if stage.per else set()
    rows = EditionRole.objects.filter(edition=programme.edition, per_case=True, organisation_id__in=ours)
    return set(rows.filter(role__in=programme.expand(all_roles(stage))).values_list("organisation_id", flat=True))


def sees_notice(actor: Actor, programme: Programme, stage: Publish, notice: Notice) -> bool:
    """Does the actor publish this notice, or handle objections to it?"""
    return handles(actor, programme, all_roles(stage), unit=notice.unit_id)


def publish_stage(programme: Programme, stage_id: str) -> Publish:
    """The public notice of this id; BadInput for a stage of another type."""
    stage = programme.stage(stage_id)
    if not isinstance(stage, Publish):
        raise BadInput(f"“{stage.shown}”不是公示环节。", "Not a public notice.", place=stage.shown)
    return stage


def publish_stages(programme: Programme) -> list[Publish]:
    """All public notices of the pack, in its order: none, one or several."""
    return [one for one in programme.stages if isinstance(one, Publish)]


def taking(stage: Publish) -> Objections:
    """Who takes objections here; a notice without any refuses them."""
    if stage.objections is None:
        raise BadInput("本次公示没有开设网上异议，请按公示上的联系方式反映。", "No objections here.", place=stage.shown)
    return stage.objections


def require_handler(actor: Actor, programme: Programme, stage: Publish, case: Case, *, deciding: bool = False) -> None:
    """Raise NotAllowed unless the actor handles objections at this stage, and not about their own nomination."""
    roles = (*taking(stage).by, *stage.by)
    if not handles(actor, programme, roles, deciding=deciding, unit=own_unit(stage, case)):
        who = "、".join(programme.role_label(one) for one in roles)
        raise NotAllowed(f"异议由{who}的{'审批' if deciding else '经办或审批'}人员办理。", "Not your part.")
    if is_applicant(actor, case):
        raise NotAllowed("不能办理针对自己填报的申报的异议。", "Nobody decides on their own nomination.")
