"""Reminders of boxes nobody has filled: by a button, and by themselves when they fall due."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor, platform
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Opinion
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import files, may_act
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.opinions.boxes import open_stages
from gongjiang.services.opinions.give import open_box
from gongjiang.services.programmes.programme import Programme, programme_of

PAUSE: Final = timedelta(hours=24)
AHEAD: Final = timedelta(days=2)
"""So long before it falls due a box is reminded of."""
SILENT: Final = timedelta(days=5)
"""So long after it was asked, where it has no day."""
MOST: Final = 3
"""Reminders that the platform sends of its own; people may send more."""


@transaction.atomic
def remind_party(*, actor: Actor, at: datetime, case_id: int, sheet: str, party: str) -> Opinion:
    """Remind the party of one box, by whoever filed the case or runs the step; at most once a day."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    runs = tuple(role for one in open_stages(programme, case) for role in one.by)
    if not files(actor, case) and not (runs and may_act(actor, programme, case, runs)):
        raise NotAllowed("这一栏不由您催办。", "Not yours to remind.")
    box = Opinion.objects.select_for_update().filter(case=case, sheet=sheet, party=party).first()
    if box is None or box.verdict or box.declined:
        raise NotFound("这一栏没有在等意见。", "Nothing waits here.")
    if box.organisation_id is None and box.handed_to_id is None:
        raise Refused("这一栏还没有对应的单位账号，请发一次性链接或电话联系。", "Nobody to remind.")
    if box.reminded_at is not None and at < box.reminded_at + PAUSE:
        raise Refused("24 小时内已催办过，请稍后再催。", "Reminded already today.")
    _remind(
        actor, at, box, f"{actor.name}催办：请对{case.title}签署“{label_of(programme, box)}”。", programme.edition.pk
    )
    return box


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next box to remind of, in hand (cli/jobs); None if none is due. Taken by compare and set."""
    due = Q(due_at__lte=at + AHEAD) | Q(due_at=None, asked_at__lte=at - SILENT)
    rested = Q(reminded_at=None) | Q(reminded_at__lte=at - PAUSE)
    reachable = Q(organisation__isnull=False) | Q(handed_to__isnull=False)
    waiting = Opinion.objects.filter(
        due,
        reachable,
        rested,
        verdict="",
        declined="",
        reminders__lt=MOST,
        case__state__in=sorted(LIVE),
    )
    row = waiting.order_by("asked_at", "id").first()
    if row is None:
        return None
    mine = Opinion.objects.filter(pk=row.pk, reminders=row.reminders, reminded_at=row.reminded_at)
    if not mine.update(reminders=F("reminders") + 1, reminded_at=at):
        return next_job(at)
    return partial(_by_itself, row.pk, at)


@transaction.atomic
def remind_due(*, actor: Actor, at: datetime, opinion_id: int) -> None:
    """The reminder of a box in hand, if it is still open."""
    box = Opinion.objects.select_related("case__process__edition__pack").filter(pk=opinion_id, verdict="").first()
    if box is None or box.declined:
        return
    programme = programme_of(box.case.process)
    try:
        open_box(programme, box.case, box.sheet, box.party)
    except Refused:
        return  # the case went on, or back, without it
    until = f"，{long_date(timezone.localtime(box.due_at - timedelta(microseconds=1)).date())}前" if box.due_at else ""
    _tell(at, box, f"提醒：请对{box.case.title}签署“{label_of(programme, box)}”{until}。")
    _record(actor, at, box, programme.edition.pk)


def label_of(programme: Programme, box: Opinion) -> str:
    """What the sheet calls a box."""
    parties = (party for one in programme.pack.opinions if one.id == box.sheet for party in one.parties)
    return next((one.shown for one in parties if one.id == box.party), box.party)


def _by_itself(opinion_id: int, at: datetime) -> None:
    remind_due(actor=platform(), at=at, opinion_id=opinion_id)


def _remind(actor: Actor, at: datetime, box: Opinion, text: str, edition_id: int) -> None:
    box.reminded_at = at
    box.reminders += 1
    box.save(update_fields=["reminded_at", "reminders"])
    _tell(at, box, text)
    _record(actor, at, box, edition_id)


def _tell(at: datetime, box: Opinion, text: str) -> None:
    link = f"case:{box.case_id}"
    if box.handed_to_id is not None:
        tell(at=at, text=text, link=link, user_id=box.handed_to_id)
    else:
        tell(at=at, text=text, link=link, organisation_id=box.organisation_id)


def _record(actor: Actor, at: datetime, box: Opinion, edition_id: int) -> None:
    append(
        actor=actor,
        at=at,
        action="opinion.remind",
        kind="opinion",
        key=box.pk,
        case_id=box.case_id,
        edition_id=edition_id,
        data={"sheet": box.sheet, "party": box.party, "times": box.reminders},
    )
