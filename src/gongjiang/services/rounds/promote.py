"""A place fell free: the next alternate comes up, from whichever list still has one (TRUST 7).

A replacement follows the order of the alternates; whoever is passed over, is so for a reason on record.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, Refused
from gongjiang.models import Case, Meeting, StageList, StageRow
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import append
from gongjiang.services.meetings.record import MeetingIn, record_meeting
from gongjiang.services.nominations.authority import edition_parties, roles_of_unit
from gongjiang.services.nominations.seats import list_group
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.supplement import add_to, alternates_of

#: Stages whose list is a decision of a body.
DECIDED = frozenset({"select", "panel"})


@dataclass(frozen=True)
class Promoted:
    """Who moved up, on which lists (ids of stages, in their order), and whom a rule or full pool passed over."""

    case: Case
    lists: tuple[str, ...]
    passed_over: tuple[str, ...] = ()


@transaction.atomic
def promote_next(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    from_stage: str,
    meeting: MeetingIn | None = None,
    award: str = "",
    group: str = "",
    reason: str = "",
    unit: int | None = None,
) -> Promoted | None:
    """A place fell free at `from_stage`: look back list by list, and bring up the first alternate there is.

    The lists between are passed with one recorded decision that names them all; steps of other kinds
    (opinions, checks) wait for their people. Who can't be taken (a rule, a full pool) is passed over on
    record. None if nobody is left anywhere. Inside the caller's transaction, where there is one.
    `unit`: only its own people, where it posts them itself.
    """
    here = programme.stage(from_stage)
    if not _may_promote(actor, programme, here, unit):
        raise NotAllowed("递补由公示单位或原名单的审定单位办理。", "Not yours to fill.")
    passed: list[str] = []
    for stage in lists_before(programme, here):
        for row in alternates_of(programme, stage, award, group):
            if unit is not None and row.case.nominator_id != unit:
                continue
            try:
                with transaction.atomic():
                    lists = _bring_up(actor, at, programme, stage, here, row, meeting, reason)
            except Refused as refusal:
                passed.append(f"{row.case.title}：{refusal.text}")
                continue
            return Promoted(row.case, tuple(lists), tuple(passed))
    return None


def lists_before(programme: Programme, here: Stage) -> list[Stage]:
    """The decided lists that lead to a stage, nearest first, back to the panel that last scored them.

    Nobody comes from beyond a panel: they would pass it without its scores.
    """
    joined = source_map(programme.stages)
    found: list[Stage] = []
    todo = list(joined[here.id])
    seen: set[str] = set()
    while todo:
        name = todo.pop(0)
        if name in seen:
            continue
        seen.add(name)
        one = programme.stage(name)
        if one.type in DECIDED:
            found.append(one)
        if one.type != "panel":
            todo += joined[name]
    return found


def _bring_up(
    actor: Actor,
    at: datetime,
    programme: Programme,
    start: Stage,
    here: Stage,
    row: StageRow,
    meeting: MeetingIn | None,
    reason: str,
) -> list[str]:
    """From the list where they wait, over the lists between, as far as they come."""
    case = lock_case(row.case_id)
    between = list(reversed(lists_before(programme, here)))
    between = between[[one.id for one in between].index(start.id) :]
    noted: Meeting | None = None
    if meeting is not None:
        noted = record_meeting(
            actor=actor,
            at=at,
            programme=programme,
            stage=start.id,
            group=list_group(start, case),
            meeting=meeting,
        )
    passed = []
    for stage in between:
        now = StageRow.objects.filter(case=case, stage=stage.id).first()
        waits = RowState.ALTERNATE if stage.id == start.id else RowState.OPEN
        held = StageList.objects.filter(
            process=programme.process, stage=stage.id, group=list_group(stage, case), closed_at__isnull=False
        ).first()
        if now is None or now.state != waits or held is None:
            break
        held = StageList.objects.select_for_update().get(pk=held.pk)
        add_to(actor, at, programme, stage, held, now, case, reason or "递补", noted)
        passed.append(stage.id)
    if not passed:
        raise Refused(f"“{start.shown}”的名单还没有确定，不能由它递补。", "Its list is still open.", place=start.shown)
    append(
        actor=actor,
        at=at,
        action="list.promote",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"for": here.id, "lists": passed, "meeting": noted.pk if noted else None, "reason": reason},
    )
    row.case = case
    return passed


def _may_promote(actor: Actor, programme: Programme, here: Stage, unit: int | None) -> bool:
    """Officers and approvers of whoever publishes, handles objections, or decided one of the lists."""
    if actor.is_platform:
        return True
    objections = getattr(here, "objections", None)
    roles = {*here.by, *(objections.by if objections is not None else ())}
    for one in lists_before(programme, here):
        roles |= set(one.by)
    held, names = edition_parties(programme), programme.expand(tuple(roles))
    bodies = {pk for role in names for pk in held.get(role, ())}
    if unit is not None and roles_of_unit(programme, unit) & names:
        bodies.add(unit)
    return any(actor.has("officer", "approver", organisation_id=pk, edition_id=programme.edition.pk) for pk in bodies)
