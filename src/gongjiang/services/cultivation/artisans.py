"""Artisans as a list: those one has a hand in, and one's own honours."""

from dataclasses import dataclass

from django.db.models import Count, Q

from gongjiang.kernel.actor import Actor
from gongjiang.models import Edition, Honour, RegistryEntry, Subject
from gongjiang.services.cultivation.scope import visible_to

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What is looked for: words of name, title or unit; a state; an edition's id. Blank: all."""

    text: str = ""
    state: str = ""
    edition: str = ""


@dataclass(frozen=True)
class Page:
    """One page, newest first. `states`: (state, label, how many), all first; `after`: where the next page begins."""

    rows: tuple[Honour, ...]
    states: tuple[tuple[str, str, int], ...]
    editions: tuple[tuple[int, str], ...]
    after: int


def artisans(actor: Actor, asked: Asked, *, after: int = 0, limit: int = PAGE) -> Page:
    """A page of the honours whose cultivation the actor sees. Three queries."""
    seen = visible_to(actor)
    found = seen
    if asked.text:
        found = found.filter(
            Q(name__icontains=asked.text)
            | Q(title__icontains=asked.text)
            | Q(case__applying_unit__name__icontains=asked.text)
        )
    if asked.edition.isdecimal():
        found = found.filter(edition_id=int(asked.edition))
    counts = dict(found.values_list("state").annotate(n=Count("pk", distinct=True)))
    states = [("", "全部", sum(counts.values()))]
    states += [(str(key), str(word), counts[key]) for key, word in Honour.State.choices if counts.get(key)]
    if asked.state:
        found = found.filter(state=asked.state)
    if after:
        found = found.filter(pk__lt=after)
    rows = list(
        found.distinct().select_related("edition", "case__applying_unit", "subject").order_by("-pk")[: limit + 1]
    )
    editions = Edition.objects.filter(honours__in=seen).distinct().order_by("-pk").values_list("pk", "title")
    more = len(rows) > limit
    return Page(tuple(rows[:limit]), tuple(states), tuple(editions[:200]), rows[limit - 1].pk if more else 0)


def own_honours(actor: Actor) -> list[Honour]:
    """The honours that the actor holds or held, the newest first."""
    if actor.user_id is None:
        return []
    held = Honour.objects.filter(subject__user_id=actor.user_id)
    return list(
        held.select_related("subject", "case__applying_unit", "edition__organiser").order_by("-from_date", "-pk")
    )


def own_listed(actor: Actor) -> list[RegistryEntry]:
    """What imported registers say of the actor, the latest first."""
    if actor.user_id is None:
        return []
    rows = RegistryEntry.objects.filter(subject__user_id=actor.user_id, standing=True)
    return list(rows.select_related("source__register").order_by("-date", "-id")[:50])


def holds_honour(actor: Actor) -> bool:
    """Does the actor hold an honour, or did, here or by an imported register?"""
    if actor.user_id is None:
        return False
    mine = Subject.objects.filter(user_id=actor.user_id)
    return mine.filter(Q(honours__isnull=False) | Q(registry_entries__standing=True)).exists()
