"""What those who were chosen owe, for the office that looks after them: who is bound until when, what stands out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import F, Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import iso_day
from gongjiang.models import Case, DutyChange, EditionRole, Honour, Process, RegistryEntry, StageRow
from gongjiang.rules.honours.obligations import Declared, Elsewhere, Flag, Noted, last_day, watch
from gongjiang.rules.programmes.schema.obligation import Obligation
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.programmes.programme import Programme, programme_of

OFFICE: Final = ("officer", "approver", "observer")
EMPLOYER: Final = "employer"


@dataclass(frozen=True)
class Watched:
    """One obligation of one person. `notes` are what stands out, the gravest first; none: all is well."""

    case_id: int
    name: str
    edition: str
    unit: str
    spec: Obligation
    kept: str
    begun: date
    until: date
    over: bool
    changes: int
    notes: tuple[Noted, ...]

    @property
    def grave(self) -> bool:
        """Is there more than a change that waits in time?"""
        return any(one.flag is not Flag.WAITING for one in self.notes)


def watched(actor: Actor, at: datetime) -> list[Watched]:
    """Everybody chosen in an edition in which one's office has a hand, whom an obligation binds: what stands out
    first, then by the day it ends. A fixed number of queries for each edition that orders any."""
    today = timezone.localtime(at).date()
    found = [line for programme in _programmes(actor) for line in _of(actor, programme, today)]
    return sorted(found, key=lambda one: (not one.grave, not one.notes, one.over, one.until, one.case_id))


def _programmes(actor: Actor) -> list[Programme]:
    ours = actor.organisation_ids(*OFFICE)
    held = EditionRole.objects.filter(organisation_id__in=ours).values_list("edition_id", flat=True)
    rows = Process.objects.filter(about="nomination").exclude(edition__state="preparing")
    if not actor.is_platform:
        rows = rows.filter(Q(edition_id__in=held) | Q(edition__organiser_id__in=ours))
    found = map(programme_of, rows.select_related("edition__pack", "edition__organiser").order_by("id"))
    return [one for one in found if one.pack.obligations]


def _of(actor: Actor, programme: Programme, today: date) -> list[Watched]:
    begun = _begun(programme)
    mine = visible_to(actor).filter(pk__in={case_id for _, case_id in begun}).select_related("nominator")
    cases = list(mine.defer("reasoned"))
    changes: dict[tuple[int, str], list[DutyChange]] = defaultdict(list)
    for one in DutyChange.objects.filter(case__in=cases).order_by("id"):
        changes[one.case_id, one.obligation].append(one)
    others = _elsewhere(cases)
    found = []
    for case in cases:
        for spec in programme.pack.obligations:
            day = begun.get((spec.begins, case.pk)) or begun.get(("conferred", case.pk))
            if day is not None and (not spec.award or case.award in spec.award):
                found.append(_line(programme, case, spec, day, today, changes[case.pk, spec.id], others))
    return found


def _begun(programme: Programme) -> dict[tuple[str, int], date]:
    """(how it begins, case) to the day: the naming, or the day on which the body above said yes."""
    honours = Honour.objects.filter(case__process=programme.process).exclude(state=Honour.State.REVOKED)
    found = {("conferred", one): day for one, day in honours.values_list("case_id", "from_date") if one is not None}
    last = programme.stages[-1]
    if getattr(last, "await_", None) is not None:
        rows = StageRow.objects.filter(process=programme.process, stage=last.id, state=RowState.DONE)
        for case_id, at in rows.exclude(moved_at=None).values_list("case_id", "moved_at"):
            found["selected", case_id] = timezone.localtime(at).date()
    return found


def _elsewhere(cases: Iterable[Case]) -> dict[int, list[Elsewhere]]:
    """What later nominations and lists say of the same people's employers, by person."""
    people = {one.subject_id for one in cases if one.subject_id is not None}
    own = {one.pk for one in cases}
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    rows = Case.objects.filter(subject_id__in=people, submitted_at__isnull=False).exclude(pk__in=own)
    for person, employer, day in rows.annotate(said=F(f"values__{EMPLOYER}")).values_list(
        "subject_id", "said", "submitted_at"
    ):
        if isinstance(employer, str) and person is not None:
            found[person].append(Elsewhere(employer, timezone.localtime(day).date()))
    listed = RegistryEntry.objects.filter(subject_id__in=people, standing=True).exclude(unit="")
    for person, unit, written in listed.values_list("subject_id", "unit", "date"):
        if (read := iso_day(written)) is not None and person is not None:
            found[person].append(Elsewhere(unit, read))
    return found


def _line(
    programme: Programme,
    case: Case,
    spec: Obligation,
    begun: date,
    today: date,
    declared: list[DutyChange],
    others: dict[int, list[Elsewhere]],
) -> Watched:
    until = last_day(spec, begun, programme.params)
    approved = [one for one in declared if one.state == DutyChange.State.APPROVED]
    kept = str(approved[-1].after if approved else case.values.get(spec.keeps, ""))
    facts = [
        Declared(
            one.on,
            timezone.localtime(one.declared_at).date(),
            one.after,
            {DutyChange.State.APPROVED: True, DutyChange.State.REFUSED: False}.get(DutyChange.State(one.state)),
        )
        for one in declared
    ]
    elsewhere = others.get(case.subject_id or 0, []) if spec.keeps == EMPLOYER else []
    first = str(case.values.get(spec.keeps, ""))
    notes = watch(kept, begun, until, today, facts, [one for one in elsewhere if one.value != first])
    return Watched(
        case.pk,
        case.title,
        programme.edition.title,
        case.nominator.short_name,
        spec,
        kept,
        begun,
        until,
        today > until,
        len(declared),
        notes,
    )
