"""What of a form was changed after somebody had said what they think of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gongjiang.models import Case, Edit
from gongjiang.services.programmes.programme import Programme

NAMED: Final = 4
"""So many boxes of the form are named; the rest are counted."""


@dataclass(frozen=True)
class Changed:
    """Labels of the boxes of the form that say otherwise, and when the last was changed."""

    labels: tuple[str, ...]
    at: datetime

    @property
    def words(self) -> str:
        """A few by name."""
        named = "、".join(self.labels[:NAMED])
        return named if len(self.labels) <= NAMED else f"{named}等 {len(self.labels)} 项"


def changed_since(programme: Programme, case: Case, moments: Collection[datetime]) -> dict[datetime, Changed]:
    """By moment, where anything was changed after it. One query; none without moments. Saves of one person within some
    minutes are one go: of a go that had begun before the moment, what came before it is told along."""
    if not moments:
        return {}
    edits = list(Edit.objects.filter(case=case, at__gt=min(moments)).order_by("id"))
    fields = programme.fields_of(case.award)
    found: dict[datetime, Changed] = {}
    for moment in moments:
        later = [one for one in edits if one.at > moment and one.changes]
        names = dict.fromkeys(name for one in later for name in one.changes)
        labels = tuple(dict.fromkeys(fields[name].shown for name in names if name in fields))
        if labels:
            found[moment] = Changed(labels, later[-1].at)
    return found
