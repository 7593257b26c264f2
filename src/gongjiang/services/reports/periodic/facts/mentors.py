"""Mentors who stood on the day, of which kinds; apprentices, and who finished in the period (第十一、十三条; M-09)."""

from collections.abc import Iterator

from django.db.models import Q

from gongjiang.models import Apprenticeship, Mentorship
from gongjiang.rules.reports.tables import Item, row_name
from gongjiang.services.reports.periodic.facts.ground import Ground


def items(ground: Ground) -> Iterator[Item]:
    """Two queries."""
    yield from _mentors(ground)
    yield from _apprentices(ground)


def _mentors(ground: Ground) -> Iterator[Item]:
    rows = Mentorship.objects.filter(
        Q(ended__isnull=True) | Q(ended__gt=ground.as_of),
        honour__in=ground.honours,
        state__in=[Mentorship.State.STANDING, Mentorship.State.ENDED],
        begun__lte=ground.as_of,
    )
    kinds: dict[int, set[str]] = {}
    for pk, honour, kind, label in rows.values_list("pk", "honour_id", "kind", "label"):
        kinds.setdefault(honour, set()).add(kind)
        yield Item("d", row_name(label), "mentors", pk)
        yield Item("d", row_name(label), "people", honour)
    for honour, found in kinds.items():
        yield Item("m", ground.level_of[honour], "mentored", honour)
        if len(found) > 1:
            yield Item("m", ground.level_of[honour], "both", honour)


def _apprentices(ground: Ground) -> Iterator[Item]:
    rows = Apprenticeship.objects.filter(honour__in=ground.honours, begun__lte=ground.as_of)
    for pk, honour, state, begun, ended in rows.values_list("pk", "honour_id", "state", "begun", "ended"):
        level = ground.level_of[honour]
        if ended is None or ended > ground.as_of:
            yield Item("m", level, "apprentices", pk)
        elif state == Apprenticeship.State.PASSED and ended >= ground.since:
            yield Item("m", level, "passed", pk)
        if begun >= ground.since:
            yield Item("m", level, "taken", pk)
