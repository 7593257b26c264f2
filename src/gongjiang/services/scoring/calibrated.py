"""Where the edition's rule is a calibration: the marks of a whole panel at once, and what each case's come to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from gongjiang.models import Assignment, Case, Expert
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import CALIBRATED, Sheet
from gongjiang.rules.scoring.calibration import Bridge, Mark, Marks, Method, Result, calibrated
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.conflicts import conflicts_among
from gongjiang.services.scoring.trees import aggregate_of, judged_nodes, scorers_of, tree_of

Sheets = Mapping[tuple[int, str], Sequence[Sheet]]


def panel_cases(programme: Programme, stages: Collection[str]) -> list[Case]:
    """Everybody on these panels' lists, open or closed; ids only."""
    rows = Case.objects.filter(process=programme.process, rows__stage__in=stages).distinct()
    return list(rows.only("pk").order_by("pk"))


def calibrated_result(programme: Programme, stage: Panel, sheets: Sheets) -> Result | None:
    """The panel's result by the rule of the edition; None where that rule looks at each case alone, or where nobody
    has enough sheets. `sheets`: those of everybody on the panel."""
    root = tree_of(programme, stage)
    how = aggregate_of(programme, root) if root is not None else "mean"
    if root is None or how not in CALIBRATED:
        return None
    leaves = tuple(one.id for one in judged_nodes(root))
    at_least = scorers_of(programme, root)
    seats = seats_of_panel(programme, stage)
    marks = [
        mark
        for (case_id, held), its in sheets.items()
        if held == stage.id and sum(one.state == "submitted" for one in its) >= at_least
        for mark in marks_of(case_id, its, leaves, seats)
    ]
    return _result(tuple(sorted(marks, key=lambda one: (one.case, one.judge))), how) if marks else None


def marks_of(case_id: int, sheets: Iterable[Sheet], leaves: Sequence[str], seats: Mapping[str, str]) -> list[Mark]:
    """The totals that experts gave a case, each under the number of its seat."""
    return [
        Mark(str(case_id), seats[one.expert], sum((one.scores[leaf] for leaf in leaves), Fraction(0)))
        for one in sheets
        if one.state == "submitted" and all(leaf in one.scores for leaf in leaves)
    ]


def seats_of_panel(programme: Programme, stage: Panel) -> dict[str, str]:
    """What the page of reliability calls experts: by the order in which they were seated."""
    rows = Expert.objects.filter(process=programme.process, stage=stage.id).order_by("pk").values_list("pk", flat=True)
    return {str(pk): f"专家{n}" for n, pk in enumerate(rows, 1)}


def refusal(programme: Programme, stage: Panel, sheets: Sheets) -> str:
    """Why the edition's rule can't be used on the marks there are, with the readings that would mend it; '' if it can.

    Experts under a conflict, or set aside before, are asked for nothing.
    """
    found = calibrated_result(programme, stage, sheets)
    if found is None or found.decision.allowed:
        return ""
    if not found.bridges:
        return found.decision.reasons[0].text
    seats = seats_of_panel(programme, stage)
    marks = [
        mark
        for (case_id, held), its in sheets.items()
        if held == stage.id
        for mark in marks_of(case_id, its, _leaves(programme, stage), seats)
        if str(case_id) in found.undecided
    ]
    again = calibrated(Marks.of(marks), found.method, barred(programme, stage, seats))
    names = _names(programme, again.bridges)
    people = {
        seats[str(one.pk)]: one.user.full_name
        for one in Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user")
    }
    wanted = "；".join(
        f"请{people[one.judge]}加评{'、'.join(names[case] for case in one.cases)}" for one in again.bridges
    )
    text = again.decision.reasons[0].text.partition("补上这些评分")[0].partition("需要能跨块")[0]
    return f"{text}补上这些评分即可：{wanted}。" if wanted else f"{text}需要能跨块评分的专家。"


def _leaves(programme: Programme, stage: Panel) -> tuple[str, ...]:
    root = tree_of(programme, stage)
    return tuple(one.id for one in judged_nodes(root)) if root is not None else ()


def _names(programme: Programme, bridges: Sequence[Bridge]) -> dict[str, str]:
    wanted = {int(case) for one in bridges for case in one.cases}
    return {str(pk): title for pk, title in Case.objects.filter(pk__in=wanted).values_list("pk", "title")}


def barred(programme: Programme, stage: Panel, seats: Mapping[str, str]) -> set[tuple[str, str]]:
    """(seat, case) that no bridge may use: in conflict, set aside before, or declined."""
    experts = list(Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user"))
    cases = list(
        Case.objects.filter(process=programme.process, rows__stage=stage.id)
        .select_related("subject", "applying_unit", "nominator")
        .prefetch_related("parties__organisation")
    )
    aside = Assignment.objects.filter(stage=stage.id, expert__process=programme.process).exclude(
        state=Assignment.State.ASSIGNED
    )
    found = {(seats[str(expert)], str(case)) for expert, case in aside.values_list("expert_id", "case_id")}
    among = conflicts_among(programme, stage, experts, cases)
    return found | {
        (seats[str(expert.pk)], str(case.pk))
        for expert in experts
        for case in cases
        if expert.declined_at is not None or (expert.pk, case.pk) in among
    }


@lru_cache(maxsize=8)
def _result(marks: tuple[Mark, ...], method: Method) -> Result:
    """Estimating a large panel takes seconds, and a page asks for it several times; same marks, same result."""
    return calibrated(Marks.of(marks), method)
