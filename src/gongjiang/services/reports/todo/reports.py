"""Periodic reports on a desk: those the unit owes, those that came in, those that are late."""

from datetime import date, timedelta

from django.utils import timezone

from gongjiang.catalogue.reports import templates
from gongjiang.kernel.actor import HANDLING
from gongjiang.models import PeriodicReport, ReportCall
from gongjiang.rules.reports.moves import LABELS, OWED, State
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.periodic.queries import calls
from gongjiang.services.reports.periodic.scope import RELATED, ours
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

MOST = 50
NEAR = timedelta(days=60)
"""So long before and after the day that a notice sets, its organiser is told to ask for the report."""
MARKS = {State.DRAFT: "draft", State.REVIEW: "in_progress", State.RETURNED: "returned"}


def report_items(scope: Scope) -> list[Item]:
    """One item a report that is owed, one a call with reports to receive or to chase, one a report that a
    notice sets a day for."""
    if scope.actor.user_id is None:
        return []
    mine = ours(scope.actor)
    if not mine:
        return []
    owed = PeriodicReport.objects.filter(unit__in=mine, state__in=[str(one) for one in OWED])
    found = []
    for one in owed.select_related(*RELATED).order_by("call__due")[:MOST]:
        state = State(one.state)
        found.append(
            Item(
                "report",
                f"{'审核并上报' if state == State.REVIEW else '报送'}{one.call.period}{one.call.title}",
                "去审核" if state == State.REVIEW else "去编写",
                one.call.edition_id or 0,
                f"报{one.call.asker.short_name or one.call.asker.name}",
                stage=str(one.pk),
                facts=(f"退回理由：{one.note}",) if one.note and state == State.RETURNED else (),
                state=MARKS[state],
                state_label=LABELS[state],
                closes=midnight(one.call.due + timedelta(days=1)),
                organisation_id=one.unit_id,
                roles=frozenset({"approver"}) if state == State.REVIEW else HANDLING,
            )
        )
    today = timezone.localtime(scope.at).date()
    found += _to_ask(scope, today)
    for line in calls(scope.actor):
        late = line.late(today)
        if line.call.asker_id not in mine or not (line.waiting or late):
            continue
        facts = [f"待接收 {line.waiting} 份"] if line.waiting else []
        facts += [f"逾期未报 {late} 家"] if late else []
        found.append(
            Item(
                "report_call",
                f"办理{line.call.period}{line.call.title}",
                "去接收" if line.waiting else "去催报",
                line.call.edition_id or 0,
                line.call.title,
                stage=str(line.call.pk),
                count=line.waiting or late,
                facts=tuple(facts),
                state="waiting",
                state_label="待接收" if line.waiting else "有逾期",
                organisation_id=line.call.asker_id,
                roles=HANDLING,
            )
        )
    return found


def _to_ask(scope: Scope, today: date) -> list[Item]:
    """Reports that a notice asks for about now and that its organiser hasn't asked the units for yet. A query where
    there is one."""
    found = []
    for programme in scope.programmes.values():
        for one in templates():
            due = getattr(programme.time(one.due), "date", None) if one.pack == programme.pack.id else None
            if not isinstance(due, date) or abs(due - today) > NEAR or not scope.organises(programme.edition):
                continue
            if ReportCall.objects.filter(edition=programme.edition, kind=one.id).exists():
                continue
            found.append(
                Item(
                    "report_new",
                    f"请推荐单位报送{one.label}",
                    "去发起",
                    programme.edition.pk,
                    programme.edition.title,
                    facts=(one.cite,),
                    state="waiting",
                    state_label="待发起",
                    closes=midnight(due + timedelta(days=1)),
                    organisation_id=scope.seat(programme.edition),
                    roles=HANDLING,
                )
            )
    return found
