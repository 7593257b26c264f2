"""Panels are gone over in the background as the log grows: before their list is closed scores are set aside, after it
nothing changes any more and the office is told (TRUST 5)."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Edition, Entry, Head, PanelCheck
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.scoring.authority import panel_stage
from gongjiang.services.scoring.recheck import Late, late_conflicts, list_closed, recheck, tell_office

AFTERWARDS: Final = "panel.late"
#: What the log may tell without any record of a person, a unit or an expert having changed.
IRRELEVANT: Final = (
    "sheet.", "sitting.", "outbox.", "user.", "webhook.", "clock.", "hint.", "notice.", "certificate.", "reminder",
    "panel.recheck", "panel.late", "panel.announce", "panel.assign", "opinion.", "objection.", "summary.export",
    "calendar.",
)  # fmt: skip


def watch(programme: Programme, stage_id: str) -> None:
    """From now on the panel is gone over as records change."""
    PanelCheck.objects.get_or_create(process=programme.process, stage=stage_id)


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next panel about whose people the log has something new; None if there is none."""
    end = Head.objects.values_list("seq", flat=True).first() or 0
    for check in PanelCheck.objects.filter(seen__lt=end).order_by("seen", "pk"):
        news = Entry.objects.filter(seq__gt=check.seen, seq__lte=end).exclude(_irrelevant())
        if not PanelCheck.objects.filter(pk=check.pk, seen=check.seen).update(seen=end):
            continue  # another worker has it
        if news.exists():
            return lambda check=check, before=check.seen: _go_over(check, before, at)  # type: ignore[misc]
    return None


def _go_over(check: PanelCheck, before: int, at: datetime) -> None:
    held = PanelCheck.objects.select_related("process__edition__pack", "process__edition__organiser").get(pk=check.pk)
    programme = programme_of(held.process)
    if held.process.edition.state == Edition.State.CLOSED:
        held.delete()
        return
    try:
        if list_closed(programme, held.stage):
            tell_late(actor=platform(), at=at, programme=programme, stage_id=held.stage)
        else:
            recheck(actor=platform(), at=at, programme=programme, stage_id=held.stage)
    except BaseException:
        PanelCheck.objects.filter(pk=held.pk).update(seen=before)
        raise


@transaction.atomic
def tell_late(*, actor: Actor, at: datetime, programme: Programme, stage_id: str) -> list[Late]:
    """Conflicts that came to light after the list was closed: scores and list stay, each is told to the office once and
    kept in the log."""
    stage = panel_stage(programme, stage_id)
    known = _told(programme, stage)
    found = [one for one in late_conflicts(programme, stage) if _pair(one) not in known]
    if not found:
        return []
    append(
        actor=actor,
        at=at,
        action=AFTERWARDS,
        kind="list",
        key=stage.id,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "pairs": [list(_pair(one)) for one in found]},
    )
    text = (
        f"“{stage.shown}”名单确定后查出 {len(found)} 人次须回避，评分和名单没有变；"
        "是否影响结果请提请会议研究，见“专家与分派”页。"
    )
    tell_office(programme, stage, text, at)
    return found


def late_after_close(programme: Programme, stage: Panel) -> list[Late]:
    """What was told so and still holds, for the panel's page."""
    told = _told(programme, stage)
    return [one for one in late_conflicts(programme, stage) if _pair(one) in told] if told else []


def _told(programme: Programme, stage: Panel) -> set[tuple[int, int]]:
    rows = Entry.objects.filter(kind="list", key=stage.id, action=AFTERWARDS, edition_id=programme.edition.pk)
    told = [json.loads(body)["data"] for body in rows.values_list("body", flat=True)]
    return {(case, expert) for data in told for case, expert in data["pairs"]}


def _pair(one: Late) -> tuple[int, int]:
    return one.assignment.case_id, one.assignment.expert_id


def _irrelevant() -> Q:
    found = Q()
    for one in IRRELEVANT:
        found |= Q(action__startswith=one)
    return found
