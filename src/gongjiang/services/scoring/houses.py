"""Which corporate group and which branch of the union an employer belongs to, by the tree of organisations."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from gongjiang.models import Organisation

GROUP, UNION = Organisation.Kind.GROUP, Organisation.Kind.UNION
#: Unions at the base, whose members know each other; those of counties and cities hold everybody.
BASE: Final = frozenset({Organisation.Level.EMPLOYER, Organisation.Level.UNIT})


@dataclass(frozen=True, slots=True)
class Houses:
    """Organisations by id, and ids by the names they go by."""

    by_id: Mapping[int, Organisation]
    by_name: Mapping[str, int]

    def employs(self, house: Organisation) -> bool:
        """Is it somewhere people work, rather than a union above or a body?"""
        return house.level in BASE or house.kind in {Organisation.Kind.ENTERPRISE, GROUP}

    def groups(self, names: Iterable[str], houses: Iterable[Organisation]) -> frozenset[str]:
        """Corporate groups, however far up, by their full names."""
        found: set[str] = set()
        waiting = [*self._known(names), *houses]
        seen: set[int] = set()
        while waiting:
            one = waiting.pop()
            if one.pk in seen:
                continue
            seen.add(one.pk)
            if one.kind == GROUP:
                found.add(_plain(one.name))
            above = {pk for pk in (one.corp_group_id, *one.ancestor_ids) if pk is not None}
            waiting += [self.by_id[pk] for pk in above if pk in self.by_id and self.by_id[pk].kind == GROUP]
        return frozenset(found)

    def branches(self, names: Iterable[str], houses: Iterable[Organisation]) -> frozenset[str]:
        """The nearest union at the base above each, as a key."""
        found = set()
        for one in (*self._known(names), *houses):
            line = [self.by_id[pk] for pk in reversed(one.ancestor_ids) if pk in self.by_id]
            nearest = next((above for above in line if above.kind == UNION and above.level in BASE), None)
            if nearest is not None:
                found.add(_plain(nearest.name))
        return frozenset(found)

    def _known(self, names: Iterable[str]) -> list[Organisation]:
        return [self.by_id[self.by_name[one]] for one in map(_plain, names) if one in self.by_name]


def houses_of(units: Iterable[Organisation], names: Iterable[str]) -> Houses:
    """These organisations, those that go by these names, and all above them. Three queries."""
    by_id = {one.pk: one for one in units}
    spelt = {text for one in names for text in (one, _plain(one)) if text}
    called = Q(name__in=spelt) | Q(short_name__in=spelt)
    for one in Organisation.objects.filter(called, Q(level__in=BASE) | Q(kind=GROUP)):
        by_id[one.pk] = one
    for _ in range(2):
        above = {pk for one in by_id.values() for pk in (*one.ancestor_ids, one.corp_group_id) if pk} - by_id.keys()
        by_id |= {one.pk: one for one in Organisation.objects.filter(pk__in=above)}
    by_name: dict[str, int] = {}
    for one in sorted(by_id.values(), key=lambda one: one.pk):
        for text in (one.short_name, one.name):
            if one.level in BASE or one.kind == GROUP:
                by_name.setdefault(_plain(text), one.pk)
    return Houses(by_id, by_name)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
