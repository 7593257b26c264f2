"""What one is filling in for an edition, with what each still lacks, and handing in several at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.models import Case, Edition, Extension
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.nominations.bulk import Bulk, against
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.gates.window import in_time, sides_of
from gongjiang.services.nominations.plan import filling_stage
from gongjiang.services.nominations.queries import rows_prefetch, visible_to
from gongjiang.services.nominations.save import may_edit
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import Window, stage_window

MOST: Final = 100
"""So many on one page and in one go: handing in a hundred takes some seconds."""
OPEN: Final = (CaseState.DRAFT, CaseState.RETURNED)


@dataclass(frozen=True)
class Draft:
    """A nomination still with who fills it in: what forbids handing it in (empty: it can go), and until when."""

    case: Case
    stage: Stage
    against: tuple[str, ...]
    window: Window


def drafts_of(actor: Actor, at: datetime, programme: Programme) -> list[Draft]:
    """Those of this edition that the actor may hand in, as they were begun; the first MOST. A number of queries that
    doesn't grow with them. Places and bars are looked at when it is handed in: they hang on what goes before."""
    rows = visible_to(actor).filter(process=programme.process, state__in=OPEN)
    rows = rows.select_related("applying_unit", "nominator", "subject", "process__edition", "filer")
    found = rows.prefetch_related("parties__organisation", rows_prefetch()).order_by("pk")[:MOST]
    staged = [
        (case, stage)
        for case in found
        if may_edit(actor, case) and (stage := filling_stage(programme, case.rows.all())) and stage.type == "apply"
    ]
    facts = facts_of(programme, [case for case, _ in staged])
    moved = list(Extension.objects.filter(edition=programme.edition).order_by("id"))
    return [
        _draft(programme, case, stage, replace(facts[case.pk], submitted=True), moved, at) for case, stage in staged
    ]


def _draft(
    programme: Programme, case: Case, stage: Stage, facts: Facts, moved: Iterable[Extension], at: datetime
) -> Draft:
    window = stage_window(programme, stage, sides_of(case), moved)
    row = next(one for one in case.rows.all() if one.stage == stage.id)
    time = tuple(one.text for one in in_time(case, row, stage, window, at).reasons)
    judged = replace(facts, submitted=True)  # as what it would be once handed in
    return Draft(case, stage, time + against(programme, case, stage, "submit", judged, at), window)


def editions_filling(actor: Actor) -> list[tuple[Edition, int]]:
    """Editions in which the actor sees nominations being filled in, with how many, the latest edition first."""
    counted: dict[int, int] = {}
    for pk in visible_to(actor).filter(state__in=OPEN).values_list("process__edition_id", flat=True):
        counted[pk] = counted.get(pk, 0) + 1
    editions = Edition.objects.in_bulk(counted)
    return [(editions[pk], counted[pk]) for pk in sorted(counted, reverse=True)]


def submit_many(*, actor: Actor, at: datetime, programme: Programme, cases: Sequence[int]) -> Bulk:
    """Each handed in by itself, all at the one moment of the request: one that can't go stops no other."""
    chosen = list(dict.fromkeys(cases))
    if not chosen:
        raise BadInput("请先勾选要提交的。", "Nobody was chosen.", place="提交")
    if len(chosen) > MOST:
        raise BadInput(f"一次最多提交 {MOST} 件。", "Too many at once.", place="提交")
    mine = set(visible_to(actor).filter(pk__in=chosen, process=programme.process).values_list("pk", flat=True))
    done, failed = [], []
    for pk in chosen:
        if pk not in mine:
            failed.append((pk, "没有找到，或您无权办理。"))
            continue
        try:
            done.append(submit(actor=actor, at=at, case_id=pk))
        except GongjiangError as error:
            failed.append((pk, error.text))
    return Bulk(tuple(done), tuple(failed))
