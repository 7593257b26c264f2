"""Which papers a step of sending upward brings, from whom, in how many copies, by which day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, Organisation, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.material import Form
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.services.nominations.authority import edition_parties, parties_of
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import window_of

Key = tuple[int | None, str]
"""A case (None: the unit's own list) and a form."""


@dataclass(frozen=True)
class Expected:
    """One paper that should come: so many sheets of it, at least one of them the stamped original."""

    case: Case | None
    form: str
    label: str
    copies: int

    @property
    def key(self) -> Key:
        """What it is counted under."""
        return (self.case.pk if self.case is not None else None, self.form)


@dataclass(frozen=True)
class Due:
    """The last day in time (None: no day), and whether the day of posting counts."""

    day: date | None
    posted: bool
    clause: str

    def late_days(self, arrived_on: date, posted_on: date | None) -> int:
        """By how many days it came too late; 0 in time."""
        counts = posted_on if self.posted and posted_on is not None else arrived_on
        return max(0, (counts - self.day).days) if self.day is not None else 0


def paper_stages(programme: Programme) -> list[Stage]:
    """Steps that send forms to another body."""
    return [one for one in programme.stages if one.type == "submit" and one.forms and getattr(one, "to", None)]


def paper_stage(programme: Programme, stage_id: str) -> Stage:
    """One of them by id; NotFound for others."""
    found = next((one for one in paper_stages(programme) if one.id == stage_id), None)
    if found is None:
        raise NotFound()
    return found


def receivers_of(programme: Programme, stage: Stage) -> frozenset[int]:
    """Organisations on whose desk the papers of a step arrive."""
    held = edition_parties(programme)
    roles = programme.expand(tuple(getattr(stage, "to", ()) or ()))
    return frozenset(pk for role in roles for pk in held.get(role, ()))


def due_of(programme: Programme, stage: Stage, unit_id: int | None) -> Due:
    """The step's day, with the extensions of this unit; the notice says, or the edition answered, which day counts."""
    window = window_of(programme, stage.due, unit_id)
    spec = programme.time(stage.due)
    counts = programme.value(spec.counts) if spec is not None else None
    return Due(window.last_day, counts == "postmark", spec.clause if spec is not None else "")


def cases_by_unit(programme: Programme, stage: Stage) -> dict[int, list[Case]]:
    """Cases that reached the step, by the organisation that sends them."""
    reached = StageRow.objects.filter(
        process=programme.process, stage=stage.id, state__in=[RowState.OPEN, RowState.DONE]
    ).values("case_id")
    rows = (
        Case.objects.filter(pk__in=reached, state__in=sorted(LIVE))
        .select_related("process__edition__pack", "nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .order_by("id")
    )
    held, roles = edition_parties(programme), programme.expand(stage.by)
    found: dict[int, list[Case]] = defaultdict(list)
    for case in rows:
        sender = min(parties_of(programme, case, held).organisations(roles), default=case.nominator_id)
        found[sender].append(case)
    return dict(found)


def expected_of(programme: Programme, stage: Stage, cases: Sequence[Case]) -> list[Expected]:
    """The papers of these cases of one unit, and the unit's own lists first. A handful of queries, however many."""
    forms = {one.id: one for one in programme.pack.forms}
    named = [forms[one] for one in stage.forms if one in forms]
    facts = facts_of(programme, cases)
    found = [Expected(None, one.id, one.shown, _copies(programme, one)) for one in named if one.list is not None]
    for case in cases:
        found += [
            Expected(case, one.id, one.shown, _copies(programme, one))
            for one in named
            if one.list is None and _holds(programme, case, facts[case.pk], one)
        ]
        found += _sheets(programme, case, facts[case.pk])
    return found if cases else []


def units_named(ids: Sequence[int]) -> Mapping[int, Organisation]:
    """Organisations by id."""
    return Organisation.objects.in_bulk(list(ids))


def _copies(programme: Programme, form: Form) -> int:
    count = programme.value(form.copies) if form.copies is not None else 1
    return int(count) if count is not None else 1


def _holds(programme: Programme, case: Case, facts: Facts, form: Form) -> bool:
    return (not form.award or case.award in form.award) and holds(programme, form.when, facts) is Truth.TRUE


def _sheets(programme: Programme, case: Case, facts: Facts) -> list[Expected]:
    """Sheets of opinions that are annexes of their own, where the notice asks for paper in copies: as many of them."""
    numbers = [_copies(programme, one) for one in programme.pack.forms if one.copies is not None]
    inside = {block.sheet for form in programme.pack.forms for block in form.blocks if block.sheet}
    return [
        Expected(case, one.id, one.shown, max(numbers))
        for one in programme.pack.opinions
        if numbers and one.print and one.id not in inside and holds(programme, one.when, facts) is Truth.TRUE
    ]
