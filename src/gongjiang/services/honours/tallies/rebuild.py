"""Make the kept figures anew, and hold them against the rows they follow from."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, HonourMark, Tally
from gongjiang.rules.honours.tallying import Cell, activity_cells, honour_cells
from gongjiang.services.audit.append import append
from gongjiang.services.honours.tallies.marking import marks_kept, marks_now
from gongjiang.services.honours.tallies.recount import entries_of, recount

AT_ONCE = 1000


@transaction.atomic
def rebuild(*, actor: Actor, at: datetime) -> int:
    """From nothing. Returns how many honours count."""
    Tally.objects.all().delete()
    HonourMark.objects.all().delete()
    for ids in _pieces():
        recount(ids)
    n = HonourMark.objects.count()
    append(actor=actor, at=at, action="tallies.rebuild", kind="tallies", key="all", data={"honours": n})
    return n


def differences() -> Iterator[str]:
    """Kept figures that aren't what the rows say, each in a sentence."""
    live: Counter[Cell] = Counter()
    for ids in _pieces():
        now, kept = marks_now(ids), marks_kept(ids)
        for pk in sorted(set(now) | set(kept)):
            if now.get(pk) != kept.get(pk):
                yield f"荣誉 {pk} 的统计口径与现状不符，请运行 gongjiang tallies rebuild"
        for mark in now.values():
            live.update(honour_cells(mark))
        for pk, rows in entries_of(ids).items():
            for year, kind, state, n in rows if pk in now else []:
                live.update(dict.fromkeys(activity_cells(now[pk], year, kind, state), n))
    wanted = {one.key: n for one, n in live.items()}
    found = dict(Tally.objects.exclude(n=0).values_list("pk", "n"))
    for key in sorted(set(wanted) | set(found)):
        if wanted.get(key, 0) != found.get(key, 0):
            yield f"统计数 {key} 为 {found.get(key, 0)}，明细为 {wanted.get(key, 0)}，请运行 gongjiang tallies rebuild"


def _pieces() -> Iterator[list[int]]:
    ids = list(Honour.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
