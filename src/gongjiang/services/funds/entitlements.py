"""What each of many honours is entitled to, and what it went through: a batch in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, Honour, Process, StandingChange
from gongjiang.rules.funds.entitlement import KINDS, Entitlement, entitlement_of
from gongjiang.rules.honours.bestowals import belonging
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import History, Turn
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Benefit
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.known import known_of


@dataclass(frozen=True)
class Held:
    """One honour with its history and what the notice promises it again and again."""

    honour: Honour
    history: History
    entitlements: tuple[Entitlement, ...]


def held_of(honours: Sequence[Honour]) -> list[Held]:
    """Each honour (loaded with case and its unit) with what it is entitled to, in the given order."""
    programmes = programmes_of({one.edition_id for one in honours if one.edition_id is not None})
    histories = histories_of(honours)
    by_edition: dict[int | None, list[Honour]] = defaultdict(list)
    for one in honours:
        by_edition[one.edition_id].append(one)
    known: dict[int, Facts] = {}
    for edition_id, members in by_edition.items():
        programme = programmes.get(edition_id or 0)
        if programme is not None and any(one.when and one.kind in KINDS for one in programme.pack.benefits):
            known |= _facts(programme, members)
    chosen: dict[tuple[Any, ...], tuple[Entitlement, ...]] = {}
    found = []
    for one in honours:
        programme = programmes.get(one.edition_id or 0)
        facts = known.get(one.case_id or 0)
        key = (one.edition_id, one.award, one.tier) if facts is None else (one.pk,)
        if key not in chosen:
            chosen[key] = () if programme is None else entitlements(programme, one, facts)
        found.append(Held(one, histories[one.pk], chosen[key]))
    return found


def entitlements(programme: Programme, honour: Honour, facts: Facts | None) -> tuple[Entitlement, ...]:
    """What the pack promises one honour again and again; what has a condition only where it is known to hold."""

    def met(benefit: Benefit) -> bool:
        if benefit.when is None:
            return True
        return facts is not None and holds(programme, benefit.when, facts) is Truth.TRUE

    mine = belonging(programme.pack.benefits, honour.award, honour.tier, met)
    made = (entitlement_of(one, lambda raw: valued(programme, honour.tier, raw)) for one in mine)
    return tuple(one for one in made if one is not None)


def valued(programme: Programme, tier: str, raw: Any) -> Any:
    """A value of the pack for a tier, params looked up."""
    return programme.value(raw.get(tier) if isinstance(raw, Mapping) else raw)


def programmes_of(editions: Iterable[int]) -> dict[int, Programme]:
    """The nomination programme of each edition. One query, and one a pack that isn't at hand yet."""
    rows = Process.objects.filter(edition__in=set(editions), name="nomination", occurrence=1)
    return {one.edition_id: programme_of(one) for one in rows.select_related("edition__pack", "edition__organiser")}


def histories_of(honours: Sequence[Honour]) -> dict[int, History]:
    """By honour's id. One query."""
    turns: dict[int, list[Turn]] = defaultdict(list)
    rows = StandingChange.objects.filter(honour__in=[one.pk for one in honours]).order_by("id")
    for pk, before, after, at in rows.values_list("honour_id", "before", "after", "at"):
        turns[pk].append(Turn(timezone.localtime(at).date(), Standing(before), Standing(after)))
    return {one.pk: History(one.from_date, Standing(one.state), one.until, tuple(turns[one.pk])) for one in honours}


def _facts(programme: Programme, honours: Sequence[Honour]) -> dict[int, Facts]:
    ids = [one.case_id for one in honours if one.case_id is not None]
    cases = Case.objects.filter(pk__in=ids).select_related("nominator", "applying_unit", "subject", "process__edition")
    return known_of(programme, list(cases.prefetch_related("parties")))
