"""Whom a list can't keep, whatever their place: a hard rule has refused them, or their points reach no tier."""

from collections.abc import Mapping
from fractions import Fraction

from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.programmes.programme import Programme


def barred_of(programme: Programme, stage: Stage, facts: Mapping[int, Facts]) -> dict[str, str]:
    """Case id to the reason, for everybody on the list who is barred. What is not known yet bars nobody."""
    lowest = lowest_band(programme, stage)
    found: dict[str, str] = {}
    for pk, known in facts.items():
        refused = next(
            (
                one
                for one in outcomes(programme, known)
                if one.force == "hard" and one.outcome == "fail" and one.overlay is None
            ),
            None,
        )
        score = known.scores.get(stage.bands.score) if stage.bands is not None else None
        if refused is not None:
            found[str(pk)] = refused.sentence
        elif lowest is not None and score is not None and score.high < lowest:
            found[str(pk)] = f"得{decimal_text(score.high)}分，不到最低一档的{decimal_text(lowest)}分"
    return found


def lowest_band(programme: Programme, stage: Stage) -> Fraction | None:
    """The points that the lowest tier of the stage's bands asks for; None where it has none, or they aren't known."""
    if stage.bands is None:
        return None
    values = [programme.value(one["at_least"]) for one in stage.bands.rows]
    return None if None in values else min(exact(one) for one in values)
