"""A nominating unit's own desk in one edition: its cases in order, its places, how its people are made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Case, Edition, EditionRole, Organisation
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.gauges import Gauge, gauges
from gongjiang.services.nominations.queries import rows_prefetch, visible_to
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.programmes.programme import Programme, main_process, programme_of

#: A unit's whole list is on one page; no unit nominates more.
MOST = 500
#: While somebody of the unit's is in one of these, its order still says something.
RANKED = frozenset({CaseState.DRAFT, CaseState.RUNNING, CaseState.RETURNED})


@dataclass(frozen=True)
class UnitDesk:
    """What a unit sees of its own nominations. `outcomes` and `facts` by case id."""

    programme: Programme
    unit: Organisation
    cases: tuple[Case, ...]
    gauges: tuple[Gauge, ...]
    outcomes: Mapping[int, tuple[RuleOutcome, ...]]
    facts: Mapping[int, Facts]
    may_rank: bool

    @property
    def preferred(self) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """Each preference of the notice, its clauses, and who in the running has it: shown, never a filter."""
        found: dict[str, tuple[str, tuple[str, ...], list[str]]] = {}
        for case in self.cases:
            if case.state not in LIVE:
                continue
            for one in self.outcomes[case.pk]:
                if one.force == "prefer":
                    row = found.setdefault(one.rule, (one.name, one.clauses, []))
                    if one.outcome == "pass":
                        row[2].append(case.title)
        return [(name, clauses, tuple(people)) for name, clauses, people in found.values()]


def units_of(actor: Actor, edition: Edition) -> list[Organisation]:
    """Organisations that nominate in the edition and that this person handles."""
    programme = programme_of(main_process(edition))
    mine = actor.organisation_ids("officer", "approver", "observer", edition_id=edition.pk)
    rows = EditionRole.objects.filter(edition=edition, role__in=programme.nominating).select_related("organisation")
    if not actor.is_platform:
        rows = rows.filter(organisation_id__in=mine)
    return list({row.organisation_id: row.organisation for row in rows.order_by("id")}.values())


def desk(actor: Actor, edition: Edition, unit: Organisation) -> UnitDesk:
    """The unit's live cases in its own order, with its quotas. A handful of queries however many cases."""
    programme = programme_of(main_process(edition))
    cases = list(
        visible_to(actor)
        .filter(process=programme.process, nominator=unit)
        .exclude(state__in=[CaseState.WITHDRAWN])
        .select_related("subject", "applying_unit", "nominator", "process__edition__pack")
        .prefetch_related(rows_prefetch(), "parties__organisation")
        .order_by("id")[:MOST]
    )
    cases.sort(key=lambda one: (one.rank_in_unit is None, one.rank_in_unit or 0, one.pk))
    facts = facts_of(programme, cases)
    return UnitDesk(
        programme,
        unit,
        tuple(cases),
        gauges(programme, unit, cases, facts),
        {one.pk: outcomes(programme, facts[one.pk]) for one in cases},
        facts,
        bool(cases) and _ranks(actor, edition, unit) and any(one.state in RANKED for one in cases),
    )


def _ranks(actor: Actor, edition: Edition, unit: Organisation) -> bool:
    return actor.is_platform or actor.has("officer", "approver", organisation_id=unit.pk, edition_id=edition.pk)


@transaction.atomic
def rank_cases(*, actor: Actor, at: datetime, edition: Edition, unit: Organisation, order: Sequence[int]) -> None:
    """The unit's own order of its nominees, first to last. Raises BadInput for others' cases or doubles."""
    if not _ranks(actor, edition, unit):
        raise NotAllowed("推荐次序由推荐单位排定。", "Not your unit.")
    programme = programme_of(main_process(edition))
    cases = {one.pk: one for one in Case.objects.filter(process=programme.process, nominator=unit)}
    if len(set(order)) != len(order) or any(pk not in cases for pk in order):
        raise BadInput(
            "次序里有重复的人或不属于本单位的人，请刷新后再排。", "Not the unit's own cases.", place="推荐次序"
        )
    for place, pk in enumerate(order, 1):
        Case.objects.filter(pk=pk).update(rank_in_unit=place)
    append(
        actor=actor,
        at=at,
        action="unit.rank",
        kind="organisation",
        key=unit.pk,
        edition_id=edition.pk,
        data={"order": [cases[pk].number for pk in order]},
    )
