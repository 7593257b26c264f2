"""What every case's scores come to: sheets and imported results through the trees of the pack.

Nobody may see another's sheet; what is read here is only the sum of all (ledger N-11).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.truth import Truth
from gongjiang.models import Assignment, Case, ImportedScore, ScoreSheet
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import ScoreNode, nodes_of
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.adapt import score_case
from gongjiang.rules.scoring.aggregate import CALIBRATED, Aggregate, Sheet, aggregate, as_intervals
from gongjiang.rules.scoring.tree import Scored
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.calibrated import calibrated_result, panel_cases, refusal
from gongjiang.services.scoring.trees import aggregate_of, judged_nodes, panels, scorers_of, tree_of

#: Sheets by (case, stage).
Sheets = Mapping[tuple[int, str], Sequence[Sheet]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A tree with what the edition answered about it."""

    root: ScoreNode
    stages: tuple[Panel, ...]
    leaves: tuple[str, ...]
    imports: tuple[str, ...]
    how: Aggregate
    at_least: int


def scores_of(
    programme: Programme, cases: Iterable[Case], facts: Mapping[int, Facts] | None = None
) -> dict[int, dict[str, Interval]]:
    """Every node's points by case and node id; an open leaf is [0, max].

    A panel whose results come from elsewhere also has its value under the stage's own id. `facts`: give them
    if you have them. The number of queries doesn't depend on the number of cases; none without scoring.
    """
    listed = list(cases)
    imported = _imported(programme, listed)
    found: dict[int, dict[str, Interval]] = {
        case.pk: {stage: Interval.point(exact(value)) for stage, value in imported.get(case.pk, {}).items()}
        for case in listed
    }
    for pk, trees in scored_of(programme, listed, facts, imported=imported).items():
        for tree in trees.values():
            found[pk] = tree.nodes() | found[pk]
    return found


def scored_of(
    programme: Programme,
    cases: Iterable[Case],
    facts: Mapping[int, Facts] | None = None,
    *,
    imported: Mapping[int, Mapping[str, str]] | None = None,
) -> dict[int, dict[str, Scored]]:
    """The whole trees by case and tree id, with caps and what is still open: what pages show."""
    listed = list(cases)
    if not programme.pack.scoring or not listed:
        return {}
    facts = facts if facts is not None else facts_of(programme, listed)
    imported = _imported(programme, listed) if imported is None else imported
    sheets = sheets_of(programme, listed)
    plans = [_plan(programme, root) for root in programme.pack.scoring]
    totals = _calibrated(programme, plans)
    return {
        case.pk: {
            plan.root.id: tree
            for plan in plans
            if (tree := _tree(programme, plan, case, facts[case.pk], sheets, imported.get(case.pk, {}), totals))
            is not None
        }
        for case in listed
    }


def refused(programme: Programme, stage: Panel) -> str:
    """Why nobody on the panel has a total by the rule of the edition, and what would mend it; '' if that isn't so."""
    root = tree_of(programme, stage)
    if root is None or aggregate_of(programme, root) not in CALIBRATED:
        return ""
    return refusal(programme, stage, sheets_of(programme, panel_cases(programme, [stage.id])))


def sheets_of(programme: Programme, cases: Iterable[Case]) -> dict[tuple[int, str], list[Sheet]]:
    """The sheets that count. Of several versions the last one decides: while it is reopened, nothing counts."""
    if not any(one.scoring and not one.scores for one in panels(programme)):
        return {}
    latest: dict[int, tuple[int, str, Sheet]] = {}
    rows = ScoreSheet.objects.filter(
        assignment__case_id__in=[one.pk for one in cases], assignment__state=Assignment.State.ASSIGNED
    ).order_by("assignment_id", "version")
    for row in rows.values(
        "assignment_id", "assignment__case_id", "assignment__stage", "assignment__expert_id", "scores", "submitted_at"
    ):
        scores = {leaf: exact(value) for leaf, value in row["scores"].items() if value not in ("", None)}
        sheet = Sheet(str(row["assignment__expert_id"]), scores, "submitted" if row["submitted_at"] else "draft")
        latest[row["assignment_id"]] = (row["assignment__case_id"], row["assignment__stage"], sheet)
    found: dict[tuple[int, str], list[Sheet]] = defaultdict(list)
    for case_id, stage, sheet in latest.values():
        found[(case_id, stage)].append(sheet)
    return found


def _imported(programme: Programme, cases: Sequence[Case]) -> dict[int, dict[str, str]]:
    """Results that came from elsewhere, by case and stage."""
    if not any(one.scores == "import" for one in panels(programme)):
        return {}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for case_id, stage, value in ImportedScore.objects.filter(case_id__in=[one.pk for one in cases]).values_list(
        "case_id", "stage", "value"
    ):
        found[case_id][stage] = value
    return found


def _plan(programme: Programme, root: ScoreNode) -> _Plan:
    return _Plan(
        root,
        tuple(one for one in panels(programme) if one.scoring == root.id),
        tuple(one.id for one in judged_nodes(root)),
        tuple(one.import_ for one in nodes_of(root) if one.import_ is not None),
        aggregate_of(programme, root),
        scorers_of(programme, root),
    )


def _tree(
    programme: Programme,
    plan: _Plan,
    case: Case,
    facts: Facts,
    sheets: Sheets,
    imported: Mapping[str, str],
    totals: Mapping[str, Mapping[int, Fraction]],
) -> Scored | None:
    """One tree for one case; None if it is for other awards. A contest's result is the tree's `import`
    leaf, or the whole of a tree that has none."""
    scored: dict[str, Interval] = {}
    whole: Interval | None = None
    for stage in plan.stages:
        result = imported.get(stage.id)
        if stage.scores != "import":
            values = aggregate(sheets.get((case.pk, stage.id), ()), plan.leaves, plan.how, plan.at_least)
            scored |= as_intervals(values)
        elif result is not None and plan.imports:
            facts = replace(facts, subject={**facts.subject, **dict.fromkeys(plan.imports, result)})
        elif result is not None:
            whole = Interval.point(exact(result))
    found = score_case(plan.root, facts, scored=scored, kind=programme.award(case.award).subject)
    if found.applies is Truth.FALSE:
        return None
    if whole is not None:
        return replace(found, interval=whole, open=())
    return found if plan.how not in CALIBRATED else _with_total(found, plan, totals, case)


def _with_total(found: Scored, plan: _Plan, totals: Mapping[str, Mapping[int, Fraction]], case: Case) -> Scored:
    """The tree with its calibrated total; open, whatever its leaves, while the panel's marks don't give one."""
    total = next((held[case.pk] for one in plan.stages if case.pk in (held := totals.get(one.id, {}))), None)
    if total is not None:
        return replace(found, interval=Interval.point(total), cap="")
    most = found.most if found.most is not None else found.interval.high
    return replace(found, interval=Interval(Fraction(0), most), open=found.open or plan.leaves)


def _calibrated(programme: Programme, plans: Sequence[_Plan]) -> dict[str, dict[int, Fraction]]:
    """Calibrated totals by panel and case: of everybody on the panel, as marks are only understood together."""
    stages = [one for plan in plans if plan.how in CALIBRATED for one in plan.stages if one.scores != "import"]
    if not stages:
        return {}
    sheets = sheets_of(programme, panel_cases(programme, [one.id for one in stages]))
    results = {one.id: calibrated_result(programme, one, sheets) for one in stages}
    return {
        stage: {int(case): value for case, value in result.scores.items()}
        for stage, result in results.items()
        if result is not None
    }
