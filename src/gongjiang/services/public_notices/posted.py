"""A posted notice on the desk of those who posted it: who stands on it, where it stood, how long it is kept."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Notice, NoticeEntry
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.public_notices.authority import handles, publish_stage, sees_notice
from gongjiang.services.public_notices.pages import kept
from gongjiang.services.public_notices.postings import Medium, lacking, media_of
from gongjiang.services.public_notices.retention import last_day_of

PAGE = 100


@dataclass(frozen=True)
class Posted:
    """What the page shows. `entries`: one page of them by key; `chosen`: the one to be corrected; `over`: everybody's
    time is over; `lacking`: media of the pack without a record."""

    programme: Programme
    stage: Publish
    notice: Notice
    entries: tuple[NoticeEntry, ...]
    more: int
    chosen: NoticeEntry | None
    media: tuple[Medium, ...]
    lacking: tuple[str, ...]
    last: date
    over: bool
    shown: bool
    may_record: bool
    may_decide: bool


def posted(
    actor: Actor, at: datetime, edition_id: int, stage_id: str, ordinal: int, *, after: int = 0, entry: int = 0
) -> Posted:
    """The notice as its desk sees it; NotFound for others. `after`: position of the last entry of the page before."""
    programme = get_programme(actor, edition_id)
    if stage_id not in {one.id for one in programme.stages}:
        raise NotFound()
    stage = publish_stage(programme, stage_id)
    notice = Notice.objects.filter(process=programme.process, stage=stage_id, ordinal=ordinal).first()
    if notice is None or not sees_notice(actor, programme, stage, notice):
        raise NotFound()
    rows = list(notice.entries.filter(position__gt=after).order_by("position", "id")[: PAGE + 1])
    today = timezone.localtime(at).date()
    media = media_of(stage, notice)
    last = last_day_of(notice)
    decides = handles(actor, programme, stage.by, deciding=True, unit=notice.unit_id)
    return Posted(
        programme,
        stage,
        notice,
        tuple(rows[:PAGE]),
        rows[PAGE - 1].position if len(rows) > PAGE else 0,
        _correctable(notice, entry) if entry and decides else None,
        media,
        lacking(stage, media),
        last,
        today > last,
        kept(notice, today),
        handles(actor, programme, stage.by, unit=notice.unit_id),
        decides,
    )


def _correctable(notice: Notice, entry_id: int) -> NoticeEntry | None:
    """The entry, if its words may still be corrected."""
    return (
        notice.entries.filter(pk=entry_id, case__rows__stage=notice.stage, case__rows__state=RowState.OPEN)
        .exclude(state=NoticeEntry.State.STRUCK)
        .select_related("case")
        .first()
    )
