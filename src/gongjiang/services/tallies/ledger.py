"""The one place in which kept figures change."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import F

from gongjiang.models import Tally
from gongjiang.rules.honours.tallying import Cell

AT_ONCE = 500


def add(deltas: Mapping[Cell, int]) -> None:
    """Move the figures, in the caller's transaction. A figure below zero is refused by the database."""
    moved = {cell: n for cell, n in deltas.items() if n}
    rows = [
        Tally(
            key=one.key, scope=one.scope, of=one.of, facet=one.facet, level=one.level, year=one.year, state=one.state,
            value=one.value,
        )
        for one, n in moved.items()
        if n > 0
    ]  # fmt: skip
    Tally.objects.bulk_create(sorted(rows, key=lambda one: one.key), batch_size=AT_ONCE, ignore_conflicts=True)
    by_step: dict[int, list[str]] = {}
    for cell, n in moved.items():
        by_step.setdefault(n, []).append(cell.key)
    for step in sorted(by_step):
        for keys in _pieces(sorted(by_step[step])):
            Tally.objects.filter(pk__in=keys).update(n=F("n") + step)


def counted(cells: Iterable[Cell], step: int = 1) -> Counter[Cell]:
    """So many more (or fewer) in each cell."""
    found: Counter[Cell] = Counter()
    for one in cells:
        found[one] += step
    return found


def _pieces(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
