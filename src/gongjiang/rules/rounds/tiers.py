"""From an order or a score to tiers: filled from the best down, or by bands (mechanisms 2 and 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.rounds.rank import Ranking


@dataclass(frozen=True, slots=True)
class TierPlaces:
    """A tier and how many may have it; None takes all who are left."""

    id: str
    label: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class TierTie:
    """Equals that straddle two tiers, or the end: `seats` of them may have `tier`."""

    cases: frozenset[str]
    tier: str
    seats: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Who has which tier. With a `tie`, nobody from it down has a tier yet; `left` has none at all."""

    tiers: Mapping[str, str]
    tie: TierTie | None = None
    left: frozenset[str] = field(default_factory=frozenset)


def fill_tiers(ranking: Ranking, tiers: Sequence[TierPlaces]) -> Filled:
    """Give the tiers from the best down. Equals never get different tiers by themselves."""
    given: dict[str, str] = {}
    waiting = list(tiers)
    room = waiting[0].places if waiting else 0
    for rung in ranking.rungs:
        while waiting and room == 0:
            waiting.pop(0)
            room = waiting[0].places if waiting else 0
        if not waiting:
            break
        if room is not None and len(rung.cases) > room:
            text = f"第{rung.number}名{len(rung.cases)}个并列，“{waiting[0].label}”只余{room}个，由会议确定"
            tie = TierTie(rung.cases, waiting[0].id, room, text)
            return Filled(given, tie, ranking.cases - given.keys())
        given.update(dict.fromkeys(rung.cases, waiting[0].id))
        room = None if room is None else room - len(rung.cases)
    return Filled(given, None, ranking.cases - given.keys())


def band_of(score: Interval, bands: Sequence[tuple[Fraction, str]]) -> str | Unknown | None:
    """The tier of a score: the highest band it reaches, None below all, UNKNOWN while it may be either."""
    ordered = sorted(bands, key=lambda band: band[0], reverse=True)
    low, high = (next((tier for at, tier in ordered if end >= at), None) for end in (score.low, score.high))
    return low if low == high else UNKNOWN
