"""The page of a notice for those who post it and those who look after it."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.models import Case, Notice, NoticeEntry, Organisation
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.public_notices.authority import handles, own_parts, own_unit, publish_stage
from gongjiang.services.public_notices.draft import Draft, preview
from gongjiang.services.public_notices.queries import notices_of
from gongjiang.services.public_notices.settle import due_for, units_for


@dataclass(frozen=True)
class Desk:
    """What is posted, what is due, and the next notice as it would read (`draft`), or why there is none.

    Where each unit publishes its own: `unit` is the one looked at (None: none chosen yet) among `units`.
    """

    programme: Programme
    stage: Publish
    posted: list[Notice]
    due: list[NoticeEntry]
    draft: Draft | None
    problem: str
    may_publish: bool
    unit: Organisation | None = None
    units: tuple[Organisation, ...] = ()

    @property
    def cases(self) -> list[Case]:
        """People whose days are over."""
        return [one.case for one in self.due]


def programme_seen(actor: Actor, edition_id: int) -> Programme:
    """The programme of an edition; NotFound for a stranger to it looks like 'does not exist'."""
    return get_programme(actor, edition_id)


def desk(actor: Actor, at: datetime, edition_id: int, stage_id: str, *, unit: int = 0, **edited: object) -> Desk:
    """The page of this stage. `edited`: published_on, title, body, contact as typed; `unit`: whose own notice, the
    only one there is if none is named. Raises NotFound for others."""
    programme = programme_seen(actor, edition_id)
    if stage_id not in {one.id for one in programme.stages}:
        raise NotFound()
    stage = publish_stage(programme, stage_id)
    due, units = due_for(actor, programme, stage, at), tuple(units_for(actor, programme, stage))
    chosen = next((one for one in units if one.pk == unit or (not unit and len(units) == 1)), None)
    if (due is None and not own_parts(actor, programme, stage)) or (unit and chosen is None):
        raise NotFound()
    if stage.per and chosen is None:
        problem = "请选择推荐单位。" if units else "还没有人到公示这一步。"
        return Desk(programme, stage, [], [], None, problem, False, None, units)
    draft, problem, own = None, "", chosen.pk if chosen is not None else None
    if handles(actor, programme, stage.by, unit=own):
        try:
            draft = preview(
                actor=actor, at=at, programme=programme, stage_id=stage_id, unit=own,
                **edited,  # type: ignore[arg-type]
            )  # fmt: skip
        except GongjiangError as refusal:
            problem = str(refusal)
    return Desk(
        programme,
        stage,
        notices_of(programme, stage_id, own),
        [one for one in due or () if own_unit(stage, one.case) == own],
        draft,
        problem,
        handles(actor, programme, stage.by, deciding=True, unit=own),
        chosen,
        units,
    )
