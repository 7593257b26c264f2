"""Working years out of a résumé."""

from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.dates import Month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.spans import Span, merged, months_covered, review, years_covered, years_text

AS_OF = date(2026, 6, 30)


def span(since: str, until: str = "") -> Span:
    year, month = map(int, since.split("."))
    end = Month(*map(int, until.split("."))) if until else None
    return Span(Month(year, month), end)


@pytest.mark.ledger("G-02")
@pytest.mark.parametrize(
    "rows",
    [
        [("2003.8", "")],
        [("2003.8", "2010.3"), ("2010.3", "")],
        [("2003.8", "2010.2"), ("2010.3", "")],
        [("2010.3", ""), ("2003.8", "2015.1")],
    ],
)
def test_an_unbroken_stretch_lasts_the_same_however_it_is_written(rows: list[tuple[str, str]]) -> None:
    months = months_covered([span(*row) for row in rows], AS_OF)
    assert months == 22 * 12 + 10
    assert years_text(months) == "22年10个月"


def test_59_months_are_not_yet_five_years() -> None:
    assert years_covered([span("2021.7")], AS_OF) == Fraction(59, 12) < 5
    assert years_covered([span("2021.6")], AS_OF) == 5


def test_interrupted_years_add_up() -> None:
    assert years_covered([span("2000.1", "2003.1"), span("2020.6")], AS_OF) == 9


def test_what_lies_after_the_day_does_not_count() -> None:
    assert months_covered([span("2026.1", "2028.1"), span("2027.1")], AS_OF) == 5


def test_gaps_and_overlaps_are_named() -> None:
    report = review([span("2000.9", "2003.6"), span("2003.10", "2010.3"), span("2009.12", "")], AS_OF)
    assert report.gaps == ((Month(2003, 7), Month(2003, 9)),)
    assert report.overlaps == ((Month(2009, 12), Month(2010, 3)),)
    assert report.months == 33 + (2026 - 2003) * 12 + 6 - 10


def test_rows_that_meet_are_neither() -> None:
    report = review([span("2000.9", "2003.6"), span("2003.6", "2010.3"), span("2010.4")], AS_OF)
    assert (report.gaps, report.overlaps) == ((), ())


def test_a_span_that_ends_before_it_begins() -> None:
    with pytest.raises(BadInput, match="简历第2行：止于2003年5月，早于开始的2003年6月"):
        Span(Month(2003, 6), Month(2003, 5), place="简历第2行")


@pytest.mark.parametrize(("months", "text"), [(0, "0年"), (7, "7个月"), (24, "2年"), (25, "2年1个月")])
def test_years_as_text(months: int, text: str) -> None:
    assert years_text(months) == text


MONTHS = st.builds(Month, st.integers(1990, 2025), st.integers(1, 12))
SPANS = st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b)), MONTHS, MONTHS), max_size=8)


@given(SPANS, st.randoms())
def test_order_and_repetition_change_nothing(spans: list[Span], random: Random) -> None:
    shuffled = spans + spans
    random.shuffle(shuffled)
    assert merged(shuffled, AS_OF) == merged(spans, AS_OF)


@given(SPANS, SPANS)
def test_never_more_than_the_time_there_was_and_more_rows_never_less(some: list[Span], more: list[Span]) -> None:
    months = months_covered(some, AS_OF)
    assert 0 <= months <= Month.of(AS_OF).index - Month(1990, 1).index
    assert months_covered(some + more, AS_OF) >= months
