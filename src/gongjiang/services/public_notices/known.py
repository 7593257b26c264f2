"""What is known of cases when a notice or a naming asks the rules: with the points that panels gave."""

from collections.abc import Sequence

from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.results import scores_of


def known_of(programme: Programme, cases: Sequence[Case]) -> dict[int, Facts]:
    """Facts by case id, scores included: a pass line holds at a naming as it held at the list."""
    return facts_of(programme, cases, scores=scores_of(programme, cases))
