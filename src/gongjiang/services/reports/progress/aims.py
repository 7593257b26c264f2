"""What is aimed at: by the framework of the national union in all, by the notices of an organiser within an edition."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import Count

from gongjiang.catalogue.packs import find, load_text
from gongjiang.models import Case, Organisation, Process
from gongjiang.rules.honours.targets import Aim, aim_of
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.programmes.programme import Programme, programme_of

FRAMEWORK = "measures-2025"
LATEST = 12
GONE = (CaseState.DRAFT, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class EditionAim:
    """What one notice aims at for its own year. `year`: of the notice; `own`: at the level that it selects for itself,
    so that those of the edition count, whenever they were named."""

    aim: Aim
    edition_id: int
    edition: str
    year: int
    own: bool = False


@cache
def framework() -> tuple[tuple[Aim, ...], int]:
    """The targets to 2035 of the national measures, and the year they begin."""
    pack = load_text(find(FRAMEWORK)).pack
    found = (aim_of(one.label, one.value, "、".join(one.cite)) for one in load_text(find(FRAMEWORK)).targets)
    return tuple(one for one in found if one is not None), pack.year or 0


def editions_of(organisation: Organisation) -> list[Programme]:
    """The organiser's latest editions, newest first. One query."""
    rows = Process.objects.filter(name="nomination", edition__organiser=organisation)
    found = rows.exclude(edition__state="preparing").select_related("edition__pack", "edition__organiser")
    return [programme_of(one) for one in found.order_by("-edition_id")[:LATEST]]


def edition_aims(programmes: list[Programme]) -> Iterator[EditionAim]:
    """Targets without a final year: of each edition's own notice, with its answers put in; what two editions of a year
    aim at for others, once."""
    told: set[tuple[int, str, int]] = set()
    for one in programmes:
        year = one.pack.pack.year or 0
        for target in one.pack.targets:
            aim = aim_of(target.label, one.value(target.value), "、".join(target.cite), one.pack.pack.level)
            if aim is None or aim.by is not None:
                continue
            own = aim.level == one.pack.pack.level
            if own or (year, aim.label, aim.value) not in told:
                told.add((year, aim.label, aim.value))
                yield EditionAim(aim, one.edition.pk, one.edition.title, year, own)


def nominated(programmes: list[Programme]) -> int:
    """How many were nominated in these editions. One query."""
    rows = Case.objects.filter(process__in=[one.process.pk for one in programmes]).exclude(state__in=GONE)
    return int(rows.aggregate(n=Count("id"))["n"])
