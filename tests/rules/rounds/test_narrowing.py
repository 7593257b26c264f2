"""List sizes, proposals and picks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.rounding import Rounding
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.quotas.guard import Seat, Seating
from gongjiang.rules.rounds.narrowing import Proposal, list_size, propose
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, rank

RATIOS = [Fraction(2), Fraction("1.5"), Fraction("1.3"), Fraction("1.1")]
KEY = Key("total", "总分")


def order(*scores: int) -> Ranking:
    """Cases a, b, c … with these scores."""
    return rank([Entry(chr(97 + i), (score,)) for i, score in enumerate(scores)], [KEY])


def shown(proposal: Proposal) -> tuple[str, str]:
    """Kept and alternates as letters, equals in brackets."""

    def one(rungs: tuple) -> str:
        names = ("".join(sorted(rung.cases)) for rung in rungs)
        return "".join(name if len(name) == 1 else f"({name})" for name in names)

    return one(proposal.kept), one(proposal.alternates)


@pytest.mark.ledger("G-10")
@pytest.mark.parametrize(
    ("places", "rounding", "sizes"),
    [
        (25, "up", [50, 38, 33, 28]),
        (25, "half_up", [50, 38, 33, 28]),
        (25, "half_even", [50, 38, 32, 28]),
        (25, "down", [50, 37, 32, 27]),
        (50, "up", [100, 75, 65, 55]),
        (50, "down", [100, 75, 65, 55]),
    ],
)
def test_sizes_of_the_funnel(places: int, rounding: Rounding, sizes: list[int]) -> None:
    assert [list_size(places, ratio, rounding) for ratio in RATIOS] == sizes


def test_a_size_needs_positive_numbers() -> None:
    with pytest.raises(ValueError, match="positive"):
        list_size(25, Fraction(0), "up")


def test_the_best_are_kept_and_the_rest_stand_in_order() -> None:
    proposal = propose(order(70, 90, 80, 60), 2)
    assert shown(proposal) == ("bc", "ad")
    assert proposal.tie is None
    assert proposal.free == 0


def test_fewer_than_the_places() -> None:
    assert propose(order(70, 90), 5).free == 3


def test_a_tie_at_the_cut_waits_for_the_meeting() -> None:
    proposal = propose(order(90, 80, 80, 80, 70), 3)
    assert shown(proposal) == ("a", "e")
    assert proposal.tie is not None
    assert (set(proposal.tie.cases), proposal.tie.seats, proposal.tie.how) == ({"b", "c", "d"}, 2, "meeting")
    assert proposal.tie.sentence == "第2名3个并列，余2个名额，由会议确定"


def test_the_other_ways_at_the_cut() -> None:
    ranking = order(90, 80, 80, 80, 70)
    assert shown(propose(ranking, 3, at_cut="take_all")) == ("a(bcd)", "e")
    assert shown(propose(ranking, 3, at_cut="take_none")) == ("a", "(bcd)e")
    drawn = propose(ranking, 3, at_cut="draw")
    assert drawn.tie is not None
    assert drawn.tie.sentence == "第2名3个并列，余2个名额，由抽签确定"


def test_a_tie_that_fits_is_no_tie_at_the_cut() -> None:
    assert shown(propose(order(90, 80, 80, 70), 3)) == ("a(bc)", "d")


def test_a_recorded_draw_goes_on() -> None:
    entries = [Entry("a", (90,)), Entry("b", (80,)), Entry("c", (80,))]
    ranking = rank(entries, [KEY], ties="draw", settled=["c", "b"])
    assert shown(propose(ranking, 2, at_cut="draw")) == ("ac", "b")


HEADS = Seat("heads", "企业负责人", (), 1)


def test_a_pool_refuses_and_says_why() -> None:
    proposal = propose(order(90, 80, 70), 2, {"a": [HEADS], "b": [HEADS]})
    assert shown(proposal) == ("ac", "b")
    assert [(one.case, one.reason) for one in proposal.skipped] == [("b", "第2名：企业负责人已满1个名额，未列入")]


def test_equals_of_whom_a_pool_takes_only_one_are_left_to_people() -> None:
    proposal = propose(order(90, 80, 80, 70), 4, {"b": [HEADS], "c": [HEADS]}, at_cut="take_none")
    assert shown(proposal) == ("a", "d")
    assert proposal.tie is not None
    assert proposal.tie.sentence == "第2名2个并列，企业负责人限1个名额，不能都列入，由会议确定"


def test_open_cases_are_told_beside_the_list() -> None:
    from_open = rank([Entry("a", (90,)), Entry("b", (UNKNOWN,))], [KEY])
    assert propose(from_open, 1).open == {"b"}


SCORES = st.lists(st.integers(0, 4), min_size=1, max_size=8)


@given(SCORES, st.integers(0, 8), st.sampled_from(["meeting", "draw", "take_none", "take_all"]), st.integers(0, 255))
def test_laws_of_a_proposal(scores: list[int], size: int, at_cut: str, mask: int) -> None:
    """Nobody is lost; no pool is broken; nobody kept stands below somebody left out whom no pool refused."""
    ranking = order(*scores)
    seats = {chr(97 + i): [HEADS] for i in range(len(scores)) if mask >> i & 1}
    proposal = propose(ranking, size, seats, at_cut=at_cut)
    kept = proposal.kept_cases
    tied = proposal.tie.cases if proposal.tie else frozenset()
    rest = frozenset().union(*(rung.cases for rung in proposal.alternates))
    assert kept | tied | rest == ranking.cases
    assert len(kept) + len(tied) + len(rest) == len(scores)
    assert at_cut == "take_all" or len(kept) <= size
    seating = Seating()
    for case in kept:
        assert seating.full(seats.get(case, ())) is None
        seating.take(seats.get(case, ()))
    skipped = {one.case for one in proposal.skipped}
    for case in rest - skipped:
        assert all(ranking.number_of(case) > ranking.number_of(other) for other in kept)
