"""Reading mentors and apprentices: of one artisan, and of the mentor who has signed in."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Apprenticeship, Honour, Invitation, Mentorship
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.rules.programmes.schema.cultivation import MentorKind
from gongjiang.services.cultivation import scope
from gongjiang.services.cultivation.framework import framework_of
from gongjiang.services.cultivation.keeping import looks_after
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.services.cultivation.writing import LIVING
from gongjiang.services.people.sealing import open_text

State = Mentorship.State


@dataclass(frozen=True)
class Place:
    """One kind of mentor: who stands, who is asked."""

    kind: MentorKind
    standing: Mentorship | None
    proposed: Mentorship | None
    mobile: str = ""


@dataclass(frozen=True)
class Mentors:
    """All about an artisan's mentors. `keeps`: the viewer proposes and ends; `own`: they are the artisan; `links`:
    the open link of each 'id.side'."""

    honour: Honour
    hands: frozenset[Hand]
    places: tuple[Place, ...]
    past: tuple[Mentorship, ...]
    apprentices: tuple[Apprenticeship, ...]
    links: dict[str, Invitation]
    keeps: bool
    own: bool


def visible_to(actor: Actor) -> QuerySet[Mentorship]:
    """Mentors of honours that the actor sees, and where they are asked themselves."""
    mine = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    return Mentorship.objects.filter(mine | Q(honour__in=scope.visible_to(actor)))


def mentors_of(actor: Actor, honour_id: int) -> Mentors:
    """For whoever sees the honour; numbers to call only for the artisan, those who look after them and the mentor."""
    honour = get_honour(actor, honour_id)
    hands = hands_of(actor, honour)
    rows = list(visible_to(actor).filter(honour=honour).order_by("-at", "-pk"))
    keeps = looks_after(hands) and honour.state in LIVING
    links = Invitation.objects.filter(case_id=honour.case_id or 0, purpose="mentor", used_at=None, revoked_at=None)
    return Mentors(
        honour=honour,
        hands=hands,
        places=places(honour, rows, calls=bool(hands & {*KEEPING, Hand.ARTISAN})),
        past=tuple(one for one in rows if one.state in {State.ENDED, State.DECLINED}),
        apprentices=tuple(Apprenticeship.objects.filter(honour=honour).order_by("state", "-begun", "-pk")),
        links={one.key: one for one in links} if keeps else {},
        keeps=keeps,
        own=Hand.ARTISAN in hands,
    )


def places(honour: Honour, rows: list[Mentorship], *, calls: bool) -> tuple[Place, ...]:
    """The programme's kinds of mentors, and any kind that somebody stands in all the same."""
    kinds = {one.id: one for one in framework_of(honour).mentors}
    for row in rows:
        if row.state in {State.STANDING, State.PROPOSED} and row.kind not in kinds:
            kinds[row.kind] = MentorKind(id=row.kind, label=row.label)
    found = []
    for kind in kinds.values():
        mine = {row.state: row for row in rows if row.kind == kind.id}
        standing = next((one for one in rows if one.kind == kind.id and one.state == State.STANDING), None)
        proposed = mine.get(State.PROPOSED)
        number = open_text(standing.mobile, "mobile") if standing is not None and calls and standing.mobile else ""
        found.append(Place(kind, standing, proposed, number))
    return tuple(found)


def standing_mentors(honour: Honour, *, calls: bool) -> tuple[Place, ...]:
    """For the artisan's pages; whoever asks has been let see the honour. One query."""
    rows = list(Mentorship.objects.filter(honour=honour, state__in=[State.STANDING, State.PROPOSED]))
    return places(honour, rows, calls=calls)


def mentorship_of(actor: Actor, honour_id: int, mentorship_id: int) -> Mentorship:
    """One row of an honour that the actor sees."""
    honour = get_honour(actor, honour_id)
    row = visible_to(actor).filter(pk=mentorship_id, honour=honour).first()
    if row is None:
        raise NotFound()
    row.honour = honour
    return row


def own_mentorship(actor: Actor, mentorship_id: int, side: str) -> Mentorship:
    """One row in which the actor is the mentor or the artisan, as `side` says."""
    if actor.user_id is None or side not in {"mentor", "artisan"}:
        raise NotFound()
    mine = {"user_id": actor.user_id} if side == "mentor" else {"honour__subject__user_id": actor.user_id}
    row = visible_to(actor).select_related("honour__subject").filter(pk=mentorship_id, **mine).first()
    if row is None:
        raise NotFound()
    return row


def own_mentorships(actor: Actor) -> list[Mentorship]:
    """Where the actor is mentor, or is asked to be; those that ended come last."""
    if actor.user_id is None:
        return []
    rows = Mentorship.objects.filter(user_id=actor.user_id).select_related("honour__case__applying_unit")
    order = {State.PROPOSED: 0, State.STANDING: 1, State.ENDED: 2, State.DECLINED: 3}
    return sorted(rows.order_by("-at", "-pk")[:200], key=lambda one: order[State(one.state)])


def is_mentor(actor: Actor) -> bool:
    """Is the actor a mentor of somebody, or asked to be?"""
    asked = [State.PROPOSED, State.STANDING]
    return actor.user_id is not None and Mentorship.objects.filter(user_id=actor.user_id, state__in=asked).exists()
