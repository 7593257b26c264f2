"""What came in, added up beside one's own data: where the two differ, somebody's list is wrong or the day another."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import PeriodicReport, ReportCall
from gongjiang.rules.honours.targets import LEVELS
from gongjiang.rules.reports.figures import Figure
from gongjiang.rules.reports.moves import SEALED
from gongjiang.rules.reports.tables import TABLES, in_rows, summed
from gongjiang.rules.reports.template import read_template
from gongjiang.services.reports.periodic.draw import figures_of
from gongjiang.services.reports.periodic.sheets import figure_label, said


@dataclass(frozen=True)
class Line:
    """A figure: the sum of the reports handed in, what the asker's own data say, each report's part."""

    table: str
    figure: str
    label: str
    total: int
    live: int
    parts: tuple[tuple[PeriodicReport, int], ...]

    @property
    def difference(self) -> int:
        """Own data less the sum."""
        return self.live - self.total

    @property
    def said(self) -> tuple[str, str, str]:
        """Sum, own data and difference as they are written."""
        return said(self.figure, self.total), said(self.figure, self.live), said(self.figure, self.difference)

    @property
    def parts_said(self) -> list[tuple[PeriodicReport, str]]:
        """Each report's part as it is written."""
        return [(one, said(self.figure, n)) for one, n in self.parts]


def live_figures(call: ReportCall, at: datetime) -> list[Figure]:
    """What the asker's own data say as of the day of the call; nothing before the period begins."""
    day = min(call.as_of, timezone.localtime(at).date())
    return figures_of(call.asker, read_template(call.template), call.since, day) if day >= call.since else []


def rolled_up(actor: Actor, at: datetime, call: ReportCall) -> list[Line]:
    """Every figure that can be added up, of reports handed in; not those that are nothing on both sides. The caller has
    looked the call up for the actor."""
    handed = list(
        call.reports.filter(state__in=[str(one) for one in SEALED]).select_related("unit").order_by("unit_id")
    )
    live = {one.id: one.n for one in live_figures(call, at)}
    total = summed(one.figures for one in handed)
    found = []
    for table, rows in in_rows([*total, *live], list(LEVELS)).items():
        if not TABLES[table].adds:
            continue
        for key in (f"{table}.{row}.{column}" for row in rows for column in TABLES[table].columns):
            parts = tuple((one, one.figures[key]) for one in handed if one.figures.get(key))
            line = Line(TABLES[table].title, key, figure_label(key, {}), total.get(key, 0), live.get(key, 0), parts)
            if line.total or line.live:
                found.append(line)
    return found
