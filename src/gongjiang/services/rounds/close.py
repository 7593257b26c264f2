"""Close a list: people choose, rank and pools are asked, a meeting is on record, the members are frozen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, StageList, StageRow
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.rules.quotas.pools import Outcome
from gongjiang.rules.rounds.rank import Ranking
from gongjiang.services.audit.append import append, canonical
from gongjiang.services.meetings.record import MeetingIn, record_meeting
from gongjiang.services.nominations.authority import may_act, may_decide
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.guard import release_seats
from gongjiang.services.rounds.board import Board, board
from gongjiang.services.rounds.tiers import give_tiers


def may_close(actor: Actor, programme: Programme, stage: Stage, found: Board) -> bool:
    """Approvers of the deciding body; for a unit's own list, approvers of that unit."""
    if actor.is_platform or may_decide(actor, programme, stage.by):
        return True
    return bool(stage.per and found.cases) and all(
        may_act(actor, programme, case, stage.by, deciding=True) for case in found.cases.values()
    )


@transaction.atomic
def close_list(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    kept: Sequence[int],
    alternates: Sequence[int] = (),
    meeting: MeetingIn,
    reasons: Mapping[str, str] | None = None,
    group: str = "",
    request_key: str | None = None,
) -> StageList:
    """Keep these cases in this order, these others as alternates in order, and drop the rest.

    `reasons`: 'pick:<case>' for a pick out of order, 'pool:<pool>' for a soft share that is missed,
    'behind' for cases still on their way that the list will not wait for. Raises Refused with the rule
    that forbids it: list too long, hard pools, rules at their gate, open scores, people still upstream.
    """
    stage = programme.stage(stage_id)
    reasons = reasons or {}
    StageList.objects.get_or_create(process=programme.process, stage=stage_id, group=group)
    held = StageList.objects.select_for_update().get(process=programme.process, stage=stage_id, group=group)
    if held.closed_at is not None:
        raise Refused(f"“{stage.shown}”的名单已经确定，不能再改。", "This list is closed.")
    found = board(programme, stage, group, settled=[*kept, *alternates])
    if not may_close(actor, programme, stage, found):
        raise NotAllowed(
            f"“{stage.shown}”的名单由{'、'.join(programme.role_label(r) for r in stage.by)}的审批人员确定。"
        )
    _check(found, kept, alternates, reasons)
    left = _left_behind(programme, stage, group, found)
    if left and not reasons.get("behind", "").strip():
        names = "、".join(one.title for one in left[:5])
        raise Refused(
            f"还有 {len(left)} 件申报没有办到这一步（{names}…）。请先办结，或写明不再等候的理由。",
            "Cases are still on their way.",
            place=stage.shown,
        )
    noted = record_meeting(actor=actor, at=at, programme=programme, stage=stage_id, group=group, meeting=meeting)
    _move_all(actor, at, found, kept, alternates, reasons)
    for case in left:
        _leave(case, at)
    give_tiers(programme, stage, [found.cases[one] for one in kept])
    return _freeze(actor, at, programme, held, found, kept, alternates, noted.pk, request_key)


def _check(found: Board, kept: Sequence[int], alternates: Sequence[int], reasons: Mapping[str, str]) -> None:
    chosen = [*kept, *alternates]
    if len(set(chosen)) != len(chosen):
        raise BadInput("同一人不能列两次。", "Somebody is listed twice.", place="名单")
    strange = [one for one in chosen if one not in found.cases]
    if strange:
        raise BadInput("名单里有不在本环节的人，请刷新后再定。", "Somebody is not on this list.", place="名单")
    if found.size is not None and len(kept) > found.size:
        raise Refused(f"本环节最多留 {found.size} 名，现选 {len(kept)} 名。", "Too many.", place=found.stage.shown)
    _check_order(found, kept, reasons)
    for state in found.pools(kept):
        if state.blocks:
            raise Refused(state.sentence, "A pool is broken.", place=state.label)
        if state.needs_reason and not reasons.get(f"pool:{state.pool}", "").strip():
            raise Refused(f"{state.sentence}。请写明理由。", "Give a reason for this soft rule.", place=state.label)


def _check_order(found: Board, kept: Sequence[int], reasons: Mapping[str, str]) -> None:
    """A pick that stands below somebody dropped carries a reason; nobody open on a score is picked."""
    ranking: Ranking = found.ranking
    unsettled = {int(one.case) for one in ranking.open} & set(kept)
    if unsettled and found.keys and found.stage.rank:
        names = "、".join(found.cases[one].title for one in sorted(unsettled))
        raise Refused(f"{names}的评分未定，不能列入。", "Scores are still open.", place=found.stage.shown)
    places = {pk: ranking.number_of(str(pk)) for pk in found.cases}
    missed = [places[pk] for pk in found.cases if pk not in kept and places[pk] is not None]
    best_missed = min((one for one in missed if one is not None), default=None)
    if best_missed is None or not found.keys or not found.stage.rank:
        return
    proposed = {int(one) for one in found.proposal.kept_cases}
    for pk in kept:
        place = places[pk]
        if pk in proposed or place is None or place <= best_missed:
            continue
        if not reasons.get(f"pick:{pk}", "").strip():
            raise Refused(
                f"{found.cases[pk].title}排第 {place} 名，前面有人未列入；越过排名须写明理由。",
                "Give a reason.",
                place=found.cases[pk].title,
            )


def _left_behind(programme: Programme, stage: Stage, group: str, found: Board) -> list[Case]:
    """Live submitted cases that are not here yet but could still come."""
    joined = source_map(programme.stages)
    upstream: set[str] = set()
    todo = list(joined[stage.id])
    while todo:
        name = todo.pop()
        if name not in upstream:
            upstream.add(name)
            todo += joined[name]
    rows = StageRow.objects.filter(
        process=programme.process,
        stage__in=upstream,
        state=RowState.OPEN,
        case__state__in=sorted(LIVE),
        case__submitted_at__isnull=False,
    ).select_related("case__nominator")
    if stage.per:
        rows = rows.filter(case__nominator__short_name=group) if stage.per == ("case.nominator",) else rows
    cases = {row.case_id: row.case for row in rows if row.case_id not in found.cases}
    past = set(
        StageRow.objects.filter(case_id__in=cases, stage=stage.id)
        .exclude(state=RowState.WAITING)
        .values_list("case_id", flat=True)
    )
    return [case for pk, case in cases.items() if pk not in past]


def _leave(case: Case, at: datetime) -> None:
    StageRow.objects.filter(case=case, state=RowState.OPEN).update(state=RowState.OUT, moved_at=at)
    Case.objects.filter(pk=case.pk).update(state=CaseState.NOT_SELECTED, version=case.version + 1)
    release_seats(case=case)


def _move_all(
    actor: Actor, at: datetime, found: Board, kept: Sequence[int], alternates: Sequence[int], reasons: Mapping[str, str]
) -> None:
    keep, reserve, drop = (move_of(found.stage, one) for one in ("keep", "reserve", "drop"))
    drop = replace(drop, reason=False)
    plan = [(pk, keep, n) for n, pk in enumerate(kept, 1)]
    plan += [(pk, reserve, len(kept) + n) for n, pk in enumerate(alternates, 1)]
    chosen = {pk for pk, _, _ in plan}
    plan += [(pk, drop, 0) for pk in found.order() if pk not in chosen]
    for pk, one, position in plan:
        carry_out(
            actor=actor,
            at=at,
            programme=found.programme,
            case=found.cases[pk],
            row=found.rows[pk],
            stage=found.stage,
            move=one,
            reason=reasons.get(f"pick:{pk}", ""),
            facts=found.facts[pk],
            position=position or None,
        )


def _freeze(
    actor: Actor,
    at: datetime,
    programme: Programme,
    held: StageList,
    found: Board,
    kept: Sequence[int],
    alternates: Sequence[int],
    meeting_id: int,
    request_key: str | None,
) -> StageList:
    members = [{"case": found.cases[pk].number, "place": n} for n, pk in enumerate(kept, 1)]
    held.closed_at, held.closed_by_id, held.meeting_id = at, actor.user_id, meeting_id
    held.size, held.entered, held.kept = found.size, len(found.cases), len(kept)
    held.members = members
    held.digest = hashlib.sha256(canonical({"members": members}).encode()).hexdigest()
    held.version += 1
    held.save()
    missed = [one.sentence for one in found.pools(kept) if one.outcome is Outcome.BROKEN]
    append(
        actor=actor,
        at=at,
        action="list.close",
        kind="list",
        key=held.pk,
        edition_id=programme.edition.pk,
        request_key=request_key,
        data={
            "stage": held.stage,
            "group": held.group,
            "entered": held.entered,
            "kept": held.kept,
            "alternates": [found.cases[pk].number for pk in alternates],
            "digest": held.digest,
            "pools": missed,
        },
    )
    return held
