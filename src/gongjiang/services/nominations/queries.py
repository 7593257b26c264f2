"""Reading cases: who sees which, lists by key, the facts that pages need. Query counts don't grow with rows."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Assignment, BlindPanel, Case, CaseParty, EditionRole, Mentorship, StageRow
from gongjiang.rules.programmes.stage_types.moves import CaseState

#: Grants that see an organisation's cases.
SEEING = ("officer", "approver", "department", "observer")


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases the actor may see: about oneself; one's unit's, drafts too; once submitted those one's organisation
    has a part in or whose edition it runs, and those one was given to judge. Each while the grant stands; and once
    submitted, assessments of artisans whose mentor one is."""
    if actor.is_platform:
        return Case.objects.all()
    if actor.user_id is None:
        return Case.objects.none()
    seen = Q(subject__user_id=actor.user_id) | _judged(actor) | _mentored(actor)
    seen |= _through_organisations(actor, None)
    for edition_id in actor.edition_ids:
        seen |= Q(process__edition_id=edition_id) & _through_organisations(actor, edition_id)
    return Case.objects.filter(seen)


_SUBMITTED = Q(submitted_at__isnull=False)


def _mentored(actor: Actor) -> Q:
    standing = Mentorship.objects.filter(user_id=actor.user_id or 0, state=Mentorship.State.STANDING)
    return _SUBMITTED & Q(over__in=standing.values("honour"))


def _judged(actor: Actor) -> Q:
    """Submitted cases that the actor was given to judge and has declared for, while the grant as expert stands. Those
    of a blind panel are seen on its desk alone."""
    given = Assignment.objects.filter(case=OuterRef("pk"), expert__user_id=actor.user_id or 0, state="assigned")
    blind = BlindPanel.objects.filter(process=OuterRef("expert__process"), stage=OuterRef("stage"))
    given = given.exclude(Exists(blind))
    rule = _SUBMITTED & Q(Exists(given.exclude(expert__declared_at=None)))
    editions = {one.edition_id for one in actor.grants if one.role == "expert"}
    return rule if None in editions else rule & Q(process__edition_id__in=editions)


def _through_organisations(actor: Actor, edition_id: int | None, roles: tuple[str, ...] = SEEING) -> Q:
    """Cases of one's units, and submitted ones in which one's organisations have a part or whose edition they run."""
    seen = actor.organisation_ids(*roles, edition_id=edition_id)
    filed = actor.organisation_ids("filer", *roles, edition_id=edition_id)
    party = Exists(CaseParty.objects.filter(case=OuterRef("pk"), organisation_id__in=seen))
    running = Exists(
        EditionRole.objects.filter(edition=OuterRef("process__edition"), organisation_id__in=seen, per_case=False)
    )
    organised = Q(process__edition__organiser_id__in=seen)
    return Q(applying_unit_id__in=filed) | (_SUBMITTED & (Q(party) | Q(running) | organised))


def handled_by(actor: Actor, edition_id: int) -> QuerySet[Case]:
    """Cases of an edition that the actor sees because their office files or handles them: not those about oneself,
    only watched, or given to judge. What may be taken away as a whole (archives, books of forms)."""
    here = Case.objects.filter(process__edition_id=edition_id)
    if actor.is_platform:
        return here
    if actor.user_id is None:
        return here.none()
    roles = ("officer", "approver")
    return here.filter(_through_organisations(actor, edition_id, roles))


def get_case(actor: Actor, case_id: int) -> Case:
    """One case with what its pages need; NotFound if the actor may not see it."""
    found = (
        visible_to(actor)
        .select_related(
            "process__edition__pack", "process__edition__organiser", "subject", "applying_unit", "nominator", "filer"
        )
        .defer("process__edition__pack__source", "process__edition__pack__notice_text")
        .prefetch_related(Prefetch("parties", CaseParty.objects.select_related("organisation")), "rows")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def rows_prefetch() -> "Prefetch[str]":
    """All stage rows of listed cases in one query."""
    return Prefetch("rows", queryset=StageRow.objects.order_by("id"))


def list_cases(actor: Actor, *, edition_id: int, state: str = "", after: int = 0, limit: int = 50) -> list[Case]:
    """A page of cases of an edition by key, newest key last; `after` is the last key of the page before."""
    rows = visible_to(actor).filter(process__edition_id=edition_id, pk__gt=after)
    if state:
        rows = rows.filter(state=state)
    return list(
        rows.select_related("subject", "applying_unit", "nominator")
        .prefetch_related(rows_prefetch())
        .order_by("pk")[:limit]
    )


def live(case: Case) -> bool:
    """Is the case still in the running (or named)?"""
    return case.state in {CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED, CaseState.NAMED}
