"""How many people stand at each stage, on one honest scale: done, under way, planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from gongjiang.models import Case, StageList, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.programmes.programme import Programme

#: Types that narrow or hand on a list; opinions run beside.
NARROWING = frozenset({"apply", "check", "submit", "select", "panel", "publish", "name"})
LISTS = frozenset({"select", "panel", "publish", "name"})


@dataclass(frozen=True)
class Standing:
    """One stage: how many (`n`), `through` of them decided, how it stands (done, now, plan)."""

    stage: str
    type: str
    label: str
    n: int
    through: int
    state: str
    open: int
    note: str


@dataclass(frozen=True)
class Counts:
    """Rows by stage and state, closed lists, cases handed in: what the funnel is drawn from. Three queries."""

    rows: Mapping[tuple[str, str], int]
    lists: Mapping[str, StageList]
    kept: Mapping[str, int]
    closed: Mapping[str, int]
    submitted: int

    def of(self, stage: str, *states: str) -> int:
        """Rows of a stage in these states."""
        return sum(self.rows.get((stage, state), 0) for state in states)


def counts_of(programme: Programme) -> Counts:
    """Read what the funnel needs."""
    rows = {
        (one["stage"], one["state"]): one["n"]
        for one in StageRow.objects.filter(process=programme.process).values("stage", "state").annotate(n=Count("id"))
    }
    lists: dict[str, StageList] = {}
    kept: dict[str, int] = {}
    closed: dict[str, int] = {}
    for one in StageList.objects.filter(process=programme.process, closed_at__isnull=False).order_by("closed_at"):
        lists[one.stage] = one
        kept[one.stage] = kept.get(one.stage, 0) + (one.kept or 0)
        closed[one.stage] = closed.get(one.stage, 0) + 1
    gone = [CaseState.WITHDRAWN]
    submitted = (
        Case.objects.filter(process=programme.process, submitted_at__isnull=False).exclude(state__in=gone).count()
    )
    return Counts(rows, lists, kept, closed, submitted)


def funnel(programme: Programme, counts: Counts, scored: Mapping[str, int]) -> list[Standing]:
    """Stages in order. `scored`: cases whose sheets are all in, by panel."""
    found: list[Standing] = []
    before, settled = 0, False
    for stage in programme.stages:
        if stage.type not in NARROWING:
            continue
        one = _standing(programme, counts, stage, before, scored.get(stage.id, 0), settled)
        found.append(one)
        before, settled = one.n, settled or (one.state == "done" and stage.type in LISTS)
    return found


def _standing(programme: Programme, counts: Counts, stage: Stage, before: int, scored: int, settled: bool) -> Standing:
    """`settled`: a list before it is closed, so that no more than `before` can follow."""
    here = counts.of(stage.id, RowState.OPEN)
    done = counts.submitted if stage.type == "apply" else counts.of(stage.id, RowState.DONE)
    out = counts.of(stage.id, RowState.OUT, RowState.STRUCK)
    size = list_size(programme, stage.keep) if stage.type in LISTS else None
    if size is not None and settled:
        size = min(size, before)
    if here:
        n = size if size is not None and stage.type in LISTS else done + here
        through = scored if stage.type == "panel" else done
        note = f"在办 {here} 人" if stage.type not in LISTS else f"已到 {here} 人"
        return Standing(stage.id, stage.type, stage.shown, max(n, 1), min(through, n), "now", here, note)
    if done or stage.id in counts.closed:
        words = [f"退出 {out} 人"] if out else []
        held = counts.lists.get(stage.id)
        if held is not None and held.closed_at is not None:
            words.insert(0, _day(held.closed_at))
        return Standing(stage.id, stage.type, stage.shown, done, done, "done", 0, "　".join(words))
    n = size if size is not None else before
    return Standing(stage.id, stage.type, stage.shown, n, 0, "plan", 0, "")


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"
