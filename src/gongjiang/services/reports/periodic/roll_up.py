"""What came in, added up beside one's own data: where the two differ, somebody's list is wrong or the day another."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import PeriodicReport, ReportCall
from gongjiang.rules.honours.targets import LEVELS, level_label
from gongjiang.rules.reports.figures import COLUMNS, summed
from gongjiang.rules.reports.moves import SEALED
from gongjiang.rules.reports.template import read_template
from gongjiang.services.reports.periodic.draw import figures_of


@dataclass(frozen=True)
class Line:
    """A figure: the sum of the reports handed in, what the asker's own data say, each report's part."""

    level: str
    column: str
    figure: str
    label: str
    total: int
    live: int
    parts: tuple[tuple[PeriodicReport, int], ...]

    @property
    def difference(self) -> int:
        """Own data less the sum."""
        return self.live - self.total


def rolled_up(actor: Actor, at: datetime, call: ReportCall) -> list[Line]:
    """Every figure by level, of reports handed in. Six queries. The caller has looked the call up for the actor."""
    handed = list(
        call.reports.filter(state__in=[str(one) for one in SEALED]).select_related("unit").order_by("unit_id")
    )
    template = read_template(call.template)
    day = min(call.as_of, timezone.localtime(at).date())
    live = {one.id: one.n for one in figures_of(call.asker, template, call.since, day)} if day >= call.since else {}
    total = summed(one.figures for one in handed)
    keys = [key for key in {**total, **live} if key.startswith("p.")]
    found = []
    for key in sorted(keys, key=_order):
        _, level, column = key.split(".")
        parts = tuple((one, one.figures[key]) for one in handed if one.figures.get(key))
        found.append(Line(level_label(level), COLUMNS[column], key, f"{level_label(level)} {COLUMNS[column]}",
                          total.get(key, 0), live.get(key, 0), parts))  # fmt: skip
    return found


def _order(key: str) -> tuple[int, str, int]:
    """Levels from the top, columns as the table has them."""
    _, level, column = key.split(".")
    return list(LEVELS).index(level) if level in LEVELS else len(LEVELS), level, list(COLUMNS).index(column)
