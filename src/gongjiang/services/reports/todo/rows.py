"""Open rows of cases that a person has to do with, in one query, and the boxes asked of their organisations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from gongjiang.models import CaseParty, Opinion, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.services.nominations.asking import has_boxes
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.nominations.queries import SEEING
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.scope import Scope

#: Grants that see cases; administrators handle accounts, experts what they were given.
SEES = ("filer", *SEEING)


@dataclass(frozen=True)
class OpenRow:
    """A case standing at a stage."""

    process_id: int
    stage: str
    case_id: int
    title: str
    state: str
    filer_id: int | None
    unit_id: int
    unit: str
    nominator_id: int
    nominator: str
    opened_at: datetime | None
    note: str | None


@dataclass(frozen=True)
class AskedBox:
    """A box of an opinion sheet that nobody has filled."""

    process_id: int
    case_id: int
    title: str
    sheet: str
    party: str
    organisation_id: int | None
    organisation: str | None
    asked_at: datetime
    to_id: int | None = None


def open_rows(scope: Scope) -> list[OpenRow]:
    """Rows of cases that I filed, that my units filed, in which my organisations have a part, or whose stage
    my organisations run for the whole edition."""
    actor = scope.actor
    mine = scope.having(*SEES)
    wide = Q(pk__in=[])
    for pk in scope.open_ids:
        programme = scope.programmes[pk]
        names = [one.id for one in programme.stages if scope.wide(programme, one) & mine]
        if names:
            wide |= Q(process_id=pk, stage__in=names)
    party = Exists(CaseParty.objects.filter(case=OuterRef("case"), organisation_id__in=mine))
    returned = (
        StageRow.objects.filter(case=OuterRef("case"), state=RowState.WAITING)
        .exclude(note="")
        .order_by("-moved_at")
        .values("note")[:1]
    )
    rows = (
        StageRow.objects.filter(process_id__in=scope.open_ids, state=RowState.OPEN, case__state__in=sorted(LIVE))
        .filter(wide | Q(case__subject__user_id=actor.user_id) | Q(case__applying_unit_id__in=mine) | party)
        .annotate(back=Subquery(returned))
        .order_by("case_id", "id")
    )
    return [_row(one) for one in rows.values(*_COLUMNS)]


_COLUMNS = (
    "process_id",
    "stage",
    "case_id",
    "case__title",
    "case__state",
    "case__filer_id",
    "case__applying_unit_id",
    "case__applying_unit__short_name",
    "case__nominator_id",
    "case__nominator__short_name",
    "opened_at",
    "back",
)


def _row(one: dict[str, Any]) -> OpenRow:
    values: Any = (one[name] for name in _COLUMNS)
    return OpenRow(*values)


def parts(scope: Scope) -> dict[int, dict[str, int]]:
    """Roles that my organisations hold in running cases: case → role → organisation."""
    found: dict[int, dict[str, int]] = {}
    rows = CaseParty.objects.filter(
        organisation_id__in=scope.having(*SEES),
        case__process_id__in=scope.open_ids,
        case__state__in=sorted(LIVE),
    )
    for case_id, role, organisation_id in rows.values_list("case_id", "role", "organisation_id"):
        found.setdefault(case_id, {})[role] = organisation_id
    return found


def asked_boxes(scope: Scope) -> list[AskedBox]:
    """Unfilled boxes asked of organisations I act for, and of others on cases that are mine to push: filed or
    nominated by us, or at an opinion stage that we run."""
    actor = scope.actor
    stages: set[str] = set()
    runners: set[str] = set()
    wide: set[int] = set()
    for pk in scope.open_ids:
        programme = scope.programmes[pk]
        for stage in _asking_stages(programme):
            stages.add(stage.id)
            if stage.type == "opinion":
                runners |= programme.expand(stage.by)
                if scope.wide(programme, stage) & scope.acting(programme.edition.pk):
                    wide.add(pk)
    ours = scope.having(*ACTING)
    party = Exists(CaseParty.objects.filter(case=OuterRef("case"), organisation_id__in=ours, role__in=sorted(runners)))
    here = Exists(StageRow.objects.filter(case=OuterRef("case"), state=RowState.OPEN, stage__in=sorted(stages)))
    units = scope.having(*FILING)
    own = Q(organisation=None, handed_to_id=actor.user_id or 0)
    mine = (
        own
        | Q(organisation_id__in=ours)
        | Q(case__subject__user_id=actor.user_id)
        | Q(case__applying_unit_id__in=units)
    )
    rows: Any = (
        Opinion.objects.filter(case__process_id__in=scope.open_ids, case__state__in=sorted(LIVE), verdict="")
        .filter(here)
        .filter(mine | Q(case__nominator_id__in=units) | Q(case__process_id__in=sorted(wide)) | party)
        .order_by("asked_at", "id")
        .values_list(
            "case__process_id",
            "case_id",
            "case__title",
            "sheet",
            "party",
            "organisation_id",
            F("organisation__short_name"),
            "asked_at",
            "handed_to_id",
        )
    )
    return [AskedBox(*one) for one in rows]


def _asking_stages(programme: Programme) -> Iterable[Stage]:
    """Stages at which some box of a sheet is filled."""
    return [one for one in programme.stages if has_boxes(programme, one)]
