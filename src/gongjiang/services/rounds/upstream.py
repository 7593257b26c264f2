"""Who is still on the way to a list, and what becomes of them when it is closed without them."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, StageRow
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.seats import list_group
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.guard import release_seats


def stages_before(programme: Programme, stage: Stage) -> set[str]:
    """Every stage from which a case may still come to this one."""
    joined = source_map(programme.stages)
    found: set[str] = set()
    todo = list(joined[stage.id])
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += joined[name]
    return found


def on_their_way(programme: Programme, stage: Stage, group: str = "") -> list[Case]:
    """Live submitted cases that are not here yet but could still come, by number."""
    rows = (
        StageRow.objects.filter(
            process=programme.process,
            stage__in=stages_before(programme, stage),
            state=RowState.OPEN,
            case__state__in=sorted(LIVE),
            case__submitted_at__isnull=False,
        )
        .select_related("case__nominator", "case__subject", "case__applying_unit")
        .prefetch_related("case__parties__organisation")
    )
    cases = {row.case_id: row.case for row in rows if list_group(stage, row.case) == group}
    met = set(
        StageRow.objects.filter(case_id__in=cases, stage=stage.id)
        .exclude(state=RowState.WAITING)
        .values_list("case_id", flat=True)
    )
    found = [case for pk, case in cases.items() if pk not in met and (not stage.award or case.award in stage.award)]
    if stage.when is not None and found:
        facts = facts_of(programme, found)
        found = [one for one in found if holds(programme, stage.when, facts[one.pk]) is not Truth.FALSE]
    return sorted(found, key=lambda one: one.number)


def leave_behind(actor: Actor, at: datetime, programme: Programme, stage: Stage, case: Case, reason: str) -> None:
    """The list no longer waits for this case: it ends where it stands, and gives back its places."""
    StageRow.objects.filter(case=case, state=RowState.OPEN).update(state=RowState.OUT, moved_at=at, note=reason[:500])
    Case.objects.filter(pk=case.pk).update(state=CaseState.NOT_SELECTED, version=case.version + 1)
    release_seats(case=case)
    append(
        actor=actor,
        at=at,
        action="case.left_behind",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "state": CaseState.NOT_SELECTED.value, "reason": reason},
    )
