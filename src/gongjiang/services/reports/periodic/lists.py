"""The list behind a figure of a report, as it was kept that day."""

from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Honour, PeriodicReport, ReportList
from gongjiang.rules.funds.money import shown
from gongjiang.rules.reports.figures import total
from gongjiang.services.cultivation.scope import visible_to
from gongjiang.services.reports.periodic.lines import Line, lines_of
from gongjiang.services.reports.periodic.scope import get_report, reads_inside
from gongjiang.services.reports.periodic.sheets import figure_label, said, units_of

PAGE = 100


@dataclass(frozen=True)
class Listed:
    """One page of the list: honours, or lines of whatever else it is of, with what each is worth where the figure is a
    sum. `n`: the figure, `said` as it is written; `length`: of the list; `open_ids`: honours whose page the actor may
    open; `after`: how many come before the next page, 0 at the end."""

    report: PeriodicReport
    figure: str
    label: str
    n: int
    said: str
    length: int
    honours: list[Honour]
    lines: list[tuple[Line, str]]
    open_ids: frozenset[int]
    after: int


def listed(actor: Actor, report_id: int, figure: str, *, after: int = 0) -> Listed:
    """Behind a figure; NotFound for a report that isn't the actor's to see, and for no figure of it."""
    report = get_report(actor, report_id)
    row = ReportList.objects.filter(report=report, figure=figure).first()
    if row is None or not reads_inside(actor, report):
        raise NotFound()
    ids = row.ids[after : after + PAGE]
    honours: list[Honour] = []
    lines: list[tuple[Line, str]] = []
    if row.of == "honours":
        honours = list(Honour.objects.filter(pk__in=ids).select_related("mark", "case__applying_unit").order_by("pk"))
        people = [one.pk for one in honours]
    else:
        worth = dict(zip(row.ids, row.amounts, strict=True)) if row.amounts else {}
        found = lines_of(row.of, ids)
        lines = [(one, shown(worth[one.id]) if one.id in worth else "") for one in found]
        people = [one.honour_id for one in found if one.honour_id is not None]
    seen = frozenset(visible_to(actor).filter(pk__in=people).values_list("pk", flat=True))
    more = after + PAGE if len(row.ids) > after + PAGE else 0
    n = total(row.ids, row.amounts)
    return Listed(
        report, figure, figure_label(figure, units_of([{figure: n}])), n, said(figure, n), len(row.ids), honours, lines,
        seen, more,
    )  # fmt: skip
