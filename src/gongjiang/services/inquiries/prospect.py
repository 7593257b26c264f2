"""Before a matter is opened: about whom it may be, on which grounds, against which unit."""

from dataclasses import dataclass

from django.db.models import Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, CaseParty, Edition, EditionRole, Honour, Inquiry, Objection, Organisation
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.inquiries.grounds import About, Ground, grounds
from gongjiang.services.inquiries.authority import (
    OFFICE,
    above,
    bodies_for,
    editions_of,
    may_open,
    may_see_honour,
    works_in,
)
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.programmes.programme import Programme, main_process, programme_of

Kind = Inquiry.Kind
WITH = ("process__edition__pack", "process__edition__organiser", "subject", "applying_unit", "nominator")


@dataclass(frozen=True)
class Prospect:
    """Whom a matter would be about. `units`: who may be held responsible, the likeliest first."""

    programme: Programme
    kind: Kind
    about: About
    name: str
    case: Case | None
    honour: Honour | None
    units: tuple[Organisation, ...]
    grounds: tuple[Ground, ...]
    objection: Objection | None = None

    def ground(self, name: str) -> Ground | None:
        """A ground by id."""
        return next((one for one in self.grounds if one.id == name), None)

    def bodies(self, actor: Actor, ground: Ground | None) -> frozenset[int]:
        """Who decides. A body that is itself held responsible doesn't: then the organisation over it. To reinstate,
        those who conferred or, where somebody over them opens it, their own office."""
        found = bodies_for(self.programme, self.about, ground, self.case)
        if self.kind == Kind.REINSTATEMENT and not works_in(actor, found, self.programme.edition.pk):
            upper = {one for one in above(found) if actor.has(*OFFICE, organisation_id=one)}
            return frozenset(upper) or found
        return found


def prospect_of(
    actor: Actor,
    *,
    case_id: int | None = None,
    honour_id: int | None = None,
    unit_id: int | None = None,
    edition_id: int | None = None,
    objection_id: int | None = None,
) -> Prospect:
    """The one thing that is named. NotFound for what the actor can't open a matter about."""
    if honour_id is not None:
        return _of_honour(actor, honour_id)
    if unit_id is not None and edition_id is not None:
        return _of_unit(actor, unit_id, edition_id)
    objection = _objection(objection_id)
    if objection is not None:
        case_id = objection.entry.case_id
    found = _of_case(actor, case_id or 0)
    if isinstance(found.honour, Honour):
        return found
    return Prospect(**{**found.__dict__, "objection": objection})


def _objection(objection_id: int | None) -> Objection | None:
    if objection_id is None:
        return None
    rows = Objection.objects.select_related("entry").filter(pk=objection_id, state=Objection.State.DECIDED)
    return rows.first()


def _of_case(actor: Actor, case_id: int) -> Prospect:
    case = (
        visible_to(actor)
        .filter(pk=case_id, submitted_at__isnull=False)
        .select_related(
            "process__edition__pack", "process__edition__organiser", "subject", "applying_unit", "nominator"
        )
        .first()
    )
    if case is None:
        raise NotFound()
    honour = Honour.objects.filter(case=case).first()
    if honour is not None:
        return _of_honour(actor, honour.pk)
    programme = programme_of(case.process)
    found = grounds(About.CASE, programme.pack.accountability)
    bodies = frozenset[int]().union(*(bodies_for(programme, About.CASE, one, case) for one in found))
    if not may_open(actor, programme, bodies):
        raise NotFound()
    units = tuple(dict.fromkeys((case.nominator, case.applying_unit)))
    return Prospect(programme, Kind.ACCOUNTABILITY, About.CASE, case.title, case, None, units, found)


def _of_honour(actor: Actor, honour_id: int) -> Prospect:
    honour = (
        Honour.objects.select_related(
            "document__process__edition__pack",
            "document__process__edition__organiser",
            "subject",
            "case__applying_unit",
            "case__nominator",
        )
        .filter(pk=honour_id, document__isnull=False)
        .first()
    )
    if honour is None or honour.document is None:
        raise NotFound()
    programme = programme_of(honour.document.process)
    if not may_see_honour(actor, honour, programme):
        raise NotFound()
    back = honour.state == Standing.REVOKED
    units = (honour.case.nominator, honour.case.applying_unit) if honour.case is not None else ()
    return Prospect(
        programme,
        Kind.REINSTATEMENT if back else Kind.EXIT,
        About.HONOUR,
        honour.name,
        None,
        honour,
        tuple(dict.fromkeys(units)),
        () if back else grounds(About.HONOUR, programme.pack.accountability),
    )


def _of_unit(actor: Actor, unit_id: int, edition_id: int) -> Prospect:
    edition = Edition.objects.select_related("pack", "organiser").filter(pk=edition_id).first()
    unit = Organisation.objects.filter(pk=unit_id).first()
    if edition is None or unit is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    found = grounds(About.UNIT, programme.pack.accountability)
    bodies = frozenset[int]().union(*(bodies_for(programme, About.UNIT, one, None) for one in found))
    has_part = (
        CaseParty.objects.filter(case__process__edition=edition, organisation=unit).exists()
        or Case.objects.filter(Q(nominator=unit) | Q(applying_unit=unit), process__edition=edition).exists()
        or EditionRole.objects.filter(edition=edition, organisation=unit, role__in=programme.nominating).exists()
    )
    if not has_part or not may_open(actor, programme, bodies):
        raise NotFound()
    return Prospect(programme, Kind.ACCOUNTABILITY, About.UNIT, unit.name, None, None, (unit,), found)


@dataclass(frozen=True)
class Found:
    """Something that a search came upon: nominations first have no honour."""

    name: str
    note: str
    edition: str
    case_id: int | None = None
    honour_id: int | None = None
    unit_id: int | None = None
    edition_id: int | None = None


def search(actor: Actor, text: str, limit: int = 20) -> list[Found]:
    """Honours, nominations and recommending units by name, of the editions in which one's office has a hand."""
    if not text.strip():
        return []
    ours = actor.organisation_ids(*OFFICE)
    editions = editions_of(ours) | set(Edition.objects.filter(organiser_id__in=ours).values_list("pk", flat=True))
    honours = Honour.objects.filter(document__process__edition_id__in=editions, name__icontains=text)
    found = [
        Found(one.name, f"{one.title}，{one.get_state_display()}", one.document.process.edition.title, honour_id=one.pk)
        for one in honours.select_related("document__process__edition").order_by("-pk")[:limit]
        if one.document is not None
    ]
    cases = visible_to(actor).filter(
        process__edition_id__in=editions, submitted_at__isnull=False, title__icontains=text, honour__isnull=True
    )
    found += [
        Found(one.title, f"申报，{one.nominator.short_name}推荐", one.process.edition.title, case_id=one.pk)
        for one in cases.select_related("process__edition", "nominator").order_by("-pk")[:limit]
    ]
    units = Case.objects.filter(process__edition_id__in=editions, submitted_at__isnull=False).filter(
        Q(nominator__name__icontains=text) | Q(nominator__short_name__icontains=text)
    )
    rows = units.values_list("nominator_id", "nominator__name", "process__edition_id", "process__edition__title")
    found += [
        Found(name, "推荐单位", edition, unit_id=unit_id, edition_id=edition_id)
        for unit_id, name, edition_id, edition in rows.distinct().order_by("nominator__name", "process__edition_id")[
            :limit
        ]
    ]
    return found
