"""Reports on one's desk: those one owes, those one asked for, who is late."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import PeriodicReport, ReportCall
from gongjiang.rules.reports.moves import OWED
from gongjiang.services.reports.periodic import scope

OPEN = [str(one) for one in OWED]
MOST = 200


def visible_to(actor: Actor) -> QuerySet[PeriodicReport]:
    """Reports that the actor sees."""
    return scope.visible_to(actor)


@dataclass(frozen=True)
class CallLine:
    """A call with how many reports it has, came in, wait to be received."""

    call: ReportCall
    units: int
    owed: int
    waiting: int

    def late(self, today: date) -> int:
        """How many are late."""
        return self.owed if today > self.call.due else 0


def own_reports(actor: Actor) -> list[PeriodicReport]:
    """Of the actor's organisations, those still owed first. One query."""
    rows = visible_to(actor).filter(unit__in=scope.ours(actor)) if not actor.is_platform else visible_to(actor)
    found = list(rows.select_related(*scope.RELATED).order_by("-call__due", "-pk")[:MOST])
    return sorted(found, key=lambda one: one.state not in OPEN)


def calls(actor: Actor) -> list[CallLine]:
    """Calls that the actor's organisations made, or unions under them, the latest first. One query."""
    rows = scope.calls_visible_to(actor).select_related("asker")
    rows = rows.annotate(
        units=Count("reports"),
        owed=Count("reports", Q(reports__state__in=OPEN)),
        waiting=Count("reports", Q(reports__state="submitted")),
    )
    return [CallLine(one, one.units, one.owed, one.waiting) for one in rows.order_by("-due", "-pk")[:MOST]]


def asked_below(report: PeriodicReport) -> ReportCall | None:
    """The same report over the same period, as its unit asked it of those under it. One query."""
    return ReportCall.objects.filter(asker=report.unit_id, kind=report.call.kind, period=report.call.period).first()


def reports_of(call: ReportCall) -> list[PeriodicReport]:
    """All reports of a call, those owed first. One query."""
    rows = list(call.reports.select_related("unit", "call").order_by("unit__path"))
    return sorted(rows, key=lambda one: one.state not in OPEN)
