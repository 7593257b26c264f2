"""Correct what stands about one person on a posted notice: their clock starts anew, nobody else's (TRUST 7)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.catalogue.strokes import stroke_count, stroke_ranks
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.names import stroke_key
from gongjiang.kernel.text import clean
from gongjiang.models import NoticeEntry, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.public_notices.headings import stroke_heading
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.authority import is_applicant
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.public_notices.authority import handles, publish_stage
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.publish import lock
from gongjiang.services.public_notices.shown import gate, scan
from gongjiang.services.public_notices.terms import days_of

LONGEST = 200
NOTE = "更正，公示期重新计算"


@transaction.atomic
def amend(*, actor: Actor, at: datetime, entry_id: int, shown: Mapping[str, str], reason: str) -> NoticeEntry:
    """Put other words under the columns of an entry. `shown`: text by column id; what isn't given stays.

    Approvers of the publishing body, while the person's notice is not settled. Raises BadInput (nothing changed, name
    emptied, too long, no reason), Refused where the gate finds personal numbers or the matter is over.
    """
    NoticeEntry.objects.select_for_update().filter(pk=entry_id).first()
    entry = (
        NoticeEntry.objects.select_related("case__subject", "notice__process__edition__pack")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise NotFound()
    programme = programme_of(entry.notice.process)
    stage = publish_stage(programme, entry.notice.stage)
    if not handles(actor, programme, stage.by, deciding=True, unit=entry.notice.unit_id):
        raise NotAllowed("公示内容由发布单位的审批人员更正。", "Approvers of the publishing body do this.")
    if is_applicant(actor, entry.case):
        raise NotAllowed("不能更正自己填报的人选。", "Nobody decides on their own nomination.")
    lock(programme)
    _require_open(entry)
    why = clean(reason).strip()
    if not why or len(why) > LONGEST:
        raise BadInput(f"请写明更正的理由，不超过 {LONGEST} 字。", "Give a reason.", place="更正理由")
    before, now = dict(entry.shown), _words(entry, shown)
    if now == before:
        raise BadInput("没有改动，不必更正。", "Nothing changed.", place=entry.case.title)
    today = timezone.localtime(at).date()
    decision = gate(scan(entry.notice.title, [], entry.notice.shows, [now], today))
    if not decision.allowed:
        raise Refused("；".join(one.text for one in decision.reasons), "Personal data.", reasons=decision.reasons)
    days = days_of(programme, stage, max(today, entry.notice.first_day))
    entry.shown, entry.note = now, NOTE
    entry.starts_on, entry.ends_on = days.first, days.last
    entry.state = NoticeEntry.State.RUNNING
    if stage.order == "strokes" and now.get("name"):
        entry.group = stroke_heading(stroke_count(now["name"][0]))
    entry.save(update_fields=["shown", "note", "starts_on", "ends_on", "state", "group"])
    if stage.order == "strokes" and now.get("name") != before.get("name"):
        _in_order(entry)
    append(
        actor=actor,
        at=at,
        action="notice.amend",
        kind="notice",
        key=entry.notice_id,
        case_id=entry.case_id,
        edition_id=programme.edition.pk,
        data={
            "columns": sorted(one for one in now if now[one] != before.get(one)),
            "before": _mark(before),
            "after": _mark(now),
            "last_day": days.last.isoformat(),
        },
    )
    after_commit([entry.notice_id], at)
    return entry


def _require_open(entry: NoticeEntry) -> None:
    """The latest entry of somebody who is still at this stage."""
    row = StageRow.objects.filter(case_id=entry.case_id, stage=entry.notice.stage).first()
    later = NoticeEntry.objects.filter(case_id=entry.case_id, notice__stage=entry.notice.stage, pk__gt=entry.pk)
    if entry.state == NoticeEntry.State.STRUCK or later.exists():
        raise Refused(f"{entry.case.title}已不在这份公示的名单上。", "No longer on this notice.")
    if row is None or row.state != RowState.OPEN:
        raise Refused(f"{entry.case.title}的公示已办结，不能再更正。", "The notice of this person is settled.")


def _words(entry: NoticeEntry, given: Mapping[str, str]) -> dict[str, str]:
    now = dict(entry.shown)
    for column in entry.notice.shows:
        name, label = column["id"], column["label"]
        if name not in given:
            continue
        said = " ".join(clean(given[name]).split())
        if len(said) > LONGEST:
            raise BadInput(f"不超过 {LONGEST} 字。", "Too long.", place=label)
        if name == "name" and not said:
            raise BadInput("姓名不能空着。", "A name is needed.", place=label)
        now[name] = said
    return now


def _in_order(entry: NoticeEntry) -> None:
    """A name of other strokes goes where it belongs within its section: the places there are given anew."""
    ranks = stroke_ranks()
    rows = list(NoticeEntry.objects.filter(notice_id=entry.notice_id, section=entry.section).order_by("position", "id"))
    places = sorted(one.position for one in rows)
    rows.sort(key=lambda one: (stroke_key(str(one.shown.get("name", "")), ranks), one.case_id))
    for row, place in zip(rows, places, strict=True):
        row.position = place
    NoticeEntry.objects.bulk_update(rows, ["position"])


def _mark(shown: Mapping[str, str]) -> str:
    """By which a printed copy of what stood there is known again; the words themselves stay out of the log."""
    return hashlib.sha256(json.dumps(shown, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
