"""Tiers of a factor on the line of all figures: which hold a figure, where none does, where two do (ledger N-06)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from gongjiang.kernel.rounding import decimal_text


@dataclass(frozen=True, slots=True)
class Span:
    """Figures from `low` to `high`; None is no end. The ends belong to it as `low_in`, `high_in` say."""

    low: Fraction = Fraction(0)
    low_in: bool = True
    high: Fraction | None = None
    high_in: bool = True

    def holds(self, figure: Fraction) -> bool:
        """Does the figure lie here?"""
        if figure < self.low or (figure == self.low and not self.low_in):
            return False
        return self.high is None or figure < self.high or (figure == self.high and self.high_in)

    def text(self, unit: str = "") -> str:
        """For people: `恰为1000万人`, `1500至2000万人之间（不含两端）`, `100万人以下`."""
        low = decimal_text(self.low)
        if self.high is None:
            return f"{low}{unit}以上" if self.low_in else f"{low}{unit}以上（不含{low}{unit}）"
        high = decimal_text(self.high)
        if self.low == self.high:
            return f"恰为{low}{unit}"
        if self.low == 0 and self.low_in:
            return f"{high}{unit}以下" if self.high_in else f"不满{high}{unit}"
        ends = {(True, True): "", (False, False): "（不含两端）", (True, False): f"（不含{high}{unit}）"}
        return f"{low}至{high}{unit}之间" + ends.get((self.low_in, self.high_in), f"（不含{low}{unit}）")


@dataclass(frozen=True, slots=True)
class TierSpec:
    """So many places for figures of a span; without one the notice gives no bounds, only a word (较多)."""

    label: str
    span: Span | None
    places: int

    def text(self, unit: str = "") -> str:
        """`500至1000万人之间6名`, `较多6名`."""
        name = self.label or (self.span.text(unit) if self.span is not None else "")
        return f"{name}{self.places}名"


Cell = tuple[Span, tuple[TierSpec, ...]]


def cells(tiers: Iterable[TierSpec]) -> tuple[Cell, ...]:
    """The whole line from 0 on, cut where the tiers that hold change, each piece with its tiers in their order."""
    bounded = [one for one in tiers if one.span is not None]
    ends = {Fraction(0)}
    for one in bounded:
        if one.span is not None:
            ends |= {one.span.low} | ({one.span.high} if one.span.high is not None else set())
    found: list[Cell] = []
    for piece, inside in _pieces(sorted(ends)):
        holding = tuple(one for one in bounded if one.span is not None and one.span.holds(inside))
        if found and found[-1][1] == holding:
            before = found[-1][0]
            found[-1] = (Span(before.low, before.low_in, piece.high, piece.high_in), holding)
        else:
            found.append((piece, holding))
    return tuple(found)


def _pieces(ends: Sequence[Fraction]) -> Iterable[tuple[Span, Fraction]]:
    """Each end by itself, what lies between two, what lies above the last; each with a figure inside it."""
    for low, high in pairwise(ends):
        yield Span(low, True, low, True), low
        yield Span(low, False, high, False), (low + high) / 2
    last = ends[-1]
    yield Span(last, True, last, True), last
    yield Span(last, False, None, True), last + 1


def uncovered(tiers: Iterable[TierSpec]) -> tuple[Span, ...]:
    """Where no tier holds a figure."""
    return tuple(span for span, holding in cells(tiers) if not holding)


def doubled(tiers: Iterable[TierSpec]) -> tuple[Cell, ...]:
    """Where several tiers hold a figure and give it different places."""
    return tuple((span, held) for span, held in cells(tiers) if len({one.places for one in held}) > 1)


def holding(tiers: Iterable[TierSpec], figure: Fraction) -> tuple[TierSpec, ...]:
    """The tiers that hold a figure; those without bounds hold none for certain."""
    return tuple(one for one in tiers if one.span is not None and one.span.holds(figure))
