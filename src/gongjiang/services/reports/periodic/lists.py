"""The list behind a figure of a report, as it was kept that day."""

from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import ActivityEntry, Honour, PeriodicReport, ReportList
from gongjiang.services.cultivation.scope import visible_to
from gongjiang.services.reports.periodic.scope import get_report, reads_inside

PAGE = 100


@dataclass(frozen=True)
class Listed:
    """One page of the list. `n`: its length, which is the figure; `open_ids`: honours whose page the actor may open;
    `after`: how many come before the next page, 0 at the end."""

    report: PeriodicReport
    figure: str
    n: int
    honours: list[Honour]
    entries: list[ActivityEntry]
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
    entries: list[ActivityEntry] = []
    if row.of == "honours":
        honours = list(Honour.objects.filter(pk__in=ids).select_related("mark", "case__applying_unit").order_by("pk"))
        shown = [one.pk for one in honours]
    else:
        entries = list(ActivityEntry.objects.filter(pk__in=ids).select_related("honour").order_by("pk"))
        shown = [one.honour_id for one in entries]
    seen = frozenset(visible_to(actor).filter(pk__in=shown).values_list("pk", flat=True))
    more = after + PAGE if len(row.ids) > after + PAGE else 0
    return Listed(report, figure, len(row.ids), honours, entries, seen, more)
