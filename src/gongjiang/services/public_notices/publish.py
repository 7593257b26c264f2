"""Post a notice: entries with their clocks, places taken, the rest of the order waiting as substitutes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, Refused
from gongjiang.models import Case, Notice, NoticeEntry, Process, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.audit.append import append
from gongjiang.services.audit.checkpoints import make_checkpoint
from gongjiang.services.nominations.seats import list_group, list_seats, list_size
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import handles, publish_stage
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.draft import Draft, Line, preview
from gongjiang.services.public_notices.known import known_of
from gongjiang.services.public_notices.retention import retained_until
from gongjiang.services.quotas.guard import SeatAsked, take_seats


@transaction.atomic
def publish(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    unit: int | None = None,
    published_on: date | None = None,
    title: str = "",
    body: str = "",
    contact: Mapping[str, str] | None = None,
) -> Notice:
    """Post everybody who is open at this stage and on no notice yet; above its places, in list order, they wait.

    `unit`: whose people, where each nominating unit publishes its own.

    Only approvers of the stage's `by`. Raises Refused when the gate finds personal numbers or birth dates
    (each with its place), when lists before it are open, and when all were posted already.
    """
    stage = publish_stage(programme, stage_id)
    if not handles(actor, programme, stage.by, deciding=True, unit=unit):
        who = "、".join(programme.role_label(one) for one in stage.by)
        raise NotAllowed(f"公示由{who}的审批人员发布。", "Approvers of the publishing body do this.")
    lock(programme)
    draft = preview(
        actor=actor,
        at=at,
        programme=programme,
        stage_id=stage_id,
        unit=unit,
        published_on=published_on,
        title=title,
        body=body,
        contact=contact,
    )
    if not draft.lines:
        raise Refused(
            "没有需要公示的人：名单上的人都已公示过。" if draft.again else "还没有人到公示这一步。",
            "Nobody is left to post.",
            place=stage.shown,
        )
    facts = known_of(programme, [row.case for row in (*draft.kept, *draft.reserves)])
    _places(programme, stage, draft.kept, facts, at)
    _reserve(actor, at, draft, facts)
    return post(actor=actor, at=at, draft=draft)


def lock(programme: Programme) -> None:
    """One posting at a time for a process: the second sees what the first has done."""
    Process.objects.select_for_update().get(pk=programme.process.pk)


def seats_on_notice(programme: Programme, stage: Publish, case: Case, facts: Facts) -> list[SeatAsked]:
    """What a posted case takes up: pools on this list, and one of the notice's own places."""
    asked = list_seats(programme, case, facts, stage.id)
    size = list_size(programme, stage.keep)
    if size is not None:
        asked.append(SeatAsked(f"keep:{stage.id}", list_group(stage, case), size, f"{stage.shown}名单"))
    return asked


def _places(
    programme: Programme, stage: Publish, kept: Sequence[StageRow], facts: Mapping[int, Facts], at: datetime
) -> None:
    for n, row in enumerate(kept, 1):
        take_seats(case=row.case, seats=seats_on_notice(programme, stage, row.case, facts[row.case_id]), at=at)
        if row.position is None:
            StageRow.objects.filter(pk=row.pk).update(position=n)


def _reserve(actor: Actor, at: datetime, draft: Draft, facts: Mapping[int, Facts]) -> None:
    move = move_of(draft.stage, "reserve")
    for n, row in enumerate(draft.reserves, len(draft.kept) + 1):
        carry_out(
            actor=actor,
            at=at,
            programme=draft.programme,
            case=row.case,
            row=row,
            stage=draft.stage,
            move=move,
            facts=facts[row.case_id],
            position=n,
        )


def post(*, actor: Actor, at: datetime, draft: Draft) -> Notice:
    """Write a notice and its entries. Inside a transaction; the gate must have let it through."""
    if not draft.decision.allowed:
        raise Refused(
            "公示内容含不得公开的个人信息，未发布：" + "；".join(one.text for one in draft.decision.reasons),
            "Personal data may not be published.",
            reasons=draft.decision.reasons,
            place=draft.stage.shown,
        )
    edition = draft.programme.edition
    made = Notice.objects.create(
        process=draft.programme.process,
        stage=draft.stage.id,
        unit_id=draft.unit,
        slug=f"{edition.slug[:36]}-{draft.stage.id[:12]}-{edition.pk}-{draft.ordinal}",
        ordinal=draft.ordinal,
        title=draft.title,
        issuer=draft.issuer,
        body="\n".join(draft.body),
        contact=draft.contact,
        shows=draft.columns,
        published_at=at,
        published_by_id=actor.user_id,
        first_day=draft.days.first,
        last_day=draft.days.last,
        kept_until=retained_until(draft.programme, draft.stage, draft.days.last),
        days=[one.isoformat() for one in draft.days.counted],
    )
    NoticeEntry.objects.bulk_create(entry_of(made, line, n, draft) for n, line in enumerate(draft.lines, 1))
    append(
        actor=actor,
        at=at,
        action="notice.publish",
        kind="notice",
        key=made.pk,
        edition_id=edition.pk,
        data={
            "stage": draft.stage.id,
            "ordinal": made.ordinal,
            "first_day": made.first_day.isoformat(),
            "last_day": made.last_day.isoformat(),
            "cases": [one.case.pk for one in draft.lines],
            "alternates": [row.case_id for row in draft.reserves],
            "shows": [one["id"] for one in draft.columns],
            "warnings": list(draft.warnings),
        },
    )
    make_checkpoint(actor=actor, at=at, about=f"{edition.title} {draft.stage.shown} 发布", edition_id=edition.pk)
    after_commit([made.pk], at)
    return made


def entry_of(notice: Notice, line: Line, position: int, draft: Draft) -> NoticeEntry:
    """An entry with a clock of its own: the days of this posting."""
    return NoticeEntry(
        notice=notice,
        case=line.case,
        shown=line.shown,
        position=position,
        section=line.section,
        group=line.group,
        starts_on=draft.days.first,
        ends_on=draft.days.last,
    )
