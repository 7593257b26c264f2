"""Lists of cases, a page by key: where each stands and who acts next. Query counts don't grow with rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Edition, EditionRole, Extension, Opinion, Organisation, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.nominations.asking import has_boxes
from gongjiang.services.nominations.queries import rows_prefetch, visible_to
from gongjiang.services.nominations.start import FILING
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import stage_window

#: Groups of states by which a list is narrowed; every state is in one of them.
GROUPS: Mapping[str, frozenset[CaseState]] = {
    "filling": frozenset({CaseState.DRAFT, CaseState.RETURNED}),
    "running": frozenset({CaseState.RUNNING}),
    "named": frozenset({CaseState.NAMED}),
    "over": frozenset({CaseState.REJECTED, CaseState.NOT_SELECTED, CaseState.WITHDRAWN, CaseState.DISQUALIFIED}),
}
PAGE = 30
#: A sheet that is taken away holds no more rows than this.
MOST = 5000
ENDED = (RowState.OUT, RowState.STRUCK)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. `group`: one of GROUPS; `stage`: open there; `words`: part of a name or number;
    `before`: the last key of the page that came before."""

    group: str = ""
    edition_id: int | None = None
    stage: str = ""
    nominator_id: int | None = None
    words: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Listed:
    """One case: the stages at which it stands, who acts there, the first end of these, the list on which it is an
    alternate, where it ended, and what was said last."""

    programme: Programme
    case: Case
    stages: tuple[Stage, ...]
    next_by: tuple[str, ...]
    closes: datetime | None
    alternate: Stage | None
    ended: Stage | None
    note: str

    @property
    def filling(self) -> bool:
        """Is it with those who fill it in?"""
        return self.case.state in GROUPS["filling"] and any(one.type == "apply" for one in self.stages)


@dataclass(frozen=True)
class ListPage:
    """A page; `counts` are those of the whole list by group of states, and `all`; `choices` (key, name) are the
    editions of what one has filed, or the nominating units of an edition."""

    rows: tuple[Listed, ...]
    more: bool
    counts: Mapping[str, int]
    choices: tuple[tuple[int, str], ...]


def filed_page(actor: Actor, given: Filters) -> ListPage:
    """A page of what one has filed, in all editions, newest first."""
    base = filed_by(actor)
    editions = Edition.objects.filter(pk__in=base.values("process__edition_id")).order_by("-pk")
    return _page(base, given, tuple(editions.values_list("pk", "title")))


def edition_page(actor: Actor, programme: Programme, given: Filters) -> ListPage:
    """A page of everybody put forward in one edition whom the actor may see, newest first."""
    base = visible_to(actor).filter(process=programme.process)
    units = Organisation.objects.filter(pk__in=base.values("nominator_id")).order_by("path")
    return _page(base, given, tuple(units.values_list("pk", "name")))


def all_filed(actor: Actor, given: Filters) -> tuple[Listed, ...]:
    """What one has filed as it is narrowed, without pages: for a sheet to take away."""
    return tuple(_listed(_rows(_narrowed(filed_by(actor), given), MOST)))


def all_of_edition(actor: Actor, programme: Programme, given: Filters) -> tuple[Listed, ...]:
    """The same of everybody in one edition."""
    return tuple(_listed(_rows(_narrowed(visible_to(actor).filter(process=programme.process), given), MOST)))


def filed_by(actor: Actor) -> QuerySet[Case]:
    """Cases that the person filed, that are about them, or that come from units for which they file.

    Only what they may still see: who lost the grant at the unit no longer finds its cases here."""
    units = Q(applying_unit_id__in=actor.organisation_ids(*FILING))
    for edition_id in actor.edition_ids:
        here = actor.organisation_ids(*FILING, edition_id=edition_id)
        units |= Q(applying_unit_id__in=here, process__edition_id=edition_id)
    own = actor.user_id or 0
    return visible_to(actor).filter(units | Q(filer_id=own) | Q(subject__user_id=own))


def _page(base: QuerySet[Case], given: Filters, choices: tuple[tuple[int, str], ...]) -> ListPage:
    counts = base.aggregate(all=Count("pk"), **{name: Count("pk", Q(state__in=some)) for name, some in GROUPS.items()})
    cases = _rows(_narrowed(base, given), PAGE + 1)
    return ListPage(tuple(_listed(cases[:PAGE])), len(cases) > PAGE, counts, choices)


def _rows(found: QuerySet[Case], most: int) -> list[Case]:
    return list(
        found.select_related("process__edition__pack", "process__edition__organiser", "applying_unit", "nominator")
        .prefetch_related(rows_prefetch(), "parties__organisation")
        .order_by("-pk")[:most]
    )


def _narrowed(base: QuerySet[Case], given: Filters) -> QuerySet[Case]:
    found = base
    if given.group in GROUPS:
        found = found.filter(state__in=GROUPS[given.group])
    if given.edition_id is not None:
        found = found.filter(process__edition_id=given.edition_id)
    if given.nominator_id is not None:
        found = found.filter(nominator_id=given.nominator_id)
    if given.stage:
        found = found.filter(
            Exists(StageRow.objects.filter(case=OuterRef("pk"), stage=given.stage, state=RowState.OPEN))
        )
    if given.words:
        found = found.filter(Q(title__icontains=given.words) | Q(number__icontains=given.words))
    return found if given.before is None else found.filter(pk__lt=given.before)


def _listed(cases: Sequence[Case]) -> Iterable[Listed]:
    ids = [one.pk for one in cases]
    editions = {one.process.edition_id for one in cases}
    held: dict[tuple[int, str], list[str]] = {}
    for edition_id, role, name in EditionRole.objects.filter(edition_id__in=editions, per_case=False).values_list(
        "edition_id", "role", "organisation__name"
    ):
        held.setdefault((edition_id, role), []).append(name)
    asked: dict[int, list[str]] = {}
    unanswered = Opinion.objects.filter(case_id__in=ids, verdict="", organisation__isnull=False).order_by("id")
    for case_id, name in unanswered.values_list("case_id", "organisation__name"):
        asked.setdefault(case_id, []).append(name)
    moved: dict[int, list[Extension]] = {}
    for one in Extension.objects.filter(edition_id__in=editions).order_by("id"):
        moved.setdefault(one.edition_id, []).append(one)
    for case in cases:
        programme = programme_of(case.process)
        rows: list[StageRow] = list(case.rows.all())
        stages = tuple(programme.stage(one.stage) for one in rows if one.state == RowState.OPEN)
        extensions = moved.get(case.process.edition_id, [])
        sides = (case.nominator_id, case.applying_unit_id)
        ends = [stage_window(programme, one, sides, extensions).closes for one in stages]
        yield Listed(
            programme,
            case,
            stages,
            tuple(dict.fromkeys(_next_by(programme, case, stages, held, asked.get(case.pk, [])))),
            min((one for one in ends if one is not None), default=None),
            next((programme.stage(one.stage) for one in rows if one.state == RowState.ALTERNATE), None),
            next((programme.stage(one.stage) for one in rows if one.state in ENDED), None),
            _note(case, rows),
        )


def _next_by(
    programme: Programme,
    case: Case,
    stages: Sequence[Stage],
    held: Mapping[tuple[int, str], Sequence[str]],
    asked: Sequence[str],
) -> Iterable[str]:
    """Names of those who act at these stages: who fills in, whose boxes are empty, else who holds the stage."""
    parties = {one.role: one.organisation.name for one in case.parties.all()}
    for stage in stages:
        if stage.type == "apply":
            yield case.applying_unit.name
            continue
        if asked and has_boxes(programme, stage):
            yield from asked
        if stage.type != "opinion" or not asked:
            for role in sorted(programme.expand(stage.by)):
                yield from [parties[role]] if role in parties else held.get((programme.edition.pk, role), ())


def _note(case: Case, rows: Sequence[StageRow]) -> str:
    """Why it was sent back or where it ended, as it was said."""
    if case.state == CaseState.RETURNED:
        told = [(one.moved_at, one.note) for one in rows if one.state == RowState.WAITING and one.note and one.moved_at]
        return max(told)[1] if told else ""
    if case.state in GROUPS["over"]:
        return next((one.note for one in rows if one.state in ENDED and one.note), "")
    return ""
