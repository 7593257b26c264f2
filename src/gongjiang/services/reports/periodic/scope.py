"""Who sees which report: the unit whose it is, the union that asked, unions over either; and with which part."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotAllowed, NotFound
from gongjiang.models import Organisation, PeriodicReport, ReportCall
from gongjiang.services.reports.progress.seats import COUNTING

RELATED = ("call__asker", "unit")


def visible_to(actor: Actor) -> QuerySet[PeriodicReport]:
    """Reports that the actor sees. Of others' reports only what was handed in."""
    if actor.is_platform:
        return PeriodicReport.objects.all()
    ids = ours(actor)
    if not ids:
        return PeriodicReport.objects.none()
    above = Q(pk__in=[])
    for path in _paths(actor):
        above |= Q(call__asker__path__startswith=path)
    return PeriodicReport.objects.filter(Q(unit__in=ids) | Q(call__asker__in=ids) | (above & ~Q(digest="")))


def calls_visible_to(actor: Actor) -> QuerySet[ReportCall]:
    """Calls that the actor's organisations made, or unions under them."""
    if actor.is_platform:
        return ReportCall.objects.all()
    seen = Q(asker__in=ours(actor))
    for path in _paths(actor):
        seen |= Q(asker__path__startswith=path)
    return ReportCall.objects.filter(seen)


def ours(actor: Actor) -> set[int]:
    """Organisations that the actor handles matters of; a body right under a union acts for it."""
    return actor.organiser_ids(*HANDLING)


def acts_for(actor: Actor, organisation: Organisation, roles: tuple[str, ...]) -> bool:
    """May the actor take steps for the organisation, with one of these grants?"""
    return actor.is_platform or organisation.pk in actor.organiser_ids(*roles)


def askers(actor: Actor) -> list[Organisation]:
    """Organisations for which the actor may ask for reports. One query."""
    found = Organisation.objects.filter(kind__in=COUNTING).exclude(kind=Organisation.Kind.BODY)
    return list((found.filter(parent=None) if actor.is_platform else found.filter(pk__in=ours(actor))).order_by("path"))


def get_report(actor: Actor, report_id: int) -> PeriodicReport:
    """One report that is seen; NotFound for others. Of somebody else's only what was handed in."""
    found = visible_to(actor).select_related(*RELATED).filter(pk=report_id).first()
    if found is None:
        raise NotFound()
    return found


def reads_inside(actor: Actor, report: PeriodicReport) -> bool:
    """Is what the unit writes shown? Its own people see it at any time, others once it is handed in."""
    return bool(report.digest) or acts_for(actor, report.unit, tuple(HANDLING))


def get_call(actor: Actor, call_id: int) -> ReportCall:
    """One call that is seen; NotFound for others."""
    found = calls_visible_to(actor).select_related("asker").filter(pk=call_id).first()
    if found is None:
        raise NotFound()
    return found


def need(actor: Actor, organisation: Organisation, roles: tuple[str, ...]) -> None:
    """NotAllowed names who may."""
    if not acts_for(actor, organisation, roles):
        who = "审批人员" if roles == ("approver",) else "经办或审批人员"
        raise NotAllowed(f"这一步由{organisation.short_name or organisation.name}的{who}办理。", "Not your step.")


def _paths(actor: Actor) -> list[str]:
    return sorted(
        {one.path for one in actor.grants if one.role in HANDLING and one.kind == "union" and one.edition_id is None}
    )
