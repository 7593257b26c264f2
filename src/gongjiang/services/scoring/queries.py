"""Reading panels: an expert sees only what is theirs; the office sees how far everybody is. Query counts don't grow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.rounding import exact
from gongjiang.models import (
    Assignment,
    Case,
    EditionRole,
    Expert,
    Grant,
    ImportedScore,
    ScoreSheet,
    StageList,
    User,
)
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import own_seat, seats_of

_SHEETS = ScoreSheet.objects.filter(assignment=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class Place:
    """One line of an expert's queue. `status`: todo, draft, done, or how it was set aside."""

    assignment: Assignment
    status: str
    total: Fraction | None
    sheet: ScoreSheet | None

    @property
    def decided(self) -> bool:
        """Nothing is left to do here."""
        return self.status not in ("todo", "draft")


@dataclass(frozen=True, slots=True)
class ExpertProgress:
    """An expert's seat: cases given to score, sheets handed in, cases set aside."""

    expert: Expert
    given: int
    finished: int
    aside: int


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """How many sheets of a case are in."""

    case: Case
    assigned: int
    done: int
    aside: int


def _done(rows: QuerySet[Assignment]) -> Any:
    """Only a latest version can be a draft, so a sheet is in if there is one submitted and no draft."""
    return rows.annotate(
        handed_in=Exists(_SHEETS.filter(submitted_at__isnull=False))
        & ~Exists(_SHEETS.filter(submitted_at__isnull=True))
    )


def visible_to(actor: Actor) -> QuerySet[Assignment]:
    """An expert's own assignments. Whoever runs a panel reads counts of it, never a sheet."""
    return Assignment.objects.filter(expert__in=seats_of(actor))


def my_seats(actor: Actor) -> list[ExpertProgress]:
    """The actor's panels, latest first."""
    return _progress(list(seats_of(actor).order_by("-pk")))


def closed_among(seats: Iterable[ExpertProgress]) -> set[int]:
    """Ids of the experts among these seats whose panel has closed its list."""
    experts = [one.expert for one in seats]
    rows = StageList.objects.filter(process__in={one.process_id for one in experts}, closed_at__isnull=False)
    closed = set(rows.values_list("process_id", "stage"))
    return {one.pk for one in experts if (one.process_id, one.stage) in closed}


def queue(actor: Actor, expert_id: int) -> list[Place]:
    """An expert's whole queue in order, with their own totals; nobody else's."""
    return places_of(own_seat(actor, expert_id))


def places_of(expert: Expert) -> list[Place]:
    """The queue of a seat that was found to be the actor's own."""
    rows = (
        Assignment.objects.filter(expert=expert)
        .select_related("case")
        .prefetch_related(Prefetch("sheets", queryset=ScoreSheet.objects.order_by("version")))
        .order_by("position", "pk")
    )
    found = []
    for one in rows:
        sheets = list(one.sheets.all())
        sheet = sheets[-1] if sheets else None
        if one.state != Assignment.State.ASSIGNED:
            status = str(one.state)
        elif sheet is None:
            status = "todo"
        else:
            status = "done" if sheet.submitted_at else "draft"
        found.append(Place(one, status, total_of(sheet.scores) if sheet and sheet.scores else None, sheet))
    return found


def total_of(scores: Mapping[str, str]) -> Fraction:
    """The plain sum of what one expert gave."""
    return sum((exact(one) for one in scores.values()), Fraction(0))


def experts_of(programme: Programme, stage: Panel) -> list[ExpertProgress]:
    """Everybody on a panel, in the order they were seated."""
    return _progress(
        list(Expert.objects.filter(process=programme.process, stage=stage.id).select_related("user").order_by("pk"))
    )


def _progress(experts: list[Expert]) -> list[ExpertProgress]:
    counts: dict[int, list[int]] = {one.pk: [0, 0, 0] for one in experts}
    rows = _done(Assignment.objects.filter(expert__in=experts)).values_list("expert_id", "state", "handed_in")
    for pk, state, handed in rows:
        held = counts[pk]
        if state == Assignment.State.ASSIGNED:
            held[0] += 1
            held[1] += handed
        else:
            held[2] += 1
    return [ExpertProgress(one, *counts[one.pk]) for one in experts]


def case_progress(programme: Programme, stage: Panel) -> list[CaseProgress]:
    """Every case open at the panel: how many sheets are in, how many experts stepped aside."""
    cases = list(
        Case.objects.filter(process=programme.process, rows__stage=stage.id, rows__state=RowState.OPEN)
        .select_related("nominator")
        .order_by("number")
    )
    counts: dict[int, list[int]] = {one.pk: [0, 0, 0] for one in cases}
    rows = _done(Assignment.objects.filter(stage=stage.id, expert__process=programme.process))
    for pk, state, handed in rows.values_list("case_id", "state", "handed_in"):
        held = counts.get(pk)
        if held is None:
            continue
        if state == Assignment.State.ASSIGNED:
            held[0] += 1
            held[1] += handed
        else:
            held[2] += 1
    return [CaseProgress(one, *counts[one.pk]) for one in cases]


def set_aside(programme: Programme, stage: Panel) -> list[Assignment]:
    """Recusals, abstentions and voided sheets with their reasons."""
    return list(
        Assignment.objects.filter(stage=stage.id, expert__process=programme.process)
        .exclude(state=Assignment.State.ASSIGNED)
        .select_related("expert__user", "case")
        .order_by("-pk")
    )


def submitted_sheets(programme: Programme, stage: Panel, expert_id: int) -> list[Assignment]:
    """One expert's assignments with sheets handed in: what the office may reopen or void."""
    rows = Assignment.objects.filter(
        stage=stage.id, expert_id=expert_id, expert__process=programme.process, state=Assignment.State.ASSIGNED
    )
    return list(_done(rows).select_related("case").order_by("position", "pk"))


def contest_results(programme: Programme, stage: Panel) -> dict[int, ImportedScore]:
    """Results brought in for a panel, by case."""
    return {
        one.case_id: one
        for one in ImportedScore.objects.filter(case__process=programme.process, stage=stage.id).select_related("by")
    }


def candidates(programme: Programme, stage: Panel) -> list[User]:
    """People with a standing grant as expert in a body of this panel, who don't sit on it yet."""
    roles = programme.expand((*stage.jury, *stage.by))
    bodies = EditionRole.objects.filter(edition=programme.edition, role__in=roles).values("organisation_id")
    seated = Expert.objects.filter(process=programme.process, stage=stage.id).values("user_id")
    return list(
        User.objects.filter(
            grants__role=Grant.Role.EXPERT, grants__organisation__in=bodies, grants__until__isnull=True, is_active=True
        )
        .exclude(pk__in=seated)
        .distinct()
        .order_by("full_name", "pk")
    )
