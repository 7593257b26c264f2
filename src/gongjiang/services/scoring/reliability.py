"""How reliable a panel's scores are, and what other methods would make of them: for whoever runs the panel, once every
sheet is in. Sheets stay with their experts: what is shown are an expert's habits, by number of the seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.models import Assignment, Case
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import Aggregate, Sheet
from gongjiang.rules.scoring.calibration import ADVISED, Chance, Marks, Method, SideBySide, band, chances, side_by_side
from gongjiang.rules.scoring.reliability import Report, reliability
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import require_runner
from gongjiang.services.scoring.calibrated import barred, marks_of, seats_of_panel
from gongjiang.services.scoring.results import sheets_of
from gongjiang.services.scoring.trees import aggregate_of, judged_nodes, scorers_of, tree_of


@dataclass(frozen=True)
class PanelReport:
    """Everything the page shows. `waiting`: sheets that are still out; while there are any, nothing else is filled.

    `held`: the methods side by side, cases by id and experts as `专家1` …; `report`: None where no method that looks at
    experts' habits can be used. `flat`: no expert tells anybody apart, so there is nothing to judge the marks by.
    """

    waiting: int
    cases: Mapping[int, Case]
    rule: Aggregate
    at_least: int
    held: SideBySide | None = None
    report: Report | None = None
    chances: Mapping[str, Chance] | None = None
    band: frozenset[str] = frozenset()
    flat: bool = False

    @property
    def advised(self) -> Method:
        """The method the platform advises."""
        return ADVISED


def panel_report(*, actor: Actor, programme: Programme, stage: Panel, places: int | None) -> PanelReport:
    """The page of a panel. `places`: how many are to be kept; None: nobody's probability is told."""
    require_runner(actor, programme, stage)
    cases = {one.pk: one for one in _cases(programme, stage)}
    root = tree_of(programme, stage)
    rule: Aggregate = aggregate_of(programme, root) if root is not None else "mean"
    at_least = scorers_of(programme, root) if root is not None else 1
    leaves = tuple(one.id for one in judged_nodes(root)) if root is not None else ()
    sheets = sheets_of(programme, cases.values())
    by_case = {pk: sheets.get((pk, stage.id), []) for pk in cases}
    waiting = _waiting(programme, stage, by_case)
    if waiting or not any(by_case.values()):
        return PanelReport(waiting, cases, rule, at_least)
    seats = seats_of_panel(programme, stage)
    undecided = {str(pk) for pk, its in by_case.items() if len(its) < at_least}
    marks = [mark for pk, its in by_case.items() for mark in marks_of(pk, its, leaves, seats)]
    if not any(one.case not in undecided for one in marks):
        return PanelReport(waiting, cases, rule, at_least)
    held = side_by_side(marks, undecided, barred(programme, stage, seats))
    if _flat(held.marks):
        return PanelReport(waiting, cases, rule, at_least, held, flat=True)
    fit = held.results[ADVISED].fit
    if fit is None:
        return PanelReport(waiting, cases, rule, at_least, held)
    told = chances(held.marks, fit, places) if places is not None and 0 < places < len(held.marks.cases) else None
    return PanelReport(
        waiting, cases, rule, at_least, held, reliability(held.marks, fit), told, band(told) if told else frozenset()
    )


def _flat(marks: Marks) -> bool:
    """Does every expert give all of theirs the same?"""
    return len({(one.judge, one.value) for one in marks.marks}) == len(marks.judges) < len(marks.marks)


def _cases(programme: Programme, stage: Panel) -> list[Case]:
    """Everybody on the panel's list, open or closed."""
    return list(
        Case.objects.filter(process=programme.process, rows__stage=stage.id)
        .select_related("subject", "applying_unit", "nominator")
        .prefetch_related("parties__organisation")
        .order_by("number")
    )


def _waiting(programme: Programme, stage: Panel, by_case: Mapping[int, Sequence[Sheet]]) -> int:
    """Sheets assigned but not in, and sheets that were opened again."""
    assigned = Assignment.objects.filter(
        stage=stage.id,
        expert__process=programme.process,
        state=Assignment.State.ASSIGNED,
        case_id__in=list(by_case),
    ).count()
    return assigned - sum(one.state == "submitted" for its in by_case.values() for one in its)
