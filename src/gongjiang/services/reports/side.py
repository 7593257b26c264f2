"""What stands beside 待办: the places of one's unit with the names on them, and where the edition is."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.models import Case, PoolCount, PoolSeat, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.rules.quotas.tables import read_limits, rows_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.scope import Scope

UNDER_WAY = (CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED)


@dataclass(frozen=True)
class Gauge:
    """Places of one pool for one unit: (name, case) of those who hold one, names of those who may come."""

    label: str
    clause: str
    total: int
    used: tuple[tuple[str, int], ...]
    coming: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """A stage on the edition's line: its state (done, now, next), when, and how many of mine are there."""

    stage: str
    label: str
    state: str
    when: str
    note: str = ""


def gauges(programme: Programme, unit_id: int, unit: str) -> list[Gauge]:
    """Pools that count by nominator, for this unit. Three queries."""
    pools = {one.id: one for one in programme.pack.pools if "case.nominator" in one.per and one.force == "hard"}
    counts = {
        one.pool: one for one in PoolCount.objects.filter(process=programme.process, pool__in=list(pools), group=unit)
    }
    seats: dict[int, list[tuple[str, int]]] = {}
    for count_id, title, case_id in (
        PoolSeat.objects.filter(count__in=[one.pk for one in counts.values()])
        .order_by("id")
        .values_list("count_id", "case__title", "case_id")
    ):
        seats.setdefault(count_id, []).append((title, case_id))
    coming = list(
        Case.objects.filter(process=programme.process, nominator_id=unit_id, state__in=UNDER_WAY)
        .order_by("id")
        .values_list("pk", "title")[:300]
    )
    found: list[Gauge] = []
    for name, pool in pools.items():
        count = counts.get(name)
        total = count.limit if count is not None else _places(programme, pool.table, unit)
        if total is None:
            continue
        used = tuple(seats.get(count.pk, ())) if count is not None else ()
        sitting = {case_id for _, case_id in used}
        found.append(
            Gauge(pool.shown, pool.clause, total, used, tuple(title for pk, title in coming if pk not in sitting))
        )
    return found


def _places(programme: Programme, table: str | None, unit: str) -> int | None:
    """A unit's row in a table of places; None where it has none."""
    if table is None or len(programme.pack.tables[table].by) != 1:
        return None
    try:
        rows = rows_of(table, programme.pack.tables[table].rows, programme.params)
        limits = read_limits(rows, apart=programme.value(_apart(programme, table)) is True)
    except GongjiangError:
        return None
    found = limits.rows.get((unit,))
    return None if found is None else int(found)


def _apart(programme: Programme, table: str) -> object:
    return programme.pack.tables[table].apart


def process_line(scope: Scope, programme: Programme) -> list[Step]:
    """The stages with their dates. Whoever has people of their own under way sees where these stand; others, where
    anybody does: a stage is done when its time is over and nobody stands there. One query."""
    mine, own = scope.having(), scope.actor.user_id or 0
    filed = Q(case__applying_unit_id__in=mine) | Q(case__filer_id=own) | Q(case__subject__user_id=own)
    ours = Q(case__nominator_id__in=mine) | filed
    counted = {
        one["stage"]: one
        for one in StageRow.objects.filter(process=programme.process)
        .values("stage")
        .annotate(
            open=Count("id", Q(state=RowState.OPEN)),
            done=Count("id", Q(state=RowState.DONE)),
            ours=Count("id", Q(state=RowState.OPEN) & ours),
            passed=Count("id", Q(state=RowState.DONE) & ours),
        )
    }
    own_way = any(one["ours"] for one in counted.values())
    steps: list[Step] = []
    reached = False
    for stage in programme.stages:
        rows = counted.get(stage.id, {"open": 0, "done": 0, "ours": 0, "passed": 0})
        window = scope.window(programme, stage)
        late = window.closes is not None and scope.at >= window.closes
        if rows["ours"] if own_way else rows["open"]:
            state = "now"
        elif rows["passed"] if own_way else rows["done"]:
            state = "done"
        elif stage.type == "apply" and not late and not reached:
            state = "now"
        else:
            state = "next"
        reached = reached or state == "now"
        note = f"本单位 {rows['ours']} 人在办" if rows["ours"] else ""
        steps.append(Step(stage.id, stage.shown, state, when(scope, programme, stage), note))
    return steps


def when(scope: Scope, programme: Programme, stage: Stage) -> str:
    """A stage's time as people say it: 6月30日截止, 7月至8月；with its ratio, or its days."""
    window = scope.window(programme, stage)
    spec = programme.time(stage.time)
    words: list[str] = []
    if window.last_day is not None:
        monthly = spec is not None and spec.precision == "month" and window.opens is not None
        words.append(_months(window.opens, window.last_day) if monthly else f"{_day(window.last_day)}截止")
    keep = stage.keep
    if keep is not None and keep.per_place is not None:
        ratio = programme.value(keep.per_place)
        words.append(f"1 : {decimal_text(exact(str(ratio)), 2).rstrip('0').rstrip('.')}" if ratio is not None else "")
    period = programme.time(getattr(stage, "period", None))
    if period is not None and period.length is not None:
        days = programme.value(period.length.at_least or period.length.exactly)
        unit = {"working_day": "个工作日", "day": "天", "month": "个月", "year": "年"}[period.length.unit]
        words.append(f"{days} {unit}" if days is not None else "")
    return "，".join(one for one in words if one)


def _months(opens: datetime | None, last: date) -> str:
    first = timezone.localtime(opens).date() if opens is not None else last
    return f"{last.month}月" if first.month == last.month else f"{first.month}—{last.month}月"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def next_deadline(
    scope: Scope, programmes: Iterable[Programme], stages: Container[str] | None = None
) -> tuple[Programme, Stage, datetime] | None:
    """The next end of a stage (of `stages`, if given) in these editions, to say how many days are left."""
    found = [
        (closes, programme, stage)
        for programme in programmes
        for stage in programme.stages
        if (stages is None or stage.id in stages)
        and (closes := scope.window(programme, stage).closes) is not None
        and closes > scope.at
    ]
    if not found:
        return None
    closes, programme, stage = min(found, key=lambda one: one[0])
    return programme, stage, closes


def days_left(at: datetime, closes: datetime) -> int:
    """Whole days until the last day in time: 0 on that day itself."""
    last = timezone.localtime(closes - timedelta(microseconds=1)).date()
    return (last - timezone.localtime(at).date()).days
