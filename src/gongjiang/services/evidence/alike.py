"""Files of different nominees that are much alike, for officers who see both sides: a hint, never a verdict."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, File, Likeness
from gongjiang.services.audit.append import append
from gongjiang.services.nominations import queries as nominations

PAGE = 50


@dataclass(frozen=True)
class Pair:
    """Two files alike, seen from one of them: `mine` here, `theirs` with another nominee."""

    row: Likeness
    mine: File
    theirs: File
    page: int
    page_there: int

    @property
    def answered(self) -> bool:
        """Has an officer looked at it and found nothing wrong?"""
        return self.row.answered_at is not None


def visible_to(actor: Actor) -> "QuerySet[Likeness]":
    """Pairs of which the actor, as an officer, sees both sides, and of which neither is the actor's own unit's to fill
    in; not those of one and the same person. Those who file, review or observe see none."""
    cases = _checked_by(actor)
    pairs = Likeness.objects.filter(one__case__in=cases, other__case__in=cases)
    same_person = Q(one__case__subject__isnull=False, one__case__subject=F("other__case__subject"))
    return pairs.filter(one__removed_at=None, other__removed_at=None).exclude(same_person)


def looks(actor: Actor, case: Case) -> bool:
    """Is this one of the officers who may see what is like this nomination's files?"""
    return _checked_by(actor).filter(pk=case.pk).exists()


def alike_of(actor: Actor, case: Case) -> list[Pair]:
    """Pairs of a nomination's files, those that nobody has answered first; one query."""
    rows = _with_sides(visible_to(actor).filter(Q(one__case=case) | Q(other__case=case)))
    found = [_from(row, row.one.case_id == case.pk) for row in rows.order_by("id")]
    return sorted(found, key=lambda one: one.answered)


def alike_in(actor: Actor, edition_id: int, after: int = 0) -> list[Pair]:
    """Pairs of an edition that wait for an answer, a page by key; the side of the edition stands first."""
    rows = visible_to(actor).filter(
        Q(one__case__process__edition_id=edition_id) | Q(other__case__process__edition_id=edition_id),
        pk__gt=after,
        answered_at=None,
    )
    found = _with_sides(rows).order_by("pk")[: PAGE + 1]
    return [_from(row, row.one.case.process.edition_id == edition_id) for row in found]


def get_pair(actor: Actor, likeness_id: int) -> Pair:
    """One pair, the later file first; NotFound if the actor may not see either side."""
    row = _with_sides(visible_to(actor).filter(pk=likeness_id)).first()
    if row is None:
        raise NotFound()
    return _from(row, first=False)


@transaction.atomic
def settle(*, actor: Actor, at: datetime, likeness_id: int, note: str = "") -> int:
    """Keep that an officer looked and found nothing wrong; how many pairs that settles: all of the same two contents
    that this officer sees, such as a certificate of the unit that many of its nominees hand in."""
    pair = get_pair(actor, likeness_id)
    if pair.answered:
        raise Refused("这一处已经有人看过。", "Somebody looked at it already.", place="材料相似")
    one, other = pair.row.one.digest, pair.row.other.digest
    contents = Q(one__digest=one, other__digest=other) | Q(one__digest=other, other__digest=one)
    keys = list(visible_to(actor).filter(contents, answered_at=None).values_list("pk", flat=True))
    said = clean(note).replace("\n", " ").strip()[:200]
    told = {"answered_by": actor.user_id, "answered_at": at, "note": said}
    number = Likeness.objects.filter(pk__in=keys, answered_at=None).update(**told)
    append(
        actor=actor,
        at=at,
        action="likeness.settle",
        kind="likeness",
        key=likeness_id,
        edition_id=pair.mine.case.process.edition_id,
        data={"pairs": keys, "kind": pair.row.kind},
    )
    return number


def _checked_by(actor: Actor) -> "QuerySet[Case]":
    """Submitted cases that the actor sees as an officer and has no part in filing."""
    if actor.is_platform:
        return Case.objects.filter(submitted_at__isnull=False)
    officer = Actor(actor.user_id, actor.name, tuple(one for one in actor.grants if one.role in HANDLING))
    own = Q(applying_unit_id__in=actor.organisation_ids("filer", *HANDLING))
    for edition_id in actor.edition_ids:
        units = actor.organisation_ids("filer", *HANDLING, edition_id=edition_id)
        own |= Q(applying_unit_id__in=units, process__edition_id=edition_id)
    mine = Q(filer_id=actor.user_id) | Q(subject__user_id=actor.user_id, subject__user_id__isnull=False)
    seen = nominations.visible_to(officer).filter(submitted_at__isnull=False)
    return seen.exclude(pk__in=Case.objects.filter(own | mine).values("pk"))


def _with_sides(rows: "QuerySet[Likeness]") -> "QuerySet[Likeness]":
    sides: Iterable[str] = (f"{side}__case__{what}" for side in ("one", "other") for what in _SHOWN)
    return rows.select_related("answered_by", *sides)


_SHOWN = ("process__edition", "applying_unit", "nominator")


def _from(row: Likeness, first: bool) -> Pair:
    """Seen from its first file or from its second."""
    if first:
        return Pair(row, row.one, row.other, row.page_one, row.page_other)
    return Pair(row, row.other, row.one, row.page_other, row.page_one)
