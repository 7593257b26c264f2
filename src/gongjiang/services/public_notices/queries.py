"""Reading notices and objections for those who post and handle them."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, EditionRole, Notice, Objection
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.authority import all_roles, publish_stage
from gongjiang.services.public_notices.settle import OVER

#: Grants that see objections: those who handle them, and the discipline observers beside them.
SEEING = ("officer", "approver", "department", "observer")


def notices_of(programme: Programme, stage_id: str, unit: int | None = None) -> list[Notice]:
    """All notices of a stage (of a `unit`'s own), in order, with how many stand on each."""
    return list(
        Notice.objects.filter(process=programme.process, stage=stage_id, unit_id=unit)
        .annotate(people=Count("entries"), struck=Count("entries", filter=Q(entries__state="struck")))
        .order_by("ordinal")
    )


def visible_to(actor: Actor) -> QuerySet[Objection]:
    """Objections of notices whose organiser, publisher or handler the actor's organisation is."""
    if actor.is_platform:
        return Objection.objects.all()
    if actor.user_id is None:
        return Objection.objects.none()
    found = _seen(actor.organisation_ids(*SEEING))
    for edition_id in actor.edition_ids:
        limited = actor.organisation_ids(*SEEING, edition_id=edition_id) - actor.organisation_ids(*SEEING)
        found |= Q(entry__notice__process__edition_id=edition_id) & _seen(limited)
    return Objection.objects.filter(found)


def _seen(organisations: set[int]) -> Q:
    """Objections of the editions that these organise, and of the notices that they publish or handle."""
    if not organisations:
        return Q(pk__in=[])
    editions = set(Edition.objects.filter(organiser_id__in=organisations).values_list("id", flat=True))
    parts: Q = Q(entry__notice__process__edition_id__in=editions)
    for edition_id, stage in _handled(organisations):
        parts |= Q(entry__notice__process__edition_id=edition_id, entry__notice__stage=stage)
    for edition_id, stage, unit in _own(organisations):
        parts |= Q(
            entry__notice__process__edition_id=edition_id, entry__notice__stage=stage, entry__notice__unit_id=unit
        )
    return parts


def _handled(organisations: set[int]) -> list[tuple[int, str]]:
    """(edition, stage) of notices that these organisations publish or whose objections they handle."""
    held: dict[int, set[str]] = {}
    for edition_id, role in EditionRole.objects.filter(organisation_id__in=organisations, per_case=False).values_list(
        "edition_id", "role"
    ):
        held.setdefault(edition_id, set()).add(role)
    notices = (
        Notice.objects.filter(process__edition_id__in=held)
        .select_related("process__edition__pack")
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
        .filter(ordinal=1)
        .order_by("process_id", "stage")
    )
    found: dict[tuple[int, str], None] = {}
    for notice in notices:
        if _roles(notice) & held[notice.process.edition_id]:
            found[(notice.process.edition_id, notice.stage)] = None
    return list(found)


def _own(organisations: set[int]) -> list[tuple[int, str, int]]:
    """(edition, stage, unit) of notices of these units' own in which they have a part."""
    notices = (
        Notice.objects.filter(unit_id__in=organisations)
        .select_related("process__edition__pack")
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
        .order_by("process_id", "stage", "unit_id", "ordinal")
    )
    rows = EditionRole.objects.filter(organisation_id__in=organisations, per_case=True)
    held = set(rows.values_list("edition_id", "organisation_id", "role")) if notices else set()
    found: dict[tuple[int, str, int], None] = {}
    for one in notices:
        edition_id, unit = one.process.edition_id, one.unit_id or 0
        if any((edition_id, unit, role) in held for role in _roles(one)):
            found[(edition_id, one.stage, unit)] = None
    return list(found)


def _roles(notice: Notice) -> frozenset[str]:
    """Who publishes it or handles objections to it."""
    programme = programme_of(notice.process)
    return programme.expand(all_roles(publish_stage(programme, notice.stage)))


def queue(actor: Actor, *, edition_id: int | None, state: str = "", after: int = 0, limit: int = 50) -> list[Objection]:
    """A page of an edition's (or all) objections by key, oldest first; `state` '' is what is still open."""
    rows = _of(visible_to(actor), edition_id).filter(pk__gt=after)
    if state == "over":
        rows = rows.filter(state__in=OVER)
    elif state in Objection.State.values:
        rows = rows.filter(state=state)
    else:
        rows = rows.exclude(state__in=OVER)
    return list(
        rows.select_related("entry__case", "entry__notice__process__edition", "refused_by").order_by("pk")[:limit]
    )


def _of(rows: QuerySet[Objection], edition_id: int | None) -> QuerySet[Objection]:
    return rows if edition_id is None else rows.filter(entry__notice__process__edition_id=edition_id)


def counts(actor: Actor, edition_id: int | None) -> dict[str, int]:
    """How many objections of an edition stand in each state."""
    rows = _of(visible_to(actor), edition_id)
    return dict(rows.values_list("state").annotate(n=Count("id")).order_by("state"))


def get_objection(actor: Actor, objection_id: int) -> Objection:
    """One objection with what its page needs; NotFound for others."""
    found = (
        visible_to(actor)
        .select_related(
            "entry__case__applying_unit",
            "entry__case__nominator",
            "entry__case__subject",
            "entry__notice__process__edition__pack",
            "entry__notice__process__edition__organiser",
            "refused_by",
            "refusal_confirmed_by",
            "decided_by",
            "proposed_by",
            "merged_into",
        )
        .filter(pk=objection_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def others_about(objection: Objection) -> Sequence[Objection]:
    """Other objections about the same person, newest first."""
    rows = Objection.objects.filter(entry__case_id=objection.entry.case_id).exclude(pk=objection.pk)
    return list(rows.order_by("-id")[:20])
