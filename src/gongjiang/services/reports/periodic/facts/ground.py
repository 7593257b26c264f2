"""Of whom and of which days a report speaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from gongjiang.models import Organisation
from gongjiang.rules.reports.figures import HELD, Person

AT_ONCE = 5000


@dataclass(frozen=True)
class Ground:
    """The unit, with those under it unless `own`; the levels it counts (none: all); its people as they stood on the
    day `as_of`; what happened counts from `since` on."""

    unit: Organisation
    own: bool
    levels: tuple[str, ...]
    people: tuple[Person, ...]
    since: date
    as_of: date

    @cached_property
    def level_of(self) -> Mapping[int, str]:
        """Levels of honours by id."""
        return {one.id: one.level for one in self.people}

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

    def pieces(self) -> Iterator[list[int]]:
        """The ids of the honours, so many at once as a query takes."""
        ids = [one.id for one in self.people]
        for start in range(0, len(ids), AT_ONCE):
            yield ids[start : start + AT_ONCE]

    def of_organisation(self) -> Q:
        """What belongs to the unit, or to one under it."""
        path = self.unit.path
        here = Q(organisation=self.unit.pk) if self.own else Q(organisation__path__startswith=path)
        return here & Q(organisation__level__in=self.levels) if self.levels else here
