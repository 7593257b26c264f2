"""Make the kept figures anew, and hold them against the rows they follow from."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from gongjiang.kernel.actor import Actor
from gongjiang.models import ActivityEntry, Honour, HonourMark, ListedMark, RegistryEntry, Tally
from gongjiang.models.insert import insert_rows
from gongjiang.rules.honours.tallying import HONOURS, LISTED, Mark, activity_cells, cell_of, honour_cells
from gongjiang.services.audit.append import append
from gongjiang.services.tallies.listed import keep_listed, listed_kept, listed_now
from gongjiang.services.tallies.marking import marks_kept, marks_now
from gongjiang.services.tallies.recount import YEAR, keep_marks

AT_ONCE = 1000
PLACES = ("level", "province", "path", "nominator", "edition")
"""What of a mark its entries count by."""
COLUMNS = ("key", "scope", "of", "facet", "level", "year", "state", "value", "n")


@transaction.atomic
def rebuild(*, actor: Actor, at: datetime) -> int:
    """From nothing. Returns how many honours count."""
    Tally.objects.all().delete()
    HonourMark.objects.all().delete()
    ListedMark.objects.all().delete()
    live: Counter[str] = Counter()
    for ids in _pieces():
        marks = marks_now(ids)
        keep_marks(marks)
        _add(live, marks.values())
    for people in _people():
        found = listed_now(people)
        keep_listed(found)
        _add(live, (mark for _, mark in found.values()), LISTED)
    _add_entries(live)
    insert_rows(Tally, COLUMNS, (_row(key, n) for key, n in live.items()), {})
    n = HonourMark.objects.count()
    append(actor=actor, at=at, action="tallies.rebuild", kind="tallies", key="all", data={"honours": n})
    return n


def differences() -> Iterator[str]:
    """Kept figures that aren't what the rows say, each in a sentence."""
    live: Counter[str] = Counter()
    for ids in _pieces():
        now, kept = marks_now(ids), marks_kept(ids)
        for pk in sorted(set(now) | set(kept)):
            if now.get(pk) != kept.get(pk):
                yield f"荣誉 {pk} 的统计口径与现状不符，请运行 gongjiang tallies rebuild"
        _add(live, now.values())
    for people in _people():
        listed, was = listed_now(people), listed_kept(people)
        for subject, level in sorted(set(listed) | set(was)):
            if listed.get((subject, level)) != was.get((subject, level)):
                yield f"名册中的人 {subject}（{level}）的统计口径与现状不符，请运行 gongjiang tallies rebuild"
        _add(live, (mark for _, mark in listed.values()), LISTED)
    _add_entries(live)
    found = dict(Tally.objects.exclude(n=0).values_list("pk", "n"))
    for key in sorted(set(live) | set(found)):
        if live.get(key, 0) != found.get(key, 0):
            yield f"统计数 {key} 为 {found.get(key, 0)}，明细为 {live.get(key, 0)}，请运行 gongjiang tallies rebuild"


def _add(live: Counter[str], marks: Iterable[Mark], of: str = HONOURS) -> None:
    """Count honours, or people of registers; by keys, which are lighter than cells where there are many."""
    for mark in marks:
        live.update(one.key for one in honour_cells(mark, of))


def _add_entries(live: Counter[str]) -> None:
    """Count entries by the marks that are kept, those that count alike together. One query."""
    rows = ActivityEntry.objects.exclude(state=ActivityEntry.State.WITHDRAWN).filter(honour__mark__isnull=False)
    alike = rows.order_by().values_list(*(f"honour__mark__{one}" for one in PLACES), YEAR, "kind", "state")
    for level, province, path, nominator, edition, year, kind, state, n in alike.annotate(n=Count("id")).iterator():
        mark = Mark(level, 0, "", province, path=path, nominator=nominator, edition=edition)
        for one in activity_cells(mark, int(year), kind, state):
            live[one.key] += n


def _row(key: str, n: int) -> tuple[str | int, ...]:
    one = cell_of(key)
    return (key, one.scope, one.of, one.facet, one.level, one.year, one.state, one.value, n)


def _pieces() -> Iterator[list[int]]:
    return _cut(list(Honour.objects.order_by("pk").values_list("pk", flat=True)))


def _people() -> Iterator[list[int]]:
    """Whoever a register speaks of, or is counted for."""
    rows = RegistryEntry.objects.filter(standing=True, subject__isnull=False, source__register__counted=True)
    found = set(rows.order_by().values_list("subject", flat=True).distinct())
    found |= set(ListedMark.objects.values_list("subject", flat=True))
    return _cut(sorted(found))


def _cut(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
