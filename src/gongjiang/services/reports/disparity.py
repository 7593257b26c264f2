"""Who came how far, by the pack's figures: composition of every list and the ratios from one to the next. It informs
people and adjusts nothing; fewer than five people are never told of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from gongjiang.documents.xlsx import SummarySheet, Value, write_workbook
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.rounding import decimal_text
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Figure
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.scoring.disparity import LEAST, Cell, Passing, Stage, composition, passing
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.cockpit.page import may_oversee

#: Stages that keep somebody and let others go.
NARROWING = frozenset({"check", "select", "panel", "publish", "name"})
#: Those who stood on the list of a stage, whatever came after.
KEPT = Q(state__in=[RowState.DONE, RowState.RETAINED])
UNKNOWN, OTHERS = "未填", "其他"
WHOLE = 100


@dataclass(frozen=True)
class Step:
    """From one list to the next, group by group."""

    before: str
    after: str
    groups: tuple[Passing, ...]


@dataclass(frozen=True)
class Split:
    """One figure of the pack: a line of cells for each list, and the steps between them; the last step is from the
    first list to the last."""

    label: str
    groups: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Disparity:
    """The page: every figure, lists in the order of the pack."""

    programme: Programme
    stages: tuple[tuple[str, int], ...]
    splits: tuple[Split, ...]


def disparity(actor: Actor, edition_id: int) -> Disparity:
    """For those who oversee the edition; NotFound for others. The number of queries doesn't grow with cases."""
    programme = get_programme(actor, edition_id)
    if not may_oversee(actor, programme):
        raise NotFound()
    cases = list(
        Case.objects.filter(process=programme.process, submitted_at__isnull=False)
        .select_related("nominator", "applying_unit", "subject", "process__edition")
        .prefetch_related("parties__organisation")
    )
    facts = facts_of(programme, cases)
    lists = _lists(programme, [one.pk for one in cases])
    figures = (
        *programme.pack.composition,
        Figure(id="nominator", label="推荐单位", count={"distinct": "case.nominator"}),
    )
    splits = [_split(one.shown, _groups(programme, one, facts), lists) for one in figures]
    return Disparity(
        programme, tuple((label, len(members)) for label, members in lists), tuple(one for one in splits if one)
    )


def _lists(programme: Programme, cases: Sequence[int]) -> list[tuple[str, list[int]]]:
    """All who applied, then every list that has somebody on it."""
    held: dict[str, list[int]] = {}
    rows = StageRow.objects.filter(KEPT, process=programme.process, case_id__in=cases)
    for stage, case_id in rows.values_list("stage", "case_id"):
        held.setdefault(stage, []).append(case_id)
    found = [("提交申报", list(cases))]
    return found + [(one.shown, held[one.id]) for one in programme.stages if one.type in NARROWING and one.id in held]


def _groups(programme: Programme, figure: Figure, facts: Mapping[int, Facts]) -> dict[int, str]:
    """The group of every case under a figure; none where it only counts everybody."""
    path = (figure.count or {}).get("distinct", "")
    if path:
        return {pk: _word(one, path) for pk, one in facts.items()}
    if figure.where is None:
        return {}
    check = parse(figure.where, programme.pack.vocabulary)
    said = {Truth.TRUE: figure.shown, Truth.FALSE: OTHERS, Truth.UNKNOWN: UNKNOWN}
    return {pk: said[check.evaluate(one).truth] for pk, one in facts.items()}


def _word(facts: Facts, path: str) -> str:
    value = facts.case.get(path.removeprefix("case.")) if path.startswith("case.") else facts.subject.get(path)
    return value if isinstance(value, str) and value else UNKNOWN


def _split(label: str, groups: Mapping[int, str], lists: Sequence[tuple[str, Sequence[int]]]) -> Split | None:
    if not groups:
        return None
    names = sorted(set(groups.values()), key=lambda one: (one == UNKNOWN, one == OTHERS, one))
    stages = [Stage(name, _counts(names, groups, members)) for name, members in lists]
    lines = composition(stages)
    pairs = [*pairwise(stages)]
    if len(stages) > 2:
        pairs.append((stages[0], stages[-1]))
    return Split(
        label,
        tuple(names),
        tuple((stage.label, tuple(line)) for stage, line in zip(stages, lines, strict=True)),
        tuple(Step(one.label, two.label, tuple(passing(one, two))) for one, two in pairs),
    )


def _counts(names: Sequence[str], groups: Mapping[int, str], members: Sequence[int]) -> dict[str, int]:
    counts = dict.fromkeys(names, 0)
    for pk in members:
        counts[groups[pk]] += 1
    return counts


def disparity_workbook(found: Disparity) -> bytes:
    """The same as a workbook: a tab for the lists, one for the ratios."""
    title = found.programme.edition.title
    made: list[tuple[Value, ...]] = []
    ratios: list[tuple[Value, ...]] = []
    for split in found.splits:
        for stage, cells in split.lines:
            made += [(split.label, one.group, stage, count_text(one), share_text(one)) for one in cells]
        for step in split.steps:
            ratios += [(split.label, one.group, step.before, step.after, *ratio_texts(one)) for one in step.groups]
    note = f"不足{LEAST}人的组不列出，连同可以推算出它的一组；只供了解情况，不作为调整名单的依据。"
    return write_workbook(
        (
            SummarySheet(
                f"{title}各环节构成", ("类别", "组", "环节", "人数", "占比"), tuple(made), notes=(note,), name="构成"
            ),
            SummarySheet(
                f"{title}各组通过率",
                ("类别", "组", "从", "到", "通过率", "95%区间", "与其他人之比", "95%区间", "提示"),
                tuple(ratios),
                notes=(note, "区间为精确区间（Clopper–Pearson；比值按条件分布）。"),
                name="通过率",
            ),
        )
    )


def count_text(cell: Cell) -> str:
    """A number of people, or that it is not told."""
    return "不足5人等，不列" if cell.count is None else str(cell.count)


def share_text(cell: Cell) -> str:
    """A share in per cent."""
    return "" if cell.share is None else f"{decimal_text(cell.share * WHOLE, 1)}%"


def ratio_texts(one: Passing) -> tuple[str, str, str, str, str]:
    """Rate, its interval, beside the others, its interval, what stands out."""
    if one.rate is None:
        return "不列", "", "", "", ""
    beside = ("", "") if one.beside is None else (f"{one.beside:.2f}", f"{one.beside_low:.2f}—{_high(one.beside_high)}")
    return (
        f"{decimal_text(one.rate * WHOLE, 1)}%",
        f"{one.low:.1%}—{one.high:.1%}",
        *beside,
        one.word,
    )


def _high(value: float) -> str:
    return f"{value:.2f}" if value < 1000 else "∞"
