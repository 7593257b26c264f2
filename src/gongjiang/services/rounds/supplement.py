"""After a list is closed: one more onto it by a recorded decision, an alternate or one that came late (TRUST 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.interval import Interval
from gongjiang.models import Case, Meeting, StageList, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.services.audit.append import append
from gongjiang.services.meetings.record import MeetingIn, record_meeting
from gongjiang.services.nominations.authority import may_act
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.seats import list_group
from gongjiang.services.nominations.transition import carry_out, lock_case, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.close import freeze
from gongjiang.services.rounds.tiers import give_free_tier
from gongjiang.services.scoring.results import scores_of


@transaction.atomic
def supplement(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    case_id: int,
    meeting: MeetingIn,
    reason: str = "",
) -> StageList:
    """Put one more case on a closed list: its next alternate, or one that arrived after it was closed.

    Another alternate than the next, and a late arrival, need a `reason`. Places, hard pools and the rules
    at the gate hold as ever.
    """
    stage = programme.stage(stage_id)
    case = lock_case(case_id)
    row = StageRow.objects.filter(case=case, stage=stage.id).first()
    if row is None or row.state not in (RowState.ALTERNATE, RowState.OPEN):
        raise Refused(
            f"{case.title}不是这份名单的备选，也没有等候列入。", "Not waiting for this list.", place=stage.shown
        )
    if not may_add(actor, programme, stage, case):
        raise NotAllowed(
            f"“{stage.shown}”的名单由{'、'.join(programme.role_label(r) for r in stage.by)}的审批人员调整。"
        )
    held = _closed(programme, stage, list_group(stage, case))
    before = _first_alternate(programme, stage, held.group)
    if row.state == RowState.OPEN and not reason.strip():
        raise BadInput("名单确定后才到的，补列须写明理由。", "Give a reason.", place="理由")
    if row.state == RowState.ALTERNATE and before is not None and before.pk != row.pk and not reason.strip():
        raise Refused(
            f"排在前面的备选是{before.case.title}；越过次序须写明理由。", "Not the next in order.", place=stage.shown
        )
    noted = record_meeting(actor=actor, at=at, programme=programme, stage=stage.id, group=held.group, meeting=meeting)
    add_to(actor, at, programme, stage, held, row, case, reason, noted)
    return held


def may_add(actor: Actor, programme: Programme, stage: Stage, case: Case) -> bool:
    """Approvers of the body that decides this list."""
    return may_act(actor, programme, case, stage.by, deciding=True)


def add_to(
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage: Stage,
    held: StageList,
    row: StageRow,
    case: Case,
    reason: str,
    meeting: Meeting | None,
) -> None:
    """One more at the end of a closed list, its hash renewed; the old one stays in the audit."""
    last = (
        StageRow.objects.filter(process=programme.process, stage=stage.id, state=RowState.DONE)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
    )
    position = max(last or 0, len(held.members)) + 1 if row.state == RowState.OPEN else row.position
    facts, scores = _scored_facts(programme, case)
    carry_out(
        actor=actor,
        at=at,
        programme=programme,
        case=case,
        row=row,
        stage=stage,
        move=move_of(stage, "promote" if row.state == RowState.ALTERNATE else "keep"),
        reason=reason,
        facts=facts,
        position=position,
    )
    tier = give_free_tier(programme, stage, case, scores)
    before = held.digest
    freeze(
        held,
        [*held.members, {"case": case.number, "place": position, "added": meeting.pk if meeting else True}],
    )
    append(
        actor=actor,
        at=at,
        action="list.add",
        kind="list",
        key=held.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={
            "stage": stage.id,
            "group": held.group,
            "case": case.number,
            "reason": reason,
            "meeting": meeting.pk if meeting else None,
            "tier": tier,
            "before": before,
            "digest": held.digest,
        },
    )


def _scored_facts(programme: Programme, case: Case) -> tuple[Facts, Mapping[str, Interval]]:
    facts = facts_of(programme, [case])
    scores = scores_of(programme, [case], facts)[case.pk]
    return replace(facts[case.pk], scores=scores), scores


def _closed(programme: Programme, stage: Stage, group: str) -> StageList:
    held = (
        StageList.objects.select_for_update()
        .filter(process=programme.process, stage=stage.id, group=group, closed_at__isnull=False)
        .first()
    )
    if held is None:
        raise Refused(f"“{stage.shown}”的名单还没有确定，请在名单中选列。", "The list is still open.")
    return held


def alternates_of(programme: Programme, stage: Stage, award: str, group: str) -> Iterator[StageRow]:
    """Who waits at a list, in strict order; of one award or one unit's list, where that is asked."""
    rows = StageRow.objects.filter(
        process=programme.process, stage=stage.id, state=RowState.ALTERNATE, case__state__in=sorted(LIVE)
    )
    if award:
        rows = rows.filter(case__award=award)
    found = rows.select_related("case__nominator").prefetch_related("case__parties__organisation")
    for row in found.order_by("position", "id"):
        if not (stage.per and group) or list_group(stage, row.case) == group:
            yield row


def _first_alternate(programme: Programme, stage: Stage, group: str) -> StageRow | None:
    return next(alternates_of(programme, stage, "", group), None)
