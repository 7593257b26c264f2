"""Who publishes a list and who handles objections to it: parties of the pack, by the grants of people."""

from collections.abc import Iterable

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case
from gongjiang.rules.programmes.stage_types.publish import Objections, Publish
from gongjiang.services.nominations.authority import ACTING, DECIDING, edition_parties, is_applicant
from gongjiang.services.programmes.programme import Programme


def handles(actor: Actor, programme: Programme, roles: Iterable[str], *, deciding: bool = False) -> bool:
    """Does the actor act (or, `deciding`, decide) for an organisation that holds one of these roles?"""
    if actor.is_platform:
        return True
    held = edition_parties(programme)
    wanted = DECIDING if deciding else ACTING
    return any(
        actor.has(*wanted, organisation_id=one, edition_id=programme.edition.pk)
        for role in programme.expand(tuple(roles))
        for one in held.get(role, ())
    )


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
    if not handles(actor, programme, roles, deciding=deciding):
        who = "、".join(programme.role_label(one) for one in roles)
        raise NotAllowed(f"异议由{who}的{'审批' if deciding else '经办或审批'}人员办理。", "Not your part.")
    if is_applicant(actor, case):
        raise NotAllowed("不能办理针对自己填报的申报的异议。", "Nobody decides on their own nomination.")
