"""A file taken in hand by one worker of several, and by one only: its row says so."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from gongjiang.models import File, Prepared, Recognised

TRIES: Final = 3
STALE: Final = timedelta(minutes=5)
"""A file taken so long ago belongs to a worker that died over it, or that the storage failed: it is tried again."""
Words = type[Prepared] | type[Recognised]


def take_in_hand(
    rows: QuerySet[File], at: datetime, words: Words, *, state: str, tries: str, since: str
) -> File | None:
    """The next of `rows` whose `state` (the name of a field with these `words`) waits, or was left running; None if
    none does. `tries`, `since`: the fields that count and date the taking. What failed three times is given up."""
    while True:
        due = Q(**{state: words.WAITING}) | Q(**{state: words.RUNNING, f"{since}__lt": at - STALE})
        row = rows.filter(due).order_by("id").first()
        if row is None:
            return None
        held, tried = getattr(row, state), getattr(row, tries)
        mine = File.objects.filter(pk=row.pk, **{state: held, tries: tried})
        if tried >= TRIES:
            mine.update(**{state: words.FAILED})
        elif mine.update(**{state: words.RUNNING, tries: tried + 1, since: at}):
            return row
