"""One page that derives a nominee's result by hand: each judge's scores under a letter, how they add up, the order and
where the line was drawn. For whoever runs the panel; for nominees where the edition lets them ask."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.crypto import salted_hmac

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.models import Assignment, Case, ScoreSheet, StageList, StageRow
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.rounds.rank import Entry, Ranking, rank, shown
from gongjiang.rules.scoring.aggregate import AGGREGATE_LABELS, CALIBRATED
from gongjiang.rules.scoring.derive import Step, aggregated, derived
from gongjiang.rules.scoring.tree import Scored
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.keys import key_values
from gongjiang.services.scoring.authority import may_run, panel_stage
from gongjiang.services.scoring.calibrated import calibrated_result, marks_of, seats_of_panel
from gongjiang.services.scoring.results import scored_of, scores_of, sheets_of
from gongjiang.services.scoring.trees import JudgedLeaf, aggregate_of, judged_leaves, scorers_of, tree_of

LETTERS = "甲乙丙丁戊己庚辛壬癸"
GONE = frozenset({RowState.WAITING, RowState.PASSED_BY})
YES = frozenset({True, "yes", "true", "是"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet: what every judge gave, and what came of it."""

    group: str
    label: str
    most: str
    scores: tuple[str, ...]
    how: str


@dataclass(frozen=True)
class Explanation:
    """Everything on the page. `own`: shown to the nominee, so nothing of anybody else is in it."""

    case: Case
    stage: Panel
    own: bool
    rule: str
    at_least: int
    judges: tuple[str, ...]
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    calibrated: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    place: int | None
    tied: int
    decided: str
    listed: int
    size: int | None
    kept: str
    last_kept: str
    first_out: str


def may_ask(actor: Actor, programme: Programme, stage: Panel, case: Case) -> bool:
    """Is this the nominee, and does the edition let nominees see how their result came about? Once the list is
    closed."""
    if stage.explain is None or programme.value(stage.explain) not in YES:
        return False
    if actor.user_id is None or case.subject is None or case.subject.user_id != actor.user_id:
        return False
    return _list(programme, stage) is not None


def explanation(actor: Actor, programme: Programme, stage_id: str, case_id: int) -> Explanation:
    """One nominee's result. NotFound for others than those who run the panel and, where allowed, the nominee; Refused
    while a sheet of the panel is out, as numbers would sway who still scores."""
    stage = panel_stage(programme, stage_id)
    cases = _cases(programme, stage)
    case = cases.get(case_id)
    runs = may_run(actor, programme, stage)
    if case is None or not (runs or may_ask(actor, programme, stage, case)):
        raise NotFound()
    root = tree_of(programme, stage)
    if root is None or stage.scores == "import":
        raise Refused("这一环节不由专家打分，没有可以推算的评分。", "No sheets to derive from.", place=stage.shown)
    if _waiting(programme, stage):
        raise Refused("评分还没有齐，齐后才能推算，以免影响还在评分的专家。", "Sheets are out.", place=stage.shown)
    return _Maker(programme, stage, root, cases, case, own=not runs).make()


def explained_at(actor: Actor, programme: Programme, case: Case) -> list[Panel]:
    """Panels with a closed list whose result this person may derive. One query, none in packs without panels."""
    panels = [one for one in programme.stages if isinstance(one, Panel) and one.scoring and one.scores != "import"]
    mine = [one for one in panels if may_run(actor, programme, one) or may_ask(actor, programme, one, case)]
    here = StageRow.objects.filter(case=case, stage__in=[one.id for one in mine]).exclude(state__in=GONE)
    stages = set(here.values_list("stage", flat=True)) if mine else set()
    closed = {one.id for one in mine if one.id in stages and _list(programme, one) is not None}
    return [one for one in mine if one.id in closed]


class _Maker:
    def __init__(
        self, programme: Programme, stage: Panel, root: ScoreNode, cases: dict[int, Case], case: Case, *, own: bool
    ) -> None:
        self.programme, self.stage, self.root = programme, stage, root
        self.cases, self.case, self.own = cases, case, own
        self.how = str(aggregate_of(programme, root))
        self.sheets = _sheets(stage, case)
        self.leaves = judged_leaves(programme, root)

    def make(self) -> Explanation:
        """Read once, then put together."""
        programme, stage, case = self.programme, self.stage, self.case
        facts = facts_of(programme, self.cases.values())
        scores = scores_of(programme, self.cases.values(), facts)
        tree = scored_of(programme, [case], {case.pk: facts[case.pk]})[case.pk].get(self.root.id)
        keys, values = key_values(programme, stage, self.cases, facts, scores)
        ranking = rank((Entry(str(pk), values[pk]) for pk in self.cases), keys, ties=stage.ties or "equal")
        held = _list(programme, stage)
        row = StageRow.objects.filter(case=case, stage=stage.id).first()
        rung = next((one for one in ranking.rungs if str(case.pk) in one.cases), None)
        size = held.size if held is not None else list_size(programme, stage.keep)
        told = dict(enumerate(self._around(ranking, size, values)))
        arithmetic = {one.id: how for one in self.leaves if (how := self._arithmetic(one))}
        return Explanation(
            case, stage, self.own, AGGREGATE_LABELS.get(self.how, self.how), scorers_of(programme, self.root),  # type: ignore[call-overload]
            tuple(f"专家{letter(n)}" for n in range(len(self.sheets))),
            tuple(self._line(one) for one in self.leaves),
            self._steps(tree, arithmetic),
            self._calibrated(),
            tuple((key.label, shown(value)) for key, value in zip(keys, values[case.pk], strict=True)),
            rung.number if rung else None,
            len(rung.cases) if rung else 0,
            rung.decided if rung else "",
            len(self.cases),
            size,
            _kept(row, held),
            told.get(0, ""),
            told.get(1, ""),
        )  # fmt: skip

    def _steps(self, tree: Scored | None, arithmetic: dict[str, str]) -> tuple[Step, ...]:
        if tree is None:
            return ()
        *parts, whole = derived(self.root, tree, arithmetic, self.programme.value)
        if self.how in CALIBRATED and tree.interval.known:
            found = decimal_text(tree.interval.low)
            whole = replace(whole, how="按全体专家的评分校准，推算见下", result=found)
        return (*parts, whole)

    def _arithmetic(self, leaf: JudgedLeaf) -> str:
        given = [exact(one.scores[leaf.id]) for one in self.sheets if leaf.id in one.scores]
        if not given or self.how not in AGGREGATE_LABELS or (self.how == "drop_ends" and len(given) < 3):
            return ""
        return aggregated(given, self.how)

    def _calibrated(self) -> tuple[str, ...]:
        """The lines that give a calibrated total, judges under this page's letters; none under other rules."""
        if self.how not in CALIBRATED:
            return ()
        sheets = sheets_of(self.programme, self.cases.values())
        result = calibrated_result(self.programme, self.stage, sheets)
        if result is None or result.page is None:
            return ()
        seats = seats_of_panel(self.programme, self.stage)
        names = {seats[str(one.assignment.expert_id)]: f"专家{letter(n)}" for n, one in enumerate(self.sheets)}
        leaves = [one.id for one in self.leaves]
        marks = marks_of(self.case.pk, sheets.get((self.case.pk, self.stage.id), ()), leaves, seats)
        lines = result.page.lines(marks)
        return tuple(
            f"{names.get(said, said)}{colon}{rest}" for said, colon, rest in (one.partition("：") for one in lines)
        )

    def _line(self, leaf: JudgedLeaf) -> Line:
        given = tuple(one.scores.get(leaf.id, "") for one in self.sheets)
        return Line(leaf.group, leaf.label, decimal_text(leaf.most), given, self._arithmetic(leaf))

    def _around(self, ranking: Ranking, size: int | None, values: Mapping[int, tuple[object, ...]]) -> list[str]:
        """The last place within the size and the first beyond, for officers only."""
        if self.own or size is None:
            return []
        ordered = [(rung.number, pk) for rung in ranking.rungs for pk in sorted(rung.cases)]
        names = [
            f"第{number}　{self.cases[int(pk)].title}　{'　'.join(shown(one) for one in values[int(pk)])}"  # type: ignore[arg-type]
            for number, pk in ordered
        ]
        return [names[at] if 0 <= at < len(names) else "" for at in (size - 1, size)]


def letter(at: int) -> str:
    """甲, 乙, …; numbers beyond ten."""
    return LETTERS[at] if at < len(LETTERS) else str(at + 1)


def _cases(programme: Programme, stage: Panel) -> dict[int, Case]:
    """Everybody who was on the panel's list."""
    here = StageRow.objects.filter(process=programme.process, stage=stage.id).exclude(state__in=GONE)
    rows = (
        Case.objects.filter(rows__in=here)
        .select_related("subject", "nominator", "applying_unit", "process__edition")
        .prefetch_related("parties__organisation")
        .order_by("number")
    )
    return {one.pk: one for one in rows}


def _sheets(stage: Panel, case: Case) -> list[ScoreSheet]:
    """The sheets that count, in an order that is another for every nominee: letters can't be joined."""
    rows = (
        ScoreSheet.objects.filter(
            assignment__case=case, assignment__stage=stage.id, assignment__state=Assignment.State.ASSIGNED
        )
        .select_related("assignment")
        .order_by("assignment_id", "version")
    )
    latest = {one.assignment_id: one for one in rows}
    kept = [one for one in latest.values() if one.submitted_at is not None]
    return sorted(kept, key=lambda one: salted_hmac("gongjiang.letters", str(one.assignment_id)).hexdigest())


def _waiting(programme: Programme, stage: Panel) -> bool:
    """Is a sheet of the panel out, or open again?"""
    rows = Assignment.objects.filter(stage=stage.id, expert__process=programme.process, state=Assignment.State.ASSIGNED)
    done = rows.filter(sheets__submitted_at__isnull=False).exclude(sheets__submitted_at__isnull=True).distinct()
    return done.count() < rows.count() or not rows.exists()


def _list(programme: Programme, stage: Panel) -> StageList | None:
    return StageList.objects.filter(process=programme.process, stage=stage.id, closed_at__isnull=False).first()


def _kept(row: StageRow | None, held: StageList | None) -> str:
    if row is None or held is None:
        return "名单还没有确定"
    if row.state in {RowState.DONE, RowState.RETAINED}:
        return "列入名单"
    return "候补" if row.state == RowState.ALTERNATE else "未列入名单"
