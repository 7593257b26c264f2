"""Make the kept figures anew, and hold them against the rows they follow from."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, HonourMark, Tally
from gongjiang.models.insert import insert_rows
from gongjiang.rules.honours.tallying import Mark, activity_cells, cell_of, honour_cells
from gongjiang.services.audit.append import append
from gongjiang.services.honours.tallies.marking import marks_kept, marks_now
from gongjiang.services.honours.tallies.recount import Entries, entries_of, keep_marks

AT_ONCE = 1000
COLUMNS = ("key", "scope", "of", "facet", "level", "year", "state", "value", "n")


@transaction.atomic
def rebuild(*, actor: Actor, at: datetime) -> int:
    """From nothing. Returns how many honours count."""
    Tally.objects.all().delete()
    HonourMark.objects.all().delete()
    live: Counter[str] = Counter()
    for ids in _pieces():
        marks = marks_now(ids)
        keep_marks(marks)
        _add(live, marks, entries_of(ids))
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
        _add(live, now, entries_of(ids))
    found = dict(Tally.objects.exclude(n=0).values_list("pk", "n"))
    for key in sorted(set(live) | set(found)):
        if live.get(key, 0) != found.get(key, 0):
            yield f"统计数 {key} 为 {found.get(key, 0)}，明细为 {live.get(key, 0)}，请运行 gongjiang tallies rebuild"


def _add(live: Counter[str], marks: dict[int, Mark], entries: Entries) -> None:
    """Count marks and entries; by keys, which are lighter than cells where there are many."""
    for mark in marks.values():
        live.update(one.key for one in honour_cells(mark))
    for pk, rows in entries.items():
        for year, kind, state, n in rows if pk in marks else []:
            for one in activity_cells(marks[pk], year, kind, state):
                live[one.key] += n


def _row(key: str, n: int) -> tuple[str | int, ...]:
    one = cell_of(key)
    return (key, one.scope, one.of, one.facet, one.level, one.year, one.state, one.value, n)


def _pieces() -> Iterator[list[int]]:
    ids = list(Honour.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
