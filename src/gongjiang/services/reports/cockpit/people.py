"""Who the people are (composition, never a filter), and how far the experts have got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from gongjiang.kernel.truth import Truth
from gongjiang.models import Assignment, Case, Expert, StageRow
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Figure
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.cockpit.funnel import LISTS, Counts


@dataclass(frozen=True)
class Share:
    """A figure among those nominated and those on the latest list: how many of how many; None where it counts kinds."""

    label: str
    before: int
    after: int
    of_before: int
    of_after: int
    kinds: bool = False

    @property
    def before_percent(self) -> int:
        """Whole per cent, for the bar."""
        return round(100 * self.before / self.of_before) if self.of_before else 0

    @property
    def after_percent(self) -> int:
        """Whole per cent, for the bar."""
        return round(100 * self.after / self.of_after) if self.of_after else 0


def composition(programme: Programme, counts: Counts) -> tuple[list[Share], str, int, int]:
    """The pack's figures, the name of the latest list, and the sizes of the two groups."""
    if not programme.pack.composition:
        return [], "", 0, 0
    cases = list(
        Case.objects.filter(process=programme.process, submitted_at__isnull=False)
        .exclude(state=CaseState.WITHDRAWN)
        .select_related("nominator", "applying_unit", "subject", "process__edition")
        .prefetch_related("parties__organisation")
    )
    facts = facts_of(programme, cases)
    closed = [one for one in programme.stages if one.type in LISTS and one.id in counts.closed]
    here: Sequence[int] = [one.pk for one in cases]
    name = "已提交"
    if closed:
        name = closed[-1].shown
        here = list(
            StageRow.objects.filter(process=programme.process, stage=closed[-1].id, state=RowState.DONE).values_list(
                "case_id", flat=True
            )
        )
    shares = [_share(programme, one, facts, here) for one in programme.pack.composition]
    return shares, name, len(cases), len(here)


def _share(programme: Programme, figure: Figure, facts: Mapping[int, Facts], here: Sequence[int]) -> Share:
    chosen = [facts[pk] for pk in here if pk in facts]
    if figure.count is not None and "distinct" in figure.count:
        name = figure.count["distinct"]
        return Share(figure.shown, _kinds(facts.values(), name), _kinds(chosen, name), 0, 0, kinds=True)
    if figure.where is None:
        return Share(figure.shown, len(facts), len(chosen), len(facts), len(chosen))
    check = parse(figure.where, programme.pack.vocabulary)
    inside = {pk for pk, one in facts.items() if check.evaluate(one).truth is Truth.TRUE}
    return Share(figure.shown, len(inside), len(inside & set(here)), len(facts), len(chosen))


def _kinds(facts: Any, name: str) -> int:
    values = set()
    for one in facts:
        value = one.case.get(name.removeprefix("case.")) if name.startswith("case.") else one.subject.get(name)
        if isinstance(value, str) and value:
            values.add(value)
    return len(values)


@dataclass(frozen=True)
class ExpertLine:
    """An expert of a panel: sheets handed in, sheets asked. Names are the organiser's to see."""

    stage: str
    name: str
    declared: bool
    done: int
    total: int


def experts(programme: Programme) -> list[ExpertLine]:
    """Every expert's progress. One query."""
    rows = (
        Expert.objects.filter(process=programme.process)
        .annotate(
            total=Count("assignments", Q(assignments__state="assigned"), distinct=True),
            done=Count(
                "assignments",
                Q(assignments__state="assigned", assignments__sheets__submitted_at__isnull=False),
                distinct=True,
            ),
        )
        .select_related("user")
        .order_by("stage", "id")
    )
    return [ExpertLine(one.stage, one.user.full_name, one.declared_at is not None, one.done, one.total) for one in rows]


def scored(programme: Programme) -> dict[str, int]:
    """Cases whose asked sheets are all in, by panel. One query."""
    rows = (
        Assignment.objects.filter(case__process=programme.process, state=Assignment.State.ASSIGNED)
        .values("stage", "case_id")
        .annotate(
            total=Count("id", distinct=True), done=Count("id", Q(sheets__submitted_at__isnull=False), distinct=True)
        )
        .filter(total=F("done"))
    )
    found: dict[str, int] = {}
    for one in rows:
        found[one["stage"]] = found.get(one["stage"], 0) + 1
    return found
