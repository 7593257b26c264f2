"""Narrowing a list: how long it may be, whom rank proposes, what pools refuse (pack-notes 9; ledger G-10).

Rank proposes, pools refuse, people choose: a pick out of order carries a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from gongjiang.kernel.rounding import Rounding, round_places
from gongjiang.rules.quotas.guard import Seat, Seating
from gongjiang.rules.rounds.rank import Ranking, Rung

AtCut = Literal["take_all", "take_none", "meeting", "draw"]
#: The seats that each case takes when kept (quotas.guard.hard_maxima over all pools of the list).
Seats = Mapping[str, Sequence[Seat]]


def list_size(places: int, per_place: Fraction, rounding: Rounding) -> int:
    """places × per_place, exactly, then rounded as the edition answered: 25 × 1.1 → 28, 50 × 1.1 → 55."""
    if places < 0 or per_place <= 0:
        raise ValueError("places and the ratio are positive")
    return round_places(places * per_place, rounding)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case that rank proposed and a pool or a rule refused."""

    case: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class CutTie:
    """Equals of whom only some can stay: `seats` of them (at most), by a meeting or a draw."""

    cases: frozenset[str]
    number: int
    seats: int
    how: AtCut
    sentence: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What rank and pools make of a list.

    `kept` and `alternates` are in order; equals of one place stand together in no special order. Whom a
    pool refused is an alternate: its pool may have room later. A `tie` belongs to neither; once a meeting
    or a draw has given it an order (`rank(settled=…)`), propose again.
    `open` cases could still rise above anybody kept: a list with open cases is provisional.
    Whom a rule bars is neither kept nor an alternate: it stands in `skipped` only.
    """

    size: int
    kept: tuple[Rung, ...]
    alternates: tuple[Rung, ...]
    skipped: tuple[Skipped, ...] = ()
    tie: CutTie | None = None
    open: frozenset[str] = frozenset()

    @property
    def kept_cases(self) -> frozenset[str]:
        """Everybody kept."""
        return frozenset().union(*(rung.cases for rung in self.kept))

    @property
    def free(self) -> int:
        """Places of the list that are not filled."""
        return max(self.size - len(self.kept_cases), 0)


def propose(
    ranking: Ranking,
    size: int,
    seats: Seats | None = None,
    *,
    at_cut: AtCut = "meeting",
    barred: Mapping[str, str] | None = None,
) -> Proposal:
    """Keep from the best down as many as fit; skip whom a pool refuses or a rule bars, with the reason.

    Where equals don't all fit, `at_cut` decides: take_all keeps them all (the list grows, hard pools
    still refuse), take_none stops before them, meeting and draw leave the tie to people. Equals of whom
    a pool takes only some are always left to people.
    """
    seats = seats or {}
    seating = Seating()
    kept: list[Rung] = []
    skipped: list[Skipped] = _barred(ranking, barred or {})
    ranking = without(ranking, frozenset(barred or {}))
    tie: CutTie | None = None
    number_kept = 0
    for rung in ranking.rungs:
        room = size - number_kept
        if room <= 0:
            break
        refused = _refused(rung, seats, seating)
        skipped += refused
        fitting = rung.cases - {one.case for one in refused}
        if not fitting:
            continue
        blocked = _jointly_blocked(fitting, seats, seating)
        too_many = len(fitting) > room and at_cut != "take_all"
        if blocked is not None or (too_many and at_cut != "take_none"):
            tie = _tie(rung, fitting, min(room, len(fitting)), blocked, at_cut)
        if tie is not None or too_many:
            break
        kept.append(replace(rung, cases=fitting))
        number_kept += len(fitting)
        for case in fitting:
            seating.take(seats.get(case, ()))
    gone = frozenset().union(*(rung.cases for rung in kept), tie.cases if tie else ())
    alternates = tuple(replace(rung, cases=rung.cases - gone) for rung in ranking.rungs if rung.cases - gone)
    return Proposal(size, tuple(kept), alternates, tuple(skipped), tie, frozenset(one.case for one in ranking.open))


def without(ranking: Ranking, cases: frozenset[str]) -> Ranking:
    """The ranking without these; the others keep their numbers."""
    if not cases:
        return ranking
    rungs = tuple(replace(one, cases=one.cases - cases) for one in ranking.rungs if one.cases - cases)
    return Ranking(rungs, tuple(one for one in ranking.open if one.case not in cases))


def _barred(ranking: Ranking, barred: Mapping[str, str]) -> list[Skipped]:
    return [
        Skipped(case, rung.number, f"第{rung.number}名：{barred[case]}，未列入")
        for rung in ranking.rungs
        for case in sorted(rung.cases & barred.keys())
    ]


def _refused(rung: Rung, seats: Seats, seating: Seating) -> list[Skipped]:
    found = []
    for case in sorted(rung.cases):
        full = seating.full(seats.get(case, ()))
        if full is not None:
            found.append(Skipped(case, rung.number, f"第{rung.number}名：{full_text(full)}，未列入"))
    return found


def full_text(seat: Seat) -> str:
    """`推荐名额（新疆）已满9个名额`."""
    return f"{seat.name}已满{seat.limit}个名额"


def _jointly_blocked(cases: Iterable[str], seats: Seats, seating: Seating) -> Seat | None:
    """The first pool that refuses these equals together, each of whom it would take alone."""
    trial = Seating({pool: held.copy() for pool, held in seating.taken.items()})
    for case in sorted(cases):
        full = trial.full(seats.get(case, ()))
        if full is not None:
            return full
        trial.take(seats.get(case, ()))
    return None


def _tie(rung: Rung, cases: frozenset[str], room: int, blocked: Seat | None, at_cut: AtCut) -> CutTie:
    how: AtCut = "draw" if at_cut == "draw" else "meeting"
    word = "抽签" if how == "draw" else "会议"
    why = f"余{room}个名额" if blocked is None else f"{blocked.name}限{blocked.limit}个名额，不能都列入"
    return CutTie(cases, rung.number, room, how, f"第{rung.number}名{len(cases)}个并列，{why}，由{word}确定")
