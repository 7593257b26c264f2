"""An entry of an artisan's log is written or changed: the figures of what artisans do follow."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gongjiang.models import ActivityEntry
from gongjiang.rules.honours.tallying import Cell, activity_cells
from gongjiang.services.tallies.ledger import add, counted
from gongjiang.services.tallies.marking import marks_kept


@dataclass(frozen=True)
class Counts:
    """What of an entry is counted."""

    honour_id: int
    year: int
    kind: str
    state: str


def counts_as(entry: ActivityEntry | None) -> Counts | None:
    """None for an entry that doesn't count: none, or withdrawn."""
    if entry is None or entry.state == ActivityEntry.State.WITHDRAWN:
        return None
    return Counts(entry.honour_id, entry.on.year, entry.kind, str(entry.state))


def entry_moved(before: Counts | None, after: Counts | None) -> None:
    """The same entry as it counted before and as it counts now; in the transaction that writes it."""
    entries_moved([(before, after)])


def entries_moved(moved: Iterable[tuple[Counts | None, Counts | None]]) -> None:
    """The same of many entries at once, in a fixed number of statements."""
    steps = [(before, after) for before, after in moved if before != after]
    if not steps:
        return
    marks = marks_kept({one.honour_id for pair in steps for one in pair if one is not None})
    deltas: Counter[Cell] = Counter()
    for before, after in steps:
        for one, step in ((before, -1), (after, 1)):
            if one is not None and one.honour_id in marks:
                deltas.update(counted(activity_cells(marks[one.honour_id], one.year, one.kind, one.state), step))
    add(deltas)
