"""The one way in which a report's row changes: state and version compared, then set."""

from collections.abc import Collection, Mapping
from typing import Any

from gongjiang.kernel.errors import Refused, Stale
from gongjiang.models import PeriodicReport
from gongjiang.rules.reports.moves import LABELS, State


def swap(report: PeriodicReport, froms: Collection[State], version: int, values: Mapping[str, Any]) -> None:
    """Set `values` on a report that is in one of these states at this version. Refused from another state, Stale when
    somebody else changed it."""
    if report.state not in froms:
        raise Refused(f"报告现为“{LABELS[State(report.state)]}”，不能这样办理。", "Not from this state.")
    done = PeriodicReport.objects.filter(pk=report.pk, state__in=[str(one) for one in froms], version=version).update(
        **values, version=version + 1
    )
    if not done:
        raise Stale("这份报告刚刚被别人改过，请刷新后再办理。", "The report changed meanwhile.")
    for name, value in values.items():
        setattr(report, name, value)
    report.version = version + 1
