"""The list behind a figure: of a report as it was kept that day, of the asker's own data as they are."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Honour, Organisation, ReportList
from gongjiang.rules.funds.money import shown
from gongjiang.rules.reports.figures import Figure
from gongjiang.services.cultivation.scope import visible_to
from gongjiang.services.reports.periodic.lines import Line, lines_of
from gongjiang.services.reports.periodic.roll_up import live_figures
from gongjiang.services.reports.periodic.scope import get_call, get_report, reads_inside
from gongjiang.services.reports.periodic.sheets import figure_label, said, units_of

PAGE = 100


@dataclass(frozen=True)
class Listed:
    """One page of the list: honours, or lines of whatever else it is of, with what each is worth where the figure is a
    sum. `unit`: whose figure; `n`: the figure, `said` as it is written; `length`: of the list; `open_ids`: honours
    whose page the actor may open; `after`: how many come before the next page, 0 at the end."""

    unit: Organisation
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
    """Behind a figure of a report; NotFound for a report that isn't the actor's to see, and for no figure of it."""
    report = get_report(actor, report_id)
    row = ReportList.objects.filter(report=report, figure=figure).first()
    if row is None or not reads_inside(actor, report):
        raise NotFound()
    return _listed(actor, report.unit, Figure(figure, row.of, tuple(row.ids), tuple(row.amounts)), after)


def listed_live(actor: Actor, at: datetime, call_id: int, figure: str, *, after: int = 0) -> Listed:
    """Behind a figure of the asker's own, as the data say it now, beside which sums are held. NotFound for others."""
    call = get_call(actor, call_id)
    found = next((one for one in live_figures(call, at) if one.id == figure), None)
    if found is None:
        raise NotFound()
    return _listed(actor, call.asker, found, after)


def _listed(actor: Actor, unit: Organisation, one: Figure, after: int) -> Listed:
    ids = one.ids[after : after + PAGE]
    honours: list[Honour] = []
    lines: list[tuple[Line, str]] = []
    if one.of == "honours":
        honours = list(Honour.objects.filter(pk__in=ids).select_related("mark", "case__applying_unit").order_by("pk"))
        people = [each.pk for each in honours]
    else:
        worth = dict(zip(one.ids, one.amounts, strict=True)) if one.amounts else {}
        found = lines_of(one.of, ids)
        lines = [(each, shown(worth[each.id]) if each.id in worth else "") for each in found]
        people = [each.honour_id for each in found if each.honour_id is not None]
    seen = frozenset(visible_to(actor).filter(pk__in=people).values_list("pk", flat=True))
    more = after + PAGE if len(one.ids) > after + PAGE else 0
    label = figure_label(one.id, units_of([{one.id: one.n}]))
    return Listed(unit, one.id, label, one.n, said(one.id, one.n), len(one.ids), honours, lines, seen, more)
