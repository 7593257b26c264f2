"""What lists behind figures are of, each row in words. Whoever reads a report reads its lists: nothing stands in them
that the report's unit would keep to itself (what was said at a visit, what somebody asked)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from gongjiang.models import (
    ActivityEntry,
    Apprenticeship,
    BenefitGrant,
    Bestowal,
    Budget,
    BudgetVersion,
    Concern,
    Contact,
    CourtesyPolicy,
    MediaPiece,
    Mentorship,
    Milestone,
    PracticeTask,
    SessionPresence,
    Spending,
    TrainingEvent,
)
from gongjiang.rules.cultivation.kinds import label_of


@dataclass(frozen=True)
class Line:
    """One row. `who`: the artisan or the organisation; `what` it is, `on` which day; `honour_id`: whose page opens."""

    id: int
    who: str
    what: str
    on: date | None
    honour_id: int | None = None


def lines_of(of: str, ids: Iterable[int]) -> list[Line]:
    """The rows with these ids, in their order. One query."""
    rows, line = KINDS[of]
    return [line(one) for one in rows().filter(pk__in=list(ids)).order_by("pk")]


def _entry(one: ActivityEntry) -> Line:
    return Line(one.pk, one.honour.name, f"{label_of(one.kind)}：{one.title}", one.on, one.honour_id)


def _milestone(one: Milestone) -> Line:
    done = one.state == Milestone.State.DONE
    what = f"{one.title}（{one.get_state_display()}，期限 {one.due:%Y-%m-%d}）"
    return Line(one.pk, one.honour.name, what, one.done_on if done else one.due, one.honour_id)


def _mentor(one: Mentorship) -> Line:
    return Line(one.pk, one.honour.name, f"{one.label}：{one.name}（{one.unit}）", one.begun, one.honour_id)


def _apprentice(one: Apprenticeship) -> Line:
    what = f"徒弟 {one.name}" + (f"（{one.unit}）" if one.unit else "") + f"，{one.get_state_display()}"
    return Line(one.pk, one.honour.name, what, one.ended or one.begun, one.honour_id)


def _event(one: TrainingEvent) -> Line:
    return Line(one.pk, one.organisation.name, f"{label_of(one.kind)}：{one.title}", one.first)


def _presence(one: SessionPresence) -> Line:
    honour, session = one.place.honour, one.session
    what = f"{session.event.title} {session.title}"
    return Line(one.pk, honour.name, what, timezone.localtime(session.starts).date(), honour.pk)


def _task(one: PracticeTask) -> Line:
    on = timezone.localtime(one.handed_at).date() if one.handed_at else None
    return Line(one.pk, one.round.honour.name, one.title, on, one.round.honour_id)


def _contact(one: Contact) -> Line:
    return Line(one.pk, one.honour.name, f"{one.get_way_display()}，联系人 {one.who}", one.on, one.honour_id)


def _concern(one: Concern) -> Line:
    answered = "已答复" if one.answered_at else "待答复"
    return Line(one.pk, one.honour.name, f"诉求，{answered}", timezone.localtime(one.at).date(), one.honour_id)


def _budget(one: Budget) -> Line:
    return Line(one.pk, one.organisation.name, f"{one.year}年 {one.get_purpose_display()}", None)


def _allowed(one: BudgetVersion) -> Line:
    budget = one.budget
    on = timezone.localtime(one.decided_at).date() if one.decided_at else None
    return Line(one.pk, budget.organisation.name, f"{budget.year}年 {budget.get_purpose_display()} 准予超出", on)


def _spending(one: Spending) -> Line:
    return Line(one.pk, one.budget.organisation.name, f"{one.budget.get_purpose_display()}：{one.label}", one.on)


def _grant(one: BenefitGrant) -> Line:
    return Line(one.pk, one.honour.name, f"{one.label} {one.period_label}".strip(), one.on, one.honour_id)


def _bestowal(one: Bestowal) -> Line:
    return Line(one.pk, one.honour.name, one.label, one.paid_on, one.honour_id)


def _policy(one: CourtesyPolicy) -> Line:
    return Line(one.pk, one.organisation.name, f"{one.title}{one.number}（{one.body}）", one.on)


def _piece(one: MediaPiece) -> Line:
    return Line(one.pk, one.organisation.name, f"{one.outlet}：{one.title}", one.on)


def _all(model: Any, *related: str) -> Callable[[], "QuerySet[Any]"]:
    return lambda: model.objects.select_related(*related)


KINDS: Final[dict[str, tuple[Callable[[], "QuerySet[Any]"], Callable[[Any], Line]]]] = {
    "entries": (_all(ActivityEntry, "honour"), _entry),
    "milestones": (_all(Milestone, "honour"), _milestone),
    "mentors": (_all(Mentorship, "honour"), _mentor),
    "apprentices": (_all(Apprenticeship, "honour"), _apprentice),
    "events": (_all(TrainingEvent, "organisation"), _event),
    "presence": (_all(SessionPresence, "place__honour", "session__event"), _presence),
    "tasks": (_all(PracticeTask, "round__honour"), _task),
    "contacts": (_all(Contact, "honour"), _contact),
    "concerns": (_all(Concern, "honour"), _concern),
    "budgets": (_all(Budget, "organisation"), _budget),
    "allowed": (_all(BudgetVersion, "budget__organisation"), _allowed),
    "spending": (_all(Spending, "budget__organisation"), _spending),
    "grants": (_all(BenefitGrant, "honour"), _grant),
    "bestowals": (_all(Bestowal, "honour"), _bestowal),
    "policies": (_all(CourtesyPolicy, "organisation"), _policy),
    "pieces": (_all(MediaPiece, "organisation"), _piece),
}
