"""Tiers that a list gives: several fill from the best down; nobody is ever lowered (mechanisms 2)."""

from collections.abc import Sequence

from gongjiang.kernel.rounding import exact
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Tier
from gongjiang.services.programmes.programme import Programme


def tiers_of(programme: Programme, award: str) -> tuple[Tier, ...]:
    """Tiers of an award, best first; an award without tiers has one, named as the award."""
    spec = programme.award(award)
    return spec.tiers or (Tier(id=spec.id, label=spec.shown),)


def give_tiers(programme: Programme, stage: Stage, kept: Sequence[Case]) -> dict[int, str]:
    """Standing by case id after a list was kept in this order; saved where it rises."""
    given: dict[int, str] = {}
    if not stage.gives:
        return given
    filled: dict[tuple[str, str], int] = {}
    for case in kept:
        ladder = tiers_of(programme, case.award)
        ranks = {one.id: n for n, one in enumerate(ladder)}
        for tier in ladder:
            if tier.id not in stage.gives:
                continue
            places = programme.value(tier.places)
            used = filled.get((case.award, tier.id), 0)
            if places is not None and used >= int(exact(places)):
                continue
            filled[(case.award, tier.id)] = used + 1
            if not case.standing or ranks[tier.id] < ranks.get(case.standing, len(ladder)):
                Case.objects.filter(pk=case.pk).update(standing=tier.id)
                case.standing = tier.id
            given[case.pk] = case.standing
            break
    return given
