"""End an edition: everything decided, whoever still waits as a substitute is told that it is over."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, Refused
from gongjiang.models import Case, Edition, NoticeEntry, Objection, StageRow
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import main_process
from gongjiang.services.quotas.guard import release_seats

#: Cases that an ended edition must not leave in the air.
WAITING = (CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED)


def may_finish(actor: Actor, edition: Edition) -> bool:
    """Approvers of the organiser."""
    return actor.is_platform or actor.has("approver", organisation_id=edition.organiser_id, edition_id=edition.pk)


def what_is_open(edition: Edition) -> list[str]:
    """What must be settled first, in words; empty when the edition can end."""
    process = main_process(edition)
    found: list[str] = []
    running = NoticeEntry.objects.filter(notice__process=process, state=NoticeEntry.State.RUNNING).count()
    if running:
        found.append(f"{running} 人的公示还没有办结")
    disputed = (
        Objection.objects.filter(entry__notice__process=process).exclude(state__in=["refused", "decided"]).count()
    )
    if disputed:
        found.append(f"{disputed} 件异议还没有办结")
    submitted = (
        StageRow.objects.filter(
            process=process, state=RowState.OPEN, case__state=CaseState.RUNNING, case__submitted_at__isnull=False
        )
        .values("case_id")
        .distinct()
        .count()
    )
    if submitted:
        found.append(f"{submitted} 人还在办理中")
    return found


@transaction.atomic
def finish_edition(*, actor: Actor, at: datetime, edition: Edition) -> int:
    """Close the edition. Substitutes and drafts that never came further end as not selected, their
    places are given back; returns how many. Raises Refused naming what is still open."""
    if not may_finish(actor, edition):
        raise NotAllowed("由主办单位的审批人员办结本届。", "The organiser's approver ends the edition.")
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.state != Edition.State.OPEN:
        raise Refused("本届没有在进行。", "The edition is not open.")
    left = what_is_open(locked)
    if left:
        raise Refused("还不能办结本届：" + "；".join(left) + "。", "Something is still open.")
    waiting = list(Case.objects.filter(process=main_process(locked), state__in=WAITING).order_by("pk"))
    for case in waiting:
        _end(actor, at, locked, case)
    locked.state = Edition.State.CLOSED
    locked.save(update_fields=["state"])
    append(
        actor=actor,
        at=at,
        action="edition.finish",
        kind="edition",
        key=locked.pk,
        edition_id=locked.pk,
        data={"ended": len(waiting)},
    )
    return len(waiting)


def _end(actor: Actor, at: datetime, edition: Edition, case: Case) -> None:
    """One case ends wherever it stands, on record."""
    rows = StageRow.objects.filter(case=case, state__in=[RowState.OPEN, RowState.ALTERNATE])
    changed = dict.fromkeys(rows.values_list("stage", flat=True), RowState.OUT.value)
    rows.update(state=RowState.OUT, moved_at=at, note="本届已办结")
    Case.objects.filter(pk=case.pk).update(state=CaseState.NOT_SELECTED, version=case.version + 1)
    release_seats(case=case)
    append(
        actor=actor,
        at=at,
        action="case.finish",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=edition.pk,
        data={"state": CaseState.NOT_SELECTED.value, "rows": changed, "reason": "本届已办结"},
    )
