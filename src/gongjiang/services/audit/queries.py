"""Reading the log: who sees which entries, one's own work, the timeline of a case."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.models import Edition, Entry
from gongjiang.services.audit.words import said

PAGE = 50
#: Work that counts as 已办结: steps with cases, lists, opinions, answers; not signing in or saving.
WORK = Q(action__startswith="case.") | Q(action__startswith="list.") | Q(action__startswith="opinion.")


@dataclass(frozen=True)
class Told:
    """One entry as people read it."""

    seq: int
    at: datetime
    by: str
    said: str
    note: str
    case_id: int | None
    edition_id: int | None
    action: str
    stage: str
    data: dict[str, Any]
    digest: str

    def url_of(self, case_page: Callable[[int], str]) -> str:
        """Where what it tells of is looked at."""
        return case_page(self.case_id) if self.case_id else ""


def visible_to(actor: Actor) -> QuerySet[Entry]:
    """System administrators and observers of the system's root see all; observers and officers of an organiser
    the entries of its editions; everybody what they did themselves."""
    if actor.is_platform or actor.has("system_admin"):
        return Entry.objects.all()
    if actor.user_id is None:
        return Entry.objects.none()
    ours = actor.organiser_ids("observer", *HANDLING)
    editions = list(Edition.objects.filter(organiser_id__in=ours).values_list("pk", flat=True))
    return Entry.objects.filter(Q(actor_id=actor.user_id) | Q(edition_id__in=editions))


def done_by(actor: Actor, *, limit: int = 0) -> tuple[list[Told], int]:
    """What the actor has done, newest first, and how much in all."""
    rows = Entry.objects.filter(WORK, actor_id=actor.user_id or 0).exclude(action="case.start")
    total = rows.count()
    return [told(one) for one in rows.order_by("-seq")[:limit]] if limit else [], total


def timeline(case_id: int) -> list[Told]:
    """All that happened to a case, in order, in one query. The caller has asked who may see the case."""
    return [told(one) for one in Entry.objects.filter(case_id=case_id).order_by("seq")]


def entries(
    actor: Actor, *, edition_id: int | None = None, case_id: int | None = None, action: str = "", before: int = 0
) -> list[Told]:
    """A page of the log by key, newest first; one more than a page shows, to know whether there is another."""
    rows = visible_to(actor)
    if edition_id is not None:
        rows = rows.filter(edition_id=edition_id)
    if case_id is not None:
        rows = rows.filter(case_id=case_id)
    if action:
        rows = rows.filter(action__startswith=action)
    if before:
        rows = rows.filter(seq__lt=before)
    return [told(one) for one in rows.order_by("-seq")[: PAGE + 1]]


def told(entry: Entry) -> Told:
    """An entry with its words; its data come from the hashed body."""
    data = json.loads(entry.body).get("data", {})
    words, note = said(entry.action, data)
    return Told(
        entry.seq,
        entry.at,
        entry.actor_name,
        words,
        note,
        entry.case_id,
        entry.edition_id,
        entry.action,
        str(data.get("stage", "")),
        data,
        entry.digest,
    )


def watches(actor: Actor) -> bool:
    """Does the actor read more of the log than their own steps: an observer, an organiser, an administrator?"""
    return may_verify(actor) or Edition.objects.filter(organiser_id__in=actor.organiser_ids(*HANDLING)).exists()


def may_verify(actor: Actor) -> bool:
    """Observers and system administrators may walk the chain."""
    return actor.is_platform or actor.has("observer", "system_admin")
