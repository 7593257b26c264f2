"""The figures of a report, drawn from marks and logs as of a day; and the lists behind them, kept."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import ActivityEntry, Honour, Organisation, PeriodicReport, ReportList, StandingChange
from gongjiang.rules.honours.targets import LEVELS
from gongjiang.rules.reports.figures import Doing, Figure, Person, figures
from gongjiang.rules.reports.moves import OPEN
from gongjiang.rules.reports.tables import gathered
from gongjiang.rules.reports.template import Template, read_template
from gongjiang.services.audit.append import append
from gongjiang.services.reports.periodic.facts import items_on
from gongjiang.services.reports.periodic.facts.ground import Ground
from gongjiang.services.reports.periodic.scope import get_report, need
from gongjiang.services.reports.periodic.versions import swap


def figures_of(unit: Organisation, template: Template, since: date, as_of: date) -> list[Figure]:
    """What the data say of a unit at the end of a day. A fixed number of queries."""
    honours = _honours(unit, template, as_of)
    people = _people(unit, honours, as_of)
    levels = template.levels or tuple(one for one in LEVELS if any(each.level == one for each in people))
    ground = Ground(unit, template.reach == "own", template.levels, honours.values("pk"), tuple(people), since, as_of)
    return [*figures(people, _doings(ground), since, levels), *gathered(items_on(ground))]


@transaction.atomic
def draw(*, actor: Actor, at: datetime, report_id: int, version: int) -> PeriodicReport:
    """Take the figures anew while the report is being written, with the lists they come from."""
    report = get_report(actor, report_id)
    need(actor, report.unit, ("officer", "approver"))
    today = timezone.localtime(at).date()
    day = min(report.call.as_of, today)
    if day < report.call.since:
        raise BadInput("报告期还没有开始，不能取数。", "The period hasn't begun.", place="数据截至")
    found = figures_of(report.unit, read_template(report.call.template), report.call.since, day)
    values = {"figures": {one.id: one.n for one in found}, "drawn_on": day}
    swap(report, OPEN, version, values)
    ReportList.objects.filter(report=report).delete()
    ReportList.objects.bulk_create(
        ReportList(report=report, figure=one.id, of=one.of, ids=list(one.ids), amounts=list(one.amounts))
        for one in found
    )
    append(
        actor=actor, at=at, action="report.draw", kind="report", key=report.pk, edition_id=report.call.edition_id,
        data={"as_of": day.isoformat(), "figures": len(found)},
    )  # fmt: skip
    return report


def _honours(unit: Organisation, template: Template, as_of: date) -> QuerySet[Honour]:
    """Honours of the unit that had begun by then."""
    own = Q(mark__path=unit.path) if template.reach == "own" else Q(mark__path__startswith=unit.path)
    rows = Honour.objects.filter(own | Q(mark__nominator=unit.pk), from_date__lte=as_of, mark__isnull=False)
    return rows.filter(mark__level__in=template.levels) if template.levels else rows


def _people(unit: Organisation, rows: QuerySet[Honour], as_of: date) -> list[Person]:
    """As they stood when the day ended."""
    found = list(rows.order_by("pk").values_list(
        "pk", "mark__level", "state", "from_date", "mark__gender", "mark__age", "mark__path", "mark__nominator"
    ))  # fmt: skip
    then = _states_then([one[0] for one in found], as_of)
    below = _units(unit)
    return [
        Person(pk, level, then.get(pk, state), begun, gender, age, _unit_of(path, nominator, below))
        for pk, level, state, begun, gender, age, path, nominator in found
    ]


def _states_then(ids: Iterable[int], as_of: date) -> Mapping[int, str]:
    """States of those that changed after a day: what they were before the first change."""
    ends = timezone.make_aware(datetime.combine(as_of, time.max))
    rows = StandingChange.objects.filter(at__gt=ends).order_by("-id").values_list("honour_id", "before")
    wanted = set(ids)
    return {pk: before for pk, before in rows if pk in wanted}


def _doings(ground: Ground) -> list[Doing]:
    """Confirmed entries within the period."""
    rows = ActivityEntry.objects.filter(
        honour__in=ground.honours, state=ActivityEntry.State.CONFIRMED, on__gte=ground.since, on__lte=ground.as_of
    )
    return [Doing(*one) for one in rows.values_list("pk", "honour_id", "kind")]


def _units(unit: Organisation) -> dict[int, str]:
    """Unions right under the unit, with their places in the tree."""
    rows = Organisation.objects.filter(parent=unit, kind=Organisation.Kind.UNION)
    return dict(rows.values_list("pk", "path"))


def _unit_of(path: str, nominator: int | None, below: Mapping[int, str]) -> int | None:
    """Under which of them an honour is: by its organiser, else by who nominated."""
    here = next((pk for pk, place in below.items() if path.startswith(place)), None)
    return here if here is not None else nominator if nominator in below else None
