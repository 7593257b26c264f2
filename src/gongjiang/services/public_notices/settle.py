"""Entries whose days are over, without an open objection, are done with the notice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import Case, NoticeEntry, Objection, Organisation, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import all_roles, handles, own_parts, own_unit, publish_stages
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.candidates import units_of
from gongjiang.services.public_notices.known import known_of

#: Objections that are over: refused by two, or decided.
OVER = (Objection.State.REFUSED, Objection.State.DECIDED)


@dataclass(frozen=True)
class Settled:
    """Who is done with the notice, and whom an open objection still holds."""

    done: tuple[Case, ...]
    held: tuple[Case, ...]


def due_entries(programme: Programme, stage: Publish, at: datetime) -> list[NoticeEntry]:
    """The latest running entry of each case whose last day is past."""
    today = timezone.localtime(at).date()
    rows = (
        NoticeEntry.objects.filter(
            notice__process=programme.process, notice__stage=stage.id, state=NoticeEntry.State.RUNNING
        )
        .select_related("case__subject", "case__nominator", "case__applying_unit")
        .prefetch_related("case__parties__organisation")
        .order_by("id")
    )
    latest = {row.case_id: row for row in rows}
    return [row for row in latest.values() if row.ends_on < today]


def due_for(actor: Actor, programme: Programme, stage: Publish, at: datetime) -> list[NoticeEntry] | None:
    """What is due of this stage on notices that are the actor's; None where no notice is."""
    if handles(actor, programme, all_roles(stage)):
        return due_entries(programme, stage, at)
    mine = {one.pk for one in units_for(actor, programme, stage)}
    return [one for one in due_entries(programme, stage, at) if own_unit(stage, one.case) in mine] if mine else None


def units_for(actor: Actor, programme: Programme, stage: Publish) -> list[Organisation]:
    """Units with a notice of their own here that the actor posts, or whose objections the actor handles."""
    units = units_of(programme, stage) if stage.per else []
    if not units or handles(actor, programme, all_roles(stage)):
        return units
    mine = own_parts(actor, programme, stage)
    return [one for one in units if one.pk in mine]


@transaction.atomic
def settle_due(*, actor: Actor, at: datetime, programme: Programme) -> Settled:
    """Settle what is due on every notice of the process that is the actor's. Doing it twice changes nothing more."""
    done: list[Case] = []
    held: list[Case] = []
    stages = publish_stages(programme)
    mine = [(stage, due_for(actor, programme, stage, at)) for stage in stages]
    if not any(due is not None for _, due in mine):
        who = "、".join(dict.fromkeys(programme.role_label(one) for stage in stages for one in stage.by))
        raise NotAllowed(f"公示期满由{who}办理。", "Not your part.")
    for stage, due in mine:
        if not due:
            continue
        objected = set(
            Objection.objects.filter(entry__case_id__in=[one.case_id for one in due])
            .exclude(state__in=OVER)
            .values_list("entry__case_id", flat=True)
        )
        free = [one for one in due if one.case_id not in objected]
        held += [one.case for one in due if one.case_id in objected]
        done += _settle(actor, at, programme, stage, free)
    return Settled(tuple(done), tuple(held))


def _settle(
    actor: Actor, at: datetime, programme: Programme, stage: Publish, entries: Sequence[NoticeEntry]
) -> list[Case]:
    rows = {
        row.case_id: row
        for row in StageRow.objects.filter(
            case_id__in=[one.case_id for one in entries], stage=stage.id, state=RowState.OPEN
        )
    }
    facts = known_of(programme, [one.case for one in entries])
    done: list[Case] = []
    for entry in entries:
        if entry.case_id not in rows:
            continue
        carry_out(
            actor=actor,
            at=at,
            programme=programme,
            case=entry.case,
            row=rows[entry.case_id],
            stage=stage,
            move=move_of(stage, "settle"),
            facts=facts[entry.case_id],
        )
        NoticeEntry.objects.filter(case_id=entry.case_id, notice__stage=stage.id, state="running").update(
            state=NoticeEntry.State.ENDED
        )
        done.append(entry.case)
    after_commit((one.notice_id for one in entries), at)
    return done
