"""What each of many honours is entitled to, and what it went through: a batch in a handful of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import timezone

from gongjiang.kernel.truth import Truth
from gongjiang.models import BenefitDue, BenefitStop, Case, Honour, Process, StandingChange
from gongjiang.rules.funds.entitlement import KINDS, Entitlement, entitlement_of
from gongjiang.rules.funds.periods import Period, Rhythm, due
from gongjiang.rules.honours.bestowals import belonging
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import History, Turn, runs
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Benefit
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.known import known_of


@dataclass(frozen=True)
class Held:
    """One honour with its history and what the notice promises it again and again. `earned`: what decisions made due,
    by benefit."""

    honour: Honour
    history: History
    entitlements: tuple[Entitlement, ...]
    earned: Mapping[str, tuple[Period, ...]] = field(default_factory=dict)

    def due(self, one: Entitlement, today: date) -> tuple[Period, ...]:
        """What of one entitlement is to be given by a day, oldest first, whatever was given already."""
        if one.rhythm is not Rhythm.EARNED:
            return due(one.rhythm, one.times, one.terms, self.history, today)
        mine = self.earned.get(one.id, ())
        return tuple(each for each in mine if each.first <= today and runs(one.terms, self.history, each.first))


def held_of(honours: Sequence[Honour]) -> list[Held]:
    """Each honour (loaded with case and its unit) with what it is entitled to, in the given order."""
    programmes = programmes_of({one.edition_id for one in honours if one.edition_id is not None})
    histories, stops = histories_of(honours), _stops(honours)
    paid = any(one is not None and one.pack.earned for one in programmes.values())
    earned = _earned(honours) if paid else {}
    by_edition: dict[int | None, list[Honour]] = defaultdict(list)
    for one in honours:
        by_edition[one.edition_id].append(one)
    known: dict[int, Facts] = {}
    for edition_id, members in by_edition.items():
        programme = programmes.get(edition_id or 0)
        if programme is not None and any(
            one.when and (one.kind in KINDS or one.id in programme.pack.earned) for one in programme.pack.benefits
        ):
            known |= _facts(programme, members)
    chosen: dict[tuple[Any, ...], tuple[Entitlement, ...]] = {}
    found = []
    for one in honours:
        programme = programmes.get(one.edition_id or 0)
        facts = known.get(one.case_id or 0)
        key = (one.edition_id, one.award, one.tier) if facts is None else (one.pk,)
        if key not in chosen:
            chosen[key] = () if programme is None else entitlements(programme, one, facts)
        mine = tuple(_ended(each, stops[one.pk]) for each in chosen[key]) if one.pk in stops else chosen[key]
        found.append(Held(one, histories[one.pk], mine, earned.get(one.pk, {})))
    return found


def _ended(one: Entitlement, stops: Mapping[str, date]) -> Entitlement:
    """With the day from which a decision ended it, or all of them."""
    days = [stops[key] for key in ("", one.id) if key in stops]
    return replace(one, terms=replace(one.terms, ended=min(days))) if days else one


def _stops(honours: Sequence[Honour]) -> dict[int, dict[str, date]]:
    """By honour and benefit ('' for all): the first day on which a decision ended it. One query."""
    found: dict[int, dict[str, date]] = defaultdict(dict)
    rows = BenefitStop.objects.filter(honour__in=[one.pk for one in honours]).order_by("-from_date")
    for pk, benefit, day in rows.values_list("honour_id", "benefit", "from_date"):
        found[pk][benefit] = day
    return found


def _earned(honours: Sequence[Honour]) -> dict[int, dict[str, tuple[Period, ...]]]:
    """By honour and benefit, oldest first: what decisions made due. One query."""
    found: dict[int, dict[str, tuple[Period, ...]]] = defaultdict(dict)
    rows = BenefitDue.objects.filter(honour__in=[one.pk for one in honours]).order_by("pk")
    for one in rows:
        before = found[one.honour_id].get(one.benefit, ())
        period = Period(f"o{one.outcome_id}"[:10], one.label, one.from_date, amount=one.amount)
        found[one.honour_id][one.benefit] = (*before, period)
    return found


def entitlements(programme: Programme, honour: Honour, facts: Facts | None) -> tuple[Entitlement, ...]:
    """What the pack promises one honour again and again; what has a condition only where it is known to hold."""

    def met(benefit: Benefit) -> bool:
        if benefit.when is None:
            return True
        return facts is not None and holds(programme, benefit.when, facts) is Truth.TRUE

    mine = belonging(programme.pack.benefits, honour.award, honour.tier, met)
    made = (
        entitlement_of(one, lambda raw: valued(programme, honour.tier, raw), earned=one.id in programme.pack.earned)
        for one in mine
    )
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
