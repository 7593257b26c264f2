"""The page of a notice for those who post it and those who look after it."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.models import Case, Notice, NoticeEntry
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.public_notices.authority import handles, publish_stage
from gongjiang.services.public_notices.draft import Draft, preview
from gongjiang.services.public_notices.queries import notices_of
from gongjiang.services.public_notices.settle import due_entries


@dataclass(frozen=True)
class Desk:
    """What is posted, what is due, and the next notice as it would read (`draft`), or why there is none."""

    programme: Programme
    stage: Publish
    posted: list[Notice]
    due: list[NoticeEntry]
    draft: Draft | None
    problem: str
    may_publish: bool

    @property
    def cases(self) -> list[Case]:
        """People whose days are over."""
        return [one.case for one in self.due]


def programme_seen(actor: Actor, edition_id: int) -> Programme:
    """The programme of an edition; NotFound for a stranger to it looks like 'does not exist'."""
    return get_programme(actor, edition_id)


def desk(actor: Actor, at: datetime, edition_id: int, stage_id: str, **edited: object) -> Desk:
    """The page of this stage. `edited`: published_on, title, body, contact as typed. Raises NotFound for others."""
    programme = programme_seen(actor, edition_id)
    if stage_id not in {one.id for one in programme.stages}:
        raise NotFound()
    stage = publish_stage(programme, stage_id)
    roles = (*stage.by, *(stage.objections.by if stage.objections else ()))
    if not handles(actor, programme, roles):
        raise NotFound()
    draft, problem = None, ""
    if handles(actor, programme, stage.by):
        try:
            draft = preview(actor=actor, at=at, programme=programme, stage_id=stage_id, **edited)  # type: ignore[arg-type]
        except GongjiangError as refusal:
            problem = str(refusal)
    return Desk(
        programme,
        stage,
        notices_of(programme, stage_id),
        due_entries(programme, stage, at),
        draft,
        problem,
        may_decide(actor, programme, stage.by),
    )
