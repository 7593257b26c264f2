"""Which honours a process is due for, and when; what an honour has before it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from gongjiang.models import Case, Edition, EditionRole, Honour, Organisation, Process, ProcessOutcome
from gongjiang.rules.assessment.due import Held, due_on, moved
from gongjiang.rules.programmes.schema.process import Process as Spec
from gongjiang.rules.programmes.schema.process import Span
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.programmes.programme import Programme, main_process, programme_of, whole_pack

#: Cases of a process that are under way.
RUNNING = (CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED)


@dataclass(frozen=True)
class Due:
    """One honour before a process: from which day it is due, None while nothing is; `why`: what it waits for."""

    honour: Honour
    on: date | None
    again: bool = False
    running: bool = False

    def now(self, today: date) -> bool:
        """Is it due by today?"""
        return self.on is not None and self.on <= today


@dataclass(frozen=True)
class Ahead:
    """A process of an edition's pack with whom it is due for. `rounds`: those opened so far, the latest first."""

    spec: Spec
    due: tuple[Due, ...]
    units: tuple[Organisation, ...]
    rounds: tuple[Edition, ...]

    def now(self, today: date) -> tuple[Due, ...]:
        """Those due by today."""
        return tuple(one for one in self.due if one.now(today))


def main_programme(edition: Edition) -> Programme:
    """The programme that conferred: of a round, that of the edition above it."""
    return programme_of(main_process(edition.parent if edition.parent is not None else edition))


def ahead(edition: Edition, at: datetime) -> tuple[Ahead, ...]:
    """All processes of an edition's pack. The number of queries doesn't depend on how many honours there are."""
    programme = main_programme(edition)
    if not programme.pack.processes:
        return ()
    honours = list(
        Honour.objects.filter(edition=programme.edition)
        .select_related("subject", "case__applying_unit", "case__nominator")
        .order_by("pk")
    )
    held = _held([programme.edition.pk], honours)
    rounds = list(Edition.objects.filter(parent=programme.edition).order_by("-pk"))
    found = []
    for spec in programme.pack.processes:
        if spec.id not in programme.pack.parts:
            continue
        due = _due(programme, spec, honours, held) if spec.about == "honour" else ()
        units = units_of(programme) if spec.about == "unit" else ()
        mine = tuple(one for one in rounds if one.follows == spec.id)
        found.append(Ahead(spec, tuple(due), units, mine))
    return tuple(found)


def due_now(editions: Iterable[Edition], today: date) -> dict[int, dict[str, list[str]]]:
    """Who is due by today: edition → process → names, of editions loaded with their packs. Three queries for all."""
    packs = {one.pk: (one, whole_pack(one)) for one in editions}
    asked = {pk: found for pk, found in packs.items() if found[1].processes}
    if not asked:
        return {}
    by_edition: dict[int, list[Honour]] = {}
    near = Q(pk__in=[])
    for pk, (_, pack) in asked.items():
        near |= Q(edition_id=pk) & _may_be_due(pack.processes, today)
    fields = ("edition_id", "subject_id", "case_id", "name", "award", "state", "from_date", "until")
    for honour in Honour.objects.filter(near).only(*fields).order_by("pk"):
        by_edition.setdefault(honour.edition_id or 0, []).append(honour)
    held = _held(list(asked), [one for rows in by_edition.values() for one in rows])
    found: dict[int, dict[str, list[str]]] = {}
    for pk, honours in by_edition.items():
        edition, pack = asked[pk]
        programme = Programme(edition, Process(edition=edition), pack)
        for spec in (one for one in pack.processes if one.about == "honour"):
            names = [one.honour.name for one in _due(programme, spec, honours, held) if one.now(today)]
            if names:
                found.setdefault(pk, {})[spec.id] = names
    return found


def _may_be_due(processes: Iterable[Spec], today: date) -> Q:
    """Honours that a process could be due for: of those that end a term only the ones whose end is near."""
    found = Q(pk__in=[])
    for one in processes:
        if one.at_end and one.every is None and one.after is None:
            lead = one.lead or Span(days=0)
            plain = all(value is None or isinstance(value, int) for value in (lead.years, lead.months, lead.days))
            found |= Q(until__lte=moved(lead, today)) if plain else Q(until__isnull=False)
        elif one.about == "honour":
            found |= Q(from_date__lte=today)
    return found & Q(state__in=sorted({state for one in processes for state in one.states}))


def units_of(programme: Programme) -> tuple[Organisation, ...]:
    """The units that nominate in the edition: what a process about units is about."""
    held = EditionRole.objects.filter(edition=programme.edition, per_case=True, role__in=programme.nominating)
    return tuple(Organisation.objects.filter(pk__in=held.values("organisation_id"), active=True).order_by("path"))


def due_of(honour: Honour) -> list[tuple[Spec, Due]]:
    """Every process of the pack that may come for one honour, in the pack's order."""
    if honour.edition is None:
        return []
    programme = main_programme(honour.edition)
    held = _held([programme.edition.pk], [honour])
    return [
        (spec, due)
        for spec in programme.pack.processes
        if spec.about == "honour"
        for due in _due(programme, spec, [honour], held)
    ]


def _due(programme: Programme, spec: Spec, honours: Iterable[Honour], held: dict[tuple[int, str], Held]) -> list[Due]:
    found = []
    for one in honours:
        known = held.get((one.pk, spec.id), Held(one.from_date, one.until))
        takes_part = one.state in spec.states and (not spec.award or one.award in spec.award)
        if takes_part or known.running:
            day = due_on(spec, known, programme.value)
            found.append(Due(one, day, known.again_on is not None, known.running))
    return found


def _held(editions: Sequence[int], honours: Iterable[Honour]) -> dict[tuple[int, str], Held]:
    """What is known of each honour and process that was opened for it. Two queries."""
    by_id = {one.pk: one for one in honours}
    found: dict[tuple[int, str], Held] = {}
    outcomes = ProcessOutcome.objects.filter(edition__parent__in=editions, honour__in=by_id).order_by("pk")
    for honour_id, process, decided_on, again_on in outcomes.values_list(
        "honour_id", "process", "decided_on", "again_on"
    ):
        one = by_id[honour_id or 0]
        found[one.pk, process] = Held(one.from_date, one.until, decided_on, again_on)
    running = Case.objects.filter(process__edition__parent__in=editions, over__in=by_id, state__in=RUNNING)
    for honour_id, process in running.values_list("over_id", "process__name"):
        one = by_id[honour_id or 0]
        before = found.get((one.pk, process), Held(one.from_date, one.until))
        found[one.pk, process] = Held(one.from_date, one.until, before.last, before.again_on, True)
    return found
