"""Substitution: the next of the order takes a place that became free (TRUST 7), with a clock of their own.

The order is that of the notice's own list first; when it is used up, that of the list from which the
struck person came. A candidate whom a rule or a full pool bars is passed over with the reason on record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Notice, NoticeEntry, StageRow
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.seats import list_group
from gongjiang.services.nominations.transition import carry_out, move_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import own_unit
from gongjiang.services.public_notices.build import after_commit
from gongjiang.services.public_notices.draft import compose
from gongjiang.services.public_notices.known import known_of
from gongjiang.services.public_notices.publish import entry_of, post, seats_on_notice
from gongjiang.services.quotas.guard import take_seats
from gongjiang.services.rounds.promote import promote_next
from gongjiang.services.rounds.tiers import tiers_of


@dataclass(frozen=True)
class MovedUp:
    """Who took the place (None: nobody was left), on which notice, who was passed over and why, all in a sentence."""

    case: Case | None
    notice: Notice | None
    passed_over: tuple[str, ...]
    sentence: str


def move_up(*, actor: Actor, at: datetime, programme: Programme, stage: Publish, struck: Case) -> MovedUp:
    """Fill the place that `struck` left. Inside the transaction that struck them."""
    passed: list[str] = []
    for row, at_stage in _alternates(programme, stage, struck):
        case = row.case
        try:
            with transaction.atomic():
                _promote(actor, at, programme, stage, row, at_stage, struck)
        except Refused as refusal:
            passed.append(f"{case.title}：{refusal.text}")
            continue
        notice = _post_one(actor, at, programme, stage, case)
        over = f"（按次序在前的{'；'.join(passed)}）" if passed else ""
        where = "，另行公示" if notice is not None else "，待前面的环节办结后公示"
        return MovedUp(case, notice, tuple(passed), f"由{case.title}递补{where}{over}。")
    further = _from_further_back(actor, at, programme, stage, struck, passed)
    if further is not None:
        return further
    left = "备选已全部用完" if not passed else "备选均不能递补：" + "；".join(passed)
    return MovedUp(None, None, tuple(passed), f"{left}，此名额空缺。")


def _from_further_back(
    actor: Actor, at: datetime, programme: Programme, stage: Publish, struck: Case, passed: list[str]
) -> MovedUp | None:
    """The lists behind the nearest, back to the panel: whoever comes up passes those between by one decision."""
    try:
        with transaction.atomic():
            raised = promote_next(
                actor=actor,
                at=at,
                programme=programme,
                from_stage=stage.id,
                award=struck.award,
                reason=f"递补{struck.title}",
                unit=own_unit(stage, struck),
            )
            if raised is None:
                return None
            facts = known_of(programme, [raised.case])[raised.case.pk]
            take_seats(case=raised.case, seats=seats_on_notice(programme, stage, raised.case, facts), at=at)
    except Refused as refusal:
        passed.append(refusal.text)
        return None
    notice = _post_one(actor, at, programme, stage, raised.case)
    names = "、".join(programme.stage(one).shown for one in raised.lists)
    where = "，另行公示" if notice is not None else "，待前面的环节办结后公示"
    return MovedUp(
        raised.case, notice, (*passed, *raised.passed_over), f"由{raised.case.title}递补（列入{names}名单）{where}。"
    )


def next_in_line(programme: Programme, stage: Publish, case: Case) -> Case | None:
    """Who would take this case's place if it became free, gates aside: for the officer who decides."""
    first = next(_alternates(programme, stage, case), None)
    return first[0].case if first is not None else None


def _alternates(programme: Programme, stage: Publish, struck: Case) -> Iterator[tuple[StageRow, Stage]]:
    """Alternates for this place in strict order of position: of the notice, then of the list before."""
    for one in (stage, *_lists_before(programme, stage, struck)):
        rows = (
            StageRow.objects.filter(
                process=programme.process,
                stage=one.id,
                state=RowState.ALTERNATE,
                case__award=struck.award,
                case__state__in=sorted(LIVE),
            )
            .select_related("case__subject", "case__nominator", "case__applying_unit")
            .prefetch_related("case__parties__organisation")
            .order_by("position", "id")
        )
        for row in rows:
            if list_group(one, row.case) == list_group(one, struck):
                yield row, one


def _lists_before(programme: Programme, stage: Publish, struck: Case) -> list[Stage]:
    """The nearest closed lists on which the struck person stood, walking back from the notice."""
    joined = source_map(programme.stages)
    done = set(StageRow.objects.filter(case=struck, state=RowState.DONE).values_list("stage", flat=True))
    found: list[Stage] = []
    todo = list(joined[stage.id])
    while todo:
        one = programme.stage(todo.pop(0))
        if one.type in {"select", "panel"} and one.id in done:
            found.append(one)
        elif one.id not in {other.id for other in found}:
            todo += joined[one.id]
    return found


def _promote(
    actor: Actor, at: datetime, programme: Programme, stage: Publish, row: StageRow, at_stage: Stage, struck: Case
) -> None:
    """The row's own move: from the notice's order onto the notice, or from a list's order onto that list."""
    here = at_stage.id == stage.id
    facts = known_of(programme, [row.case])[row.case_id]
    carry_out(
        actor=actor,
        at=at,
        programme=programme,
        case=row.case,
        row=row,
        stage=at_stage,
        move=move_of(at_stage, "backfill" if here else "promote"),
        reason=f"递补{struck.title}",
        facts=facts,
    )
    _take_tier(programme, at_stage, row.case, struck)
    take_seats(case=row.case, seats=seats_on_notice(programme, stage, row.case, facts), at=at)


def _take_tier(programme: Programme, at_stage: Stage, case: Case, struck: Case) -> None:
    """The free place has a tier: it is taken as it is, and nobody else's standing is touched.

    Who comes up on a list that gives no tiers keeps the tier they have, if they have one.
    """
    ladder = [one.id for one in tiers_of(programme, case.award)]
    if struck.standing not in ladder:
        return
    held = ladder.index(case.standing) if case.standing in ladder else len(ladder)
    if held <= (ladder.index(struck.standing) if at_stage.gives else len(ladder) - 1):
        return
    Case.objects.filter(pk=case.pk).update(standing=struck.standing)
    case.standing = struck.standing


def _post_one(actor: Actor, at: datetime, programme: Programme, stage: Publish, case: Case) -> Notice | None:
    """A notice of their own where the pack asks for one, else an entry on the last one; None if steps are open."""
    row = StageRow.objects.filter(case=case, stage=stage.id, state=RowState.OPEN).first()
    if row is None:
        return None
    row.case = case
    last = StageRow.objects.filter(process=programme.process, stage=stage.id).aggregate(last=Max("position"))["last"]
    if row.position is None:
        StageRow.objects.filter(pk=row.pk).update(position=(last or 0) + 1)
    unit = own_unit(stage, case)
    earlier = Notice.objects.filter(process=programme.process, stage=stage.id, unit_id=unit)
    before = earlier.order_by("-ordinal").first()
    draft = compose(
        programme,
        stage,
        at=at,
        unit=unit,
        kept=[row],
        contact={k: str(v) for k, v in (before.contact if before else {}).items()},
    )
    again = stage.backfill is None or programme.value(stage.backfill.republish) in (True, "yes")
    if again or before is None:
        return post(actor=actor, at=at, draft=draft)
    if not draft.decision.allowed:
        return post(actor=actor, at=at, draft=draft)  # refuses, naming what it found
    position = before.entries.aggregate(last=Max("position"))["last"] or 0
    entry_of(before, draft.lines[0], position + 1, draft).save()
    NoticeEntry.objects.filter(notice=before, case=case).update(note="递补")
    after_commit([before.pk], at)
    return before
