"""Conflicts found late: records change after experts were assigned, so assignments are looked at again (TRUST 5).

A score given under a conflict is void: it stays on record, doesn't count, and whoever runs the panel is asked for a
replacement. Panels are gone over as the log grows (`watching`); a list isn't closed before it was done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Assignment, StageList
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.conflicts import NAMED, grounds, known


@dataclass(frozen=True, slots=True)
class Late:
    """An assignment that stands under a conflict."""

    assignment: Assignment
    why: str
    scored: bool


def late_conflicts(
    programme: Programme, stage: Panel, *, expert_id: int | None = None, lock: bool = False
) -> list[Late]:
    """Standing assignments of a panel, or of one of its experts, under a conflict as records are now."""
    rows = Assignment.objects.filter(
        stage=stage.id, expert__process=programme.process, state=Assignment.State.ASSIGNED
    ).order_by("pk")
    if expert_id is not None:
        rows = rows.filter(expert_id=expert_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    listed = list(
        rows.select_related("expert__user", "case__subject", "case__applying_unit", "case__nominator").prefetch_related(
            "case__parties__organisation"
        )
    )
    if not listed:
        return []
    experts = {one.expert_id: one.expert for one in listed}
    cases = {one.case_id: one.case for one in listed}
    facts = known(programme, stage, experts.values(), cases.values())
    scored = set(rows.filter(sheets__submitted_at__isnull=False).values_list("pk", flat=True))
    found = []
    for one in listed:
        case = cases[one.case_id]
        why = grounds(programme, stage, experts[one.expert_id], case, facts)
        if why:
            said = one.expert.declared.get("cases", {}).get(str(case.pk))
            found.append(Late(one, said or "；".join(why), one.pk in scored))
    return found


@transaction.atomic
def recheck(
    *, actor: Actor, at: datetime, programme: Programme, stage_id: str, expert_id: int | None = None
) -> list[Late]:
    """Set aside what stands under a conflict: a score becomes void, what isn't scored yet a recusal. The office is
    told, so that it finds replacements. Of a closed list nothing changes. Whoever calls answers for the right to.
    """
    stage = panel_stage(programme, stage_id)
    if list_closed(programme, stage.id):
        return []
    found = late_conflicts(programme, stage, expert_id=expert_id, lock=True)
    for one in found:
        state = Assignment.State.VOID if one.scored else Assignment.State.RECUSED
        Assignment.objects.filter(pk=one.assignment.pk).update(state=state, reason=one.why[:300])
    if found:
        append(
            actor=actor,
            at=at,
            action="panel.recheck",
            kind="list",
            key=stage.id,
            edition_id=programme.edition.pk,
            data={
                "stage": stage.id,
                "void": [[one.assignment.case_id, one.assignment.expert_id] for one in found if one.scored],
                "recused": [[one.assignment.case_id, one.assignment.expert_id] for one in found if not one.scored],
            },
        )
        _call_for_others(programme, stage, found, at)
    return found


def look_again(*, actor: Actor, at: datetime, programme: Programme, stage_id: str) -> list[Late]:
    """The same, asked for by whoever runs the panel."""
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    return recheck(actor=actor, at=at, programme=programme, stage_id=stage_id)


@transaction.atomic
def restore(
    *, actor: Actor, at: datetime, programme: Programme, stage_id: str, assignment_id: int, reason: str
) -> Assignment:
    """A namesake: what was found by a name alone concerns somebody else, as whoever runs the panel has checked.

    The assignment stands again, with the score that was kept. Refused where another ground holds, or where somebody
    stepped aside themselves.
    """
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    if not reason.strip():
        raise BadInput("请写明怎样核对出不是同一人。", "Say how it was checked.", place="依据")
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        pk=assignment_id, stage=stage.id, expert__process=programme.process,
        state__in=(Assignment.State.VOID, Assignment.State.RECUSED),
    )  # fmt: skip
    one = rows.select_related("expert__user", "case__subject", "case__applying_unit", "case__nominator").first()
    if one is None:
        raise NotFound()
    if not set(one.reason.split("；")) & set(NAMED):
        raise Refused("这一件不是按姓名查出的回避，不能恢复。", "It wasn't found by a name.")
    said = one.expert.declared
    one.expert.declared = {**said, "cleared": {**said.get("cleared", {}), str(one.case_id): reason.strip()[:200]}}
    one.expert.save(update_fields=["declared"])
    left = grounds(programme, stage, one.expert, one.case)
    if left:
        raise Refused(f"{'；'.join(left)}，仍须回避。", "Another ground holds.")
    one.state, one.reason = Assignment.State.ASSIGNED, ""
    one.save(update_fields=["state", "reason"])
    append(
        actor=actor,
        at=at,
        action="panel.restore",
        kind="assignment",
        key=one.pk,
        case_id=one.case_id,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "expert": one.expert_id, "reason": reason.strip()},
    )
    return one


def require_clean(programme: Programme, stage: Panel) -> None:
    """Raise Refused while a score counts that was given under a conflict."""
    found = late_conflicts(programme, stage)
    if found:
        first = found[0]
        who = f"{first.assignment.expert.user.full_name}评{first.assignment.case.title}（{first.why}）"
        raise Refused(
            f"有 {len(found)} 份评分须回避：{who}{'等' if len(found) > 1 else ''}。"
            "请先在“专家与评分”页“核对回避”，作废后补派专家。",
            "Scores stand that were given under a conflict of interest.",
            place=stage.shown,
        )


def list_closed(programme: Programme, stage_id: str) -> bool:
    """Is the panel's list closed? From then on nothing about its scores changes."""
    lists = StageList.objects.filter(process=programme.process, stage=stage_id, closed_at__isnull=False)
    return lists.exists()


def _call_for_others(programme: Programme, stage: Panel, found: Sequence[Late], at: datetime) -> None:
    void = sum(one.scored for one in found)
    told = f"“{stage.shown}”核对回避：{f'{void} 份评分作废，' if void else ''}共 {len(found)} 人次须另派专家。"
    tell_office(programme, stage, told, at)


def tell_office(programme: Programme, stage: Panel, text: str, at: datetime) -> None:
    """A message to whoever runs the panel."""
    held = edition_parties(programme)
    for pk in sorted({pk for role in programme.expand(stage.by) for pk in held.get(role, ())}):
        tell(at=at, text=text, link="todo", organisation_id=pk)
