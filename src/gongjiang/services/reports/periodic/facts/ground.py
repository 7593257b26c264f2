"""Of whom and of which days a report speaks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.models import Organisation
from gongjiang.rules.reports.figures import HELD, Person


@dataclass(frozen=True)
class Ground:
    """The unit, with those under it unless `own`; the levels it counts (none: all); its people as they stood on the
    day `as_of`, and their `honours` to ask for in a query; what happened counts from `since` on."""

    unit: Organisation
    own: bool
    levels: tuple[str, ...]
    honours: QuerySet[Any, Any]
    people: tuple[Person, ...]
    since: date
    as_of: date

    @cached_property
    def level_of(self) -> Mapping[int, str]:
        """Levels of honours by id; blank for one that came in while figures were drawn."""
        return defaultdict(str, {one.id: one.level for one in self.people})

    @cached_property
    def held(self) -> tuple[Person, ...]:
        """Trainees and artisans on the day."""
        return tuple(one for one in self.people if one.state in HELD)

    @cached_property
    def ends(self) -> datetime:
        """The last moment of the day."""
        return timezone.make_aware(datetime.combine(self.as_of, time.max))

    @cached_property
    def begins(self) -> datetime:
        """The first moment of the period."""
        return timezone.make_aware(datetime.combine(self.since, time.min))

    def of_organisation(self) -> Q:
        """What belongs to the unit, or to one under it."""
        path = self.unit.path
        here = Q(organisation=self.unit.pk) if self.own else Q(organisation__path__startswith=path)
        return here & Q(organisation__level__in=self.levels) if self.levels else here
