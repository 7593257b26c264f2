"""Whose cultivation somebody sees, and with which hand.

The union that runs the programme, the unit that nominated, the enterprise, the artisan and the mentors have a hand in
it; unions over the organiser read.
"""

from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotAllowed, NotFound
from gongjiang.models import Case, Edition, EditionRole, Honour, Mentorship, Subject
from gongjiang.rules.cultivation.hands import LABELS, Hand

Row = TypeVar("Row", bound=Model)

AT_HOME = ("filer", "officer", "approver")
"""Grants with which people of an enterprise act for it."""


def visible_to(actor: Actor) -> QuerySet[Honour]:
    """Honours whose cultivation the actor sees, whatever became of them."""
    if actor.is_platform:
        return Honour.objects.all()
    if actor.anonymous:
        return Honour.objects.none()
    seen = held_by(actor, above(actor)) | Q(subject__in=Subject.objects.filter(user_id=actor.user_id or 0))
    return Honour.objects.filter(seen | Q(pk__in=_mentored(actor).values("honour")))


def held_by(actor: Actor, over: Iterable[str] = (), home: Collection[str] = AT_HOME) -> Q:
    """Honours of the editions that the actor's offices run, and of cases they recommended or filed. `over`: paths of
    organisations whose editions count too; `home`: grants that count at the enterprise. Editions and cases are found
    first, each by its own index: joined to all honours of a country they would take a tenth of a second a page."""
    handling = actor.organiser_ids(*HANDLING)
    ours = Q(nominator_id__in=handling) | Q(applying_unit_id__in=actor.organisation_ids(*home) if home else [])
    return Q(edition__in=editions_run(actor, over)) | Q(case__in=Case.objects.filter(ours))


def editions_run(actor: Actor, over: Iterable[str] = ()) -> QuerySet[Edition]:
    """Editions that the actor's offices organise or hold a part of, and those of organisers under the paths `over`."""
    handling = actor.organiser_ids(*HANDLING)
    part = EditionRole.objects.filter(organisation_id__in=handling, per_case=False).values("edition")
    run = Q(organiser_id__in=handling) | Q(pk__in=part)
    for path in over:
        run |= Q(organiser__path__startswith=path)
    return Edition.objects.filter(run)


def others(rows: QuerySet[Honour], actor: Actor) -> QuerySet[Honour]:
    """Without the actor's own; by a look-up of that one person, not of everybody's."""
    return rows.exclude(subject__in=Subject.objects.filter(user_id=actor.user_id or 0))


def takes_part(actor: Actor) -> bool:
    """Has the actor anything to do with cultivation: an artisan to see, or asked to be somebody's mentor?"""
    return visible_to(actor).exists() or Mentorship.objects.filter(user_id=actor.user_id or 0).exists()


def hands_of(actor: Actor, honour: Honour) -> frozenset[Hand]:
    """The actor's hands in one honour (loaded with subject, case, edition and its organiser). Empty: it is not theirs
    to see."""
    if actor.is_platform:
        return frozenset({Hand.UNION})
    if actor.anonymous:
        return frozenset()
    found: set[Hand] = set()
    if honour.subject.user_id == actor.user_id:
        found.add(Hand.ARTISAN)
    if _mentored(actor).filter(honour=honour).exists():
        found.add(Hand.MENTOR)
    case, edition = honour.case, honour.edition
    handling = actor.organiser_ids(*HANDLING)
    if case is not None and case.applying_unit_id in actor.organisation_ids(*AT_HOME):
        found.add(Hand.EMPLOYER)
    if case is not None and case.nominator_id in handling:
        found.add(Hand.NOMINATOR)
    if edition is not None:
        held = EditionRole.objects.filter(edition=edition, per_case=False, organisation_id__in=handling)
        if edition.organiser_id in handling or (handling and held.exists()):
            found.add(Hand.UNION)
        elif any(edition.organiser.path.startswith(path) for path in above(actor)):
            found.add(Hand.ABOVE)
    return frozenset(found)


def get_honour(actor: Actor, honour_id: int) -> Honour:
    """One honour of those that are seen, with what `hands_of` reads. NotFound for others."""
    found = visible_to(actor).select_related("subject", "case__applying_unit", "case__nominator", "edition__organiser")
    honour = found.filter(pk=honour_id).first()
    if honour is None:
        raise NotFound()
    return honour


def row_about(actor: Actor, rows: QuerySet[Row], path: str, key: int, *, lock: bool = False) -> Row:
    """One of the rows about honours that the actor sees, with what `hands_of` reads; `path` leads to the honour.
    NotFound for others."""
    mine = rows.filter(**{f"{path}__in": visible_to(actor)})
    mine = mine.select_for_update(of=("self",)) if lock else mine
    related = (f"{path}__{one}" for one in ("subject", "case", "edition__organiser"))
    found = mine.select_related(*related).filter(pk=key).first()
    if found is None:
        raise NotFound()
    return found


def need(actor: Actor, honour: Honour, *hands: Hand) -> frozenset[Hand]:
    """The actor's hands, one of `hands` at least. NotAllowed names who may."""
    found = hands_of(actor, honour)
    if not found & set(hands):
        who = "、".join(LABELS[one] for one in hands)
        raise NotAllowed(f"这一项由{who}办理。", "Not your part in this cultivation.")
    return found


def _mentored(actor: Actor) -> QuerySet[Mentorship]:
    """Where the actor is a standing mentor (双导师, 第十一条), with an account."""
    return Mentorship.objects.filter(user_id=actor.user_id or 0, state=Mentorship.State.STANDING)


def above(actor: Actor) -> list[str]:
    """Places in the tree of the unions that the actor handles matters of: they read what is under them."""
    return sorted(
        {one.path for one in actor.grants if one.role in HANDLING and one.kind == "union" and one.edition_id is None}
    )
