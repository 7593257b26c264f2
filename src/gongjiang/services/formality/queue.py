"""The queue of one stage: who waits, since when, with what still missing; and the neighbours of one case."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, CaseParty, Edition, Opinion, StageRow
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.queries import rows_prefetch, visible_to
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.programmes.programme import Programme, main_process, programme_of

PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """One case in the queue."""

    case: Case
    row: StageRow
    outcomes: tuple[RuleOutcome, ...]
    opinions: int

    @property
    def counts(self) -> dict[str, int]:
        """Rule outcomes by kind, hard and soft rules only."""
        found: dict[str, int] = {}
        for one in self.outcomes:
            if one.force in {"hard", "soft"}:
                found[one.outcome] = found.get(one.outcome, 0) + 1
        return found


def stage_rows(actor: Actor, programme: Programme, stage: Stage) -> list[int]:
    """Ids of cases open at the stage that the actor has a part in there, oldest first."""
    rows = StageRow.objects.filter(process=programme.process, stage=stage.id, state=RowState.OPEN)
    mine = actor.organisation_ids("officer", "approver", "department", "observer", edition_id=programme.edition.pk)
    roles = set(programme.expand(stage.by))
    for sheet in programme.pack.opinions:
        for party in sheet.parties:
            if party.at == stage.id or (party.at is None and sheet.id in getattr(stage, "sheets", ())):
                roles |= programme.expand(party.by)
    whole = edition_parties(programme)
    if not actor.is_platform and not any(whole.get(role, frozenset()) & mine for role in roles):
        rows = rows.filter(
            Exists(CaseParty.objects.filter(case=OuterRef("case_id"), role__in=roles, organisation_id__in=mine))
        )
    return list(rows.filter(case__in=visible_to(actor)).order_by("opened_at", "id").values_list("case_id", flat=True))


def queue(actor: Actor, edition: Edition, stage_id: str, after: int = 0) -> tuple[Programme, Stage, list[Waiting], int]:
    """A page of the queue by key: programme, stage, cases after key `after`, and how many wait in all."""
    programme = programme_of(main_process(edition))
    stage = programme.stage(stage_id)
    ids = stage_rows(actor, programme, stage)
    start = ids.index(after) + 1 if after in ids else 0
    page = ids[start : start + PAGE]
    cases = {
        one.pk: one
        for one in Case.objects.filter(pk__in=page)
        .select_related("subject", "applying_unit", "nominator", "process__edition__pack")
        .prefetch_related("parties__organisation")
    }
    rows = {row.case_id: row for row in StageRow.objects.filter(case_id__in=page, stage=stage_id)}
    facts = facts_of(programme, cases.values())
    given: dict[int, int] = {}
    for case_id in Opinion.objects.filter(case_id__in=page).exclude(verdict="").values_list("case_id", flat=True):
        given[case_id] = given.get(case_id, 0) + 1
    waiting = [
        Waiting(cases[pk], rows[pk], outcomes(programme, facts[pk]), given.get(pk, 0)) for pk in page if pk in cases
    ]
    return programme, stage, waiting, len(ids)


def stage_cases(actor: Actor, programme: Programme, stage: Stage) -> list[Case]:
    """Everybody who waits at a stage, in the order of the units and of each unit."""
    rows = Case.objects.filter(pk__in=stage_rows(actor, programme, stage))
    return list(
        rows.select_related("subject", "applying_unit", "nominator", "process__edition__pack")
        .prefetch_related(rows_prefetch(), "parties__organisation")
        .order_by("nominator_id", "rank_in_unit", "pk")
    )


def neighbours(ids: list[int], case_id: int) -> tuple[int | None, int | None, int]:
    """The case before and after in a queue, and the place (from 1; 0 if it isn't in it)."""
    if case_id not in ids:
        return None, ids[0] if ids else None, 0
    n = ids.index(case_id)
    return (ids[n - 1] if n else None), (ids[n + 1] if n + 1 < len(ids) else None), n + 1


def edition_for(actor: Actor, edition_id: int) -> Edition | None:
    """An edition that the actor has any part in; None looks like 'does not exist'."""
    mine = actor.organisation_ids(edition_id=edition_id)
    found = Edition.objects.select_related("pack", "organiser").filter(pk=edition_id)
    if actor.is_platform:
        return found.first()
    part = (
        Q(organiser_id__in=mine)
        | Q(roles__organisation_id__in=mine)
        | Q(processes__cases__parties__organisation_id__in=mine)
    )
    if actor.has("expert", edition_id=edition_id):
        part |= Q(processes__experts__user_id=actor.user_id)
    return found.filter(part).distinct().first()
