"""One objection with all that its page shows: what was said, by whom, what may be done, who would move up."""

from dataclasses import dataclass

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Objection, ObjectionFile
from gongjiang.rules.programmes.stage_types.publish import Outcome, Publish
from gongjiang.services.nominations.authority import is_applicant
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.authority import all_roles, handles, own_unit, publish_stage
from gongjiang.services.public_notices.merge import alike
from gongjiang.services.public_notices.object import opened_from, opened_text
from gongjiang.services.public_notices.objection_files import named
from gongjiang.services.public_notices.queries import get_objection, others_about
from gongjiang.services.public_notices.steps import Done, steps_done
from gongjiang.services.public_notices.substitute import next_in_line

WHO = {"name": "反映人", "contact": "联系方式", "unit": "单位"}


@dataclass(frozen=True)
class Matter:
    """`who` is only opened for those who handle the matter; observers read what was said, not by whom."""

    objection: Objection
    programme: Programme
    stage: Publish
    text: str
    who: tuple[tuple[str, str], ...]
    received: str
    outcomes: tuple[Outcome, ...]
    outcome: str
    others: tuple[Objection, ...]
    successor: Case | None
    may_handle: bool
    may_decide: bool
    may_confirm: bool
    may_strike: bool
    proposed: str
    steps: tuple[Done, ...]
    files: tuple[ObjectionFile, ...]
    joined: tuple[Objection, ...]
    into: tuple[tuple[Objection, bool], ...]
    """Matters that this one may be merged into, and whether they say the very same words."""


def matter(actor: Actor, objection_id: int) -> Matter:
    """The matter as this actor sees it; NotFound for others."""
    objection = get_objection(actor, objection_id)
    notice = objection.entry.notice
    programme = programme_of(notice.process)
    stage = publish_stage(programme, notice.stage)
    outcomes = stage.objections.outcomes if stage.objections is not None else ()
    roles, unit = all_roles(stage), own_unit(stage, objection.entry.case)
    own = is_applicant(actor, objection.entry.case)
    handler = handles(actor, programme, roles, unit=unit) and not own
    still = objection.state not in {"refused", "decided"}
    others = tuple(others_about(objection))
    same = {one.pk for one in alike(objection, others)}
    into = [one for one in others if one.state in {"admitted", "verifying"} and one.merged_into_id is None]
    return Matter(
        objection,
        programme,
        stage,
        opened_text(objection),
        tuple((WHO[key], value) for key, value in opened_from(objection).items() if value) if handler else (),
        f"{timezone.localtime(objection.received_at):%Y-%m-%d %H:%M}",
        outcomes,
        next((one.label for one in outcomes if one.id == objection.outcome), objection.outcome),
        others,
        next_in_line(programme, stage, objection.entry.case) if handler and still else None,
        handler,
        handler and handles(actor, programme, roles, deciding=True, unit=unit),
        handler and objection.refused_by_id is not None and objection.refused_by_id != actor.user_id,
        handler
        and handles(actor, programme, roles, deciding=True, unit=unit)
        and objection.proposed_by_id not in (None, actor.user_id),
        next((one.label for one in outcomes if one.id == objection.proposed), ""),
        steps_done(objection),
        named(objection.files.filter(step=None).order_by("id")),
        tuple(one for one in others if one.merged_into_id == objection.pk),
        tuple((one, one.pk in same) for one in into) if handler and still else (),
    )
