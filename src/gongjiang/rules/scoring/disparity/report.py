"""Who came how far: composition at every stage, and how selection ratios of groups differ. It informs, never adjusts.

Small numbers are withheld: a group of fewer than `LEAST` at a stage is shown as such, and with it the next smallest, as
otherwise the total would give it away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from gongjiang.rules.scoring.reliability.distributions import beta_quantile, exact_interval

#: No figure is shown about fewer people than this.
LEAST: Final = 5
#: A ratio below this is pointed out, if chance hardly explains it (the usual four fifths).
FOUR_FIFTHS: Final = Fraction(4, 5)


@dataclass(frozen=True, slots=True)
class Stage:
    """How many people of each group were on the list of one stage. Every person is in one group."""

    label: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One group at one stage; `count` None: fewer than can be shown."""

    group: str
    count: int | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Passing:
    """How many of a group came from one stage to the next, with an exact interval of 95%, and beside the others.

    `beside`: the group's rate over that of all others, with an interval; None where numbers are too small or nobody
    else is there. `word` says what stands out, empty if nothing does.
    """

    group: str
    rate: Fraction | None
    low: float
    high: float
    beside: float | None = None
    beside_low: float = 0.0
    beside_high: float = 0.0

    @property
    def word(self) -> str:
        """A remark for people to look into; never a verdict."""
        if self.beside is None or not self.beside < FOUR_FIFTHS or self.beside_high >= 1:
            return ""
        return "通过率低于其他人的五分之四，且难以用偶然解释，请了解原因"


def composition(stages: Sequence[Stage]) -> list[list[Cell]]:
    """One line a stage; groups in the order in which they first appear."""
    groups = _groups(stages)
    found = []
    for stage in stages:
        hidden = _hidden(stage, groups)
        total = sum(stage.counts.values())
        line = []
        for group in groups:
            count = stage.counts.get(group, 0)
            if group in hidden:
                line.append(Cell(group, None, None))
            else:
                line.append(Cell(group, count, Fraction(count, total) if total else None))
        found.append(line)
    return found


def passing(earlier: Stage, later: Stage) -> list[Passing]:
    """From one stage to the next; who appears only later is counted as having been there.

    Groups that are withheld at the earlier stage, or of whom fewer than `LEAST` passed or failed but not nobody, are
    withheld here.
    """
    groups = _groups([earlier, later])
    before = {one: max(earlier.counts.get(one, 0), later.counts.get(one, 0)) for one in groups}
    after = {one: later.counts.get(one, 0) for one in groups}
    hidden = _hidden(Stage("", before), groups) | _hidden(Stage("", after), groups)
    hidden |= _hidden(Stage("", {one: before[one] - after[one] for one in groups}), groups)
    found = []
    for group in groups:
        if group in hidden or not before[group]:
            found.append(Passing(group, None, 0.0, 1.0))
            continue
        low, high = exact_interval(after[group], before[group])
        others = sum(before.values()) - before[group], sum(after.values()) - after[group]
        rate = Fraction(after[group], before[group])
        found.append(Passing(group, rate, low, high, *_beside(after[group], before[group], others[1], others[0])))
    return found


def _beside(hits: int, of: int, other_hits: int, others: int) -> tuple[float | None, float, float]:
    """Ratio of two rates with an interval: given all who passed, how many are of the group (exact, conditional)."""
    if not others or not other_hits:
        return None, 0.0, 0.0
    ratio = (hits / of) / (other_hits / others)
    passed = hits + other_hits
    low = beta_quantile(0.025, hits, other_hits + 1) if hits else 0.0
    high = beta_quantile(0.975, hits + 1, other_hits) if hits < passed else 1.0
    return ratio, _odds(low) * others / of, _odds(high) * others / of


def _odds(share: float) -> float:
    return share / max(1 - share, 1e-12)


def _groups(stages: Sequence[Stage]) -> list[str]:
    return list(dict.fromkeys(group for stage in stages for group in stage.counts))


def _hidden(stage: Stage, groups: Sequence[str]) -> set[str]:
    """Groups below LEAST (nobody at all is no secret), and the next smallest if only one is hidden."""
    counts = {one: stage.counts.get(one, 0) for one in groups}
    hidden = {one for one, count in counts.items() if 0 < count < LEAST}
    if hidden and (len(hidden) == 1 or sum(counts[one] for one in hidden) < LEAST):
        rest = sorted((count, groups.index(one), one) for one, count in counts.items() if count >= LEAST)
        hidden |= {one for _, _, one in rest[:1]}
    return hidden
