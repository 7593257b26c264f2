"""Tiers that a list gives: filled from the best down, or by bands of a score; nobody is ever lowered (mechanisms 2)."""

from collections import Counter
from collections.abc import Mapping, Sequence

from gongjiang.kernel.errors import Refused
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.truth import Unknown
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Tier
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.rounds.rank import Ranking, Rung
from gongjiang.rules.rounds.tiers import TierPlaces, band_of, fill_tiers
from gongjiang.services.programmes.programme import Programme

Scores = Mapping[int, Mapping[str, Interval]]


def tiers_of(programme: Programme, award: str) -> tuple[Tier, ...]:
    """Tiers of an award, best first; an award without tiers has one, named as the award."""
    spec = programme.award(award)
    return spec.tiers or (Tier(id=spec.id, label=spec.shown),)


def chooses_tiers(programme: Programme, stage: Stage) -> bool:
    """Do people say which tier each one gets? Where a list gives several and neither places nor a score's bands do."""
    if stage.bands is not None or len(stage.gives) < 2:
        return False
    return any(
        sum(one.places is None for one in tiers_of(programme, award.id) if one.id in stage.gives) > 1
        for award in programme.awards
    )


def choices_of(programme: Programme, stage: Stage, award: str) -> tuple[Tier, ...]:
    """The tiers to choose from, best first."""
    return tuple(one for one in tiers_of(programme, award) if one.id in stage.gives)


def tiers_for(programme: Programme, stage: Stage, kept: Sequence[Case], scores: Scores) -> dict[int, str]:
    """The tier that each kept case has earned on this list, by case id; `kept` is in order.

    A stage with `bands` reads the score; else the tiers it `gives` are filled from the best down, each to
    its places. Refused while a score may still lie in either of two bands.
    """
    if stage.bands is not None:
        return _banded(programme, stage, kept, scores)
    if not stage.gives:
        return {}
    given: dict[int, str] = {}
    for award in dict.fromkeys(case.award for case in kept):
        ladder = [
            TierPlaces(one.id, one.shown, _places(programme, one))
            for one in tiers_of(programme, award)
            if one.id in stage.gives
        ]
        order = [str(case.pk) for case in kept if case.award == award]
        ranking = Ranking(tuple(Rung(n, frozenset({pk}), "") for n, pk in enumerate(order, 1)))
        given |= {int(pk): tier for pk, tier in fill_tiers(ranking, ladder).tiers.items()}
    return given


def give_tiers(
    programme: Programme,
    stage: Stage,
    kept: Sequence[Case],
    scores: Scores | None = None,
    chosen: Mapping[int, str] | None = None,
) -> dict[int, str]:
    """Save the standings that a list gives (`chosen`: by people); returns them by case id. A standing only ever
    rises."""
    by_id = {one.pk: one for one in kept}
    found: dict[int, str] = {}
    given = chosen if chosen is not None else tiers_for(programme, stage, kept, scores or {})
    for pk, tier in given.items():
        case = by_id[pk]
        _raise(programme, case, tier)
        found[pk] = case.standing
    return found


def give_free_tier(programme: Programme, stage: Stage, case: Case, scores: Mapping[str, Interval]) -> str:
    """The tier for one who comes onto a closed list: by the score's band, else the best with a place left.

    Nobody else's standing changes. '' where the list gives none.
    """
    if stage.bands is not None:
        return give_tiers(programme, stage, [case], {case.pk: scores}).get(case.pk, "")
    ladder = [one for one in tiers_of(programme, case.award) if one.id in stage.gives]
    held = Counter(
        StageRow.objects.filter(process=programme.process, stage=stage.id, state=RowState.DONE, case__award=case.award)
        .exclude(case=case)
        .values_list("case__standing", flat=True)
    )
    for tier in ladder:
        places = _places(programme, tier)
        if places is None or held[tier.id] < places:
            _raise(programme, case, tier.id)
            return case.standing
    return ""


def _raise(programme: Programme, case: Case, tier: str) -> None:
    ladder = [one.id for one in tiers_of(programme, case.award)]
    held = ladder.index(case.standing) if case.standing in ladder else len(ladder)
    if tier in ladder and ladder.index(tier) < held:
        Case.objects.filter(pk=case.pk).update(standing=tier)
        case.standing = tier


def _places(programme: Programme, tier: Tier) -> int | None:
    places = programme.value(tier.places)
    return None if places is None else int(exact(places))


def _banded(programme: Programme, stage: Stage, kept: Sequence[Case], scores: Scores) -> dict[int, str]:
    assert stage.bands is not None
    bands = [(exact(programme.value(one["at_least"])), str(one["gives"])) for one in stage.bands.rows]
    found: dict[int, str] = {}
    for case in kept:
        score = scores.get(case.pk, {}).get(stage.bands.score)
        tier = band_of(score, bands) if score is not None else None
        if score is None or isinstance(tier, Unknown):
            raise Refused(f"{case.title}的得分未定，还不能定档次。", "The score is still open.", place=case.title)
        if tier is not None:
            found[case.pk] = tier
    return found
