"""Count honours anew after a change: whoever writes an honour calls this, in the same transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from gongjiang.models import ActivityEntry, Honour, HonourMark
from gongjiang.rules.honours.tallying import Cell, Mark, activity_cells, honour_cells
from gongjiang.services.tallies.ledger import add, counted
from gongjiang.services.tallies.listed import recount_listed
from gongjiang.services.tallies.marking import FIELDS, marks_kept, marks_now

YEAR = Substr(Cast("on", CharField()), 1, 4)
"""The year of an entry as both databases cut it from the date themselves: SQLite would ask Python for each row."""
Entries = dict[int, list[tuple[int, str, str, int]]]
"""By honour: year, kind, state of entries, and how many."""


def recount(honour_ids: Iterable[int]) -> None:
    """Figures follow what these honours are now, in the caller's transaction; nothing is written where nothing changed.
    A fixed number of queries."""
    ids = sorted(set(honour_ids))
    list(Honour.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    before, after = marks_kept(ids), marks_now(ids)
    changed = [pk for pk in ids if before.get(pk) != after.get(pk)]
    if not changed:
        return
    deltas: Counter[Cell] = Counter()
    for pk in changed:
        deltas.update(_honour(before.get(pk), -1))
        deltas.update(_honour(after.get(pk), 1))
    elsewhere = [pk for pk in changed if _place(before.get(pk)) != _place(after.get(pk))]
    for pk, rows in entries_of(elsewhere).items():
        for row in rows:
            deltas.update(_entry(before.get(pk), row, -1))
            deltas.update(_entry(after.get(pk), row, 1))
    add(deltas)
    keep_marks({pk: after[pk] for pk in changed if pk in after})
    HonourMark.objects.filter(pk__in=[pk for pk in changed if pk not in after]).delete()
    recount_listed(Honour.objects.filter(pk__in=changed).values_list("subject", flat=True))


def entries_of(honour_ids: Iterable[int]) -> Entries:
    """Entries that count (those withdrawn don't), by honour. One query."""
    ids = list(honour_ids)
    found: Entries = {}
    if not ids:
        return found
    rows = (
        ActivityEntry.objects.filter(honour_id__in=ids)
        .exclude(state=ActivityEntry.State.WITHDRAWN)
        .order_by()
        .values_list("honour_id", YEAR, "kind", "state")
        .annotate(n=Count("id"))
    )
    for pk, year, kind, state, n in rows:
        found.setdefault(pk, []).append((int(year), kind, state, n))
    return found


def keep_marks(marks: Mapping[int, Mark]) -> None:
    """What these honours count as, from now on."""
    rows = [HonourMark(honour_id=pk, **{name: getattr(one, name) for name in FIELDS}) for pk, one in marks.items()]
    HonourMark.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["honour"], update_fields=list(FIELDS)
    )


def _honour(mark: Mark | None, step: int) -> Counter[Cell]:
    return Counter() if mark is None else counted(honour_cells(mark), step)


def _entry(mark: Mark | None, row: tuple[int, str, str, int], step: int) -> Counter[Cell]:
    year, kind, state, n = row
    return Counter() if mark is None else counted(activity_cells(mark, year, kind, state), step * n)


def _place(mark: Mark | None) -> object:
    """What of an honour its entries count by."""
    return None if mark is None else (mark.scopes, mark.level, mark.province)
