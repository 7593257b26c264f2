"""Close a list: people choose, rank and pools are asked, a meeting is on record, the members are frozen."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, StageList, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.audit.append import append, canonical
from gongjiang.services.audit.checkpoints import make_checkpoint
from gongjiang.services.meetings.record import MeetingIn, record_meeting
from gongjiang.services.nominations.authority import may_act, may_decide
from gongjiang.services.nominations.transition import carry_out, move_of, repeated
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.board import Board, board
from gongjiang.services.rounds.checks import check_choice
from gongjiang.services.rounds.telling import tell_nominators
from gongjiang.services.rounds.tiers import chooses_tiers, give_tiers
from gongjiang.services.rounds.unit_order import settle_unit_order
from gongjiang.services.rounds.upstream import leave_behind, on_their_way
from gongjiang.services.scoring.recheck import require_clean


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
    tiers: Mapping[int, str] | None = None,
) -> StageList:
    """Keep these cases in this order, these others as alternates in order, and drop the rest; who has a tier
    from an earlier list goes on with it (mechanisms 2).

    `reasons`: 'pick:<case>' for a pick out of order, 'order' for a list in another order than the ranking,
    'pool:<pool>' for a soft share that is missed, 'open' for people whose place is not known yet, 'behind'
    for cases still on their way that the list will not wait for. Raises Refused with the rule that forbids
    it: list too long, hard pools, rules at their gate, open scores, people still upstream. Of two who close
    at once one wins; the other is told. The same `request_key` again changes nothing. `tiers`: the tier of each kept
    case, where people choose it (tiers.chooses_tiers).
    """
    stage = programme.stage(stage_id)
    reasons = reasons or {}
    StageList.objects.get_or_create(process=programme.process, stage=stage_id, group=group)
    held = StageList.objects.select_for_update().get(process=programme.process, stage=stage_id, group=group)
    if repeated(request_key):
        return held
    if held.closed_at is not None:
        raise Refused(f"“{stage.shown}”的名单已经确定，不能再改。", "This list is closed.")
    settle_unit_order(actor=actor, at=at, programme=programme, stage=stage, group=group, order=[*kept, *alternates])
    graded = _graded(programme, stage, kept, tiers or {})
    found = board(programme, stage, group, settled=[*kept, *alternates], tiers=graded)
    if not may_close(actor, programme, stage, found):
        raise NotAllowed(
            f"“{stage.shown}”的名单由{'、'.join(programme.role_label(r) for r in stage.by)}的审批人员确定。"
        )
    if isinstance(stage, Panel):
        require_clean(programme, stage)
    remarks = check_choice(found, kept, alternates, reasons)
    left = on_their_way(programme, stage, group)
    why = reasons.get("behind", "").strip()
    if left and not why:
        names = "、".join(one.title for one in left[:5])
        raise Refused(
            f"还有 {len(left)} 件{programme.called}没有办到这一步（{names}…）。请先办结，或写明不再等候的理由。",
            "Cases are still on their way.",
            place=stage.shown,
        )
    noted = record_meeting(actor=actor, at=at, programme=programme, stage=stage_id, group=group, meeting=meeting)
    _move_all(actor, at, found, kept, alternates, reasons)
    for case in left:
        leave_behind(actor, at, programme, stage, case, why)
    given = give_tiers(programme, stage, [found.cases[one] for one in kept], found.scores, graded)
    held.size, held.entered = found.size, len(found.cases)
    held.closed_at, held.closed_by_id, held.meeting_id = at, actor.user_id, noted.pk
    freeze(held, [{"case": found.cases[pk].number, "place": n} for n, pk in enumerate(kept, 1)])
    _record(actor, at, found, held, [found.cases[pk] for pk in alternates], given, remarks, reasons, request_key)
    tell_nominators(found, kept, alternates, at)
    about = f"{programme.edition.title} {stage.shown} 名单确定"
    make_checkpoint(actor=actor, at=at, about=about, edition_id=programme.edition.pk)
    return held


def _graded(programme: Programme, stage: Stage, kept: Sequence[int], tiers: Mapping[int, str]) -> dict[int, str] | None:
    """The tiers that people chose, one for each kept case; None where the list gives them by itself."""
    if not chooses_tiers(programme, stage):
        return None
    known = set(stage.gives)
    missing = [pk for pk in kept if tiers.get(pk) not in known]
    if missing:
        raise BadInput(f"还有 {len(missing)} 人没有选定档次。", "Choose a tier for everybody.", place="档次")
    return {pk: tiers[pk] for pk in kept}


class _Undo(Exception):
    """Ends a rehearsal."""


def try_close(*, actor: Actor, at: datetime, **given: Any) -> None:
    """Everything that closing would do and refuse, undone again: what the page of confirmation asks first."""
    try:
        with transaction.atomic():
            close_list(actor=actor, at=at, **given)
            raise _Undo
    except _Undo:
        return


def _move_all(
    actor: Actor, at: datetime, found: Board, kept: Sequence[int], alternates: Sequence[int], reasons: Mapping[str, str]
) -> None:
    keep, reserve, drop, retain = (move_of(found.stage, one) for one in ("keep", "reserve", "drop", "retain"))
    drop = replace(drop, reason=False)
    plan = [(pk, keep, n) for n, pk in enumerate(kept, 1)]
    plan += [(pk, reserve, len(kept) + n) for n, pk in enumerate(alternates, 1)]
    chosen = {pk for pk, _, _ in plan}
    left = [pk for pk in found.order() if pk not in chosen]
    plan += [(pk, retain if found.cases[pk].standing else drop, 0) for pk in left]
    if found.stage.type == "panel":
        _freeze_scores(found)
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


def _freeze_scores(found: Board) -> None:
    """What the panel gave is what later stages read: the sheets are closed."""
    rows = [row for row in found.rows.values() if found.facts[row.case_id].scores]
    for row in rows:
        nodes = found.facts[row.case_id].scores
        row.scores = {node: [str(one.low), str(one.high)] for node, one in nodes.items()}
    StageRow.objects.bulk_update(rows, ["scores"], batch_size=200)


def freeze(held: StageList, members: list[dict[str, Any]]) -> None:
    """Set a list's members, in order, with the hash over them."""
    held.members, held.kept = members, len(members)
    held.digest = hashlib.sha256(canonical({"members": members}).encode()).hexdigest()
    held.version += 1
    held.save()


def _record(
    actor: Actor,
    at: datetime,
    found: Board,
    held: StageList,
    alternates: Sequence[Case],
    tiers: Mapping[int, str],
    remarks: Sequence[str],
    reasons: Mapping[str, str],
    request_key: str | None,
) -> None:
    append(
        actor=actor,
        at=at,
        action="list.close",
        kind="list",
        key=held.pk,
        edition_id=found.programme.edition.pk,
        request_key=request_key,
        data={
            "stage": held.stage,
            "group": held.group,
            "entered": held.entered,
            "kept": held.kept,
            "alternates": [one.number for one in alternates],
            "digest": held.digest,
            "tiers": {found.cases[pk].number: tier for pk, tier in tiers.items()},
            "remarks": list(remarks),
            "reasons": {key: reasons[key] for key in ("order", "open", "behind") if reasons.get(key)},
        },
    )
