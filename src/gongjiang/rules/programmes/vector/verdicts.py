"""What came of every rule for everybody."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from gongjiang.rules.programmes.blame import Reason
from gongjiang.rules.programmes.evaluate import ReadyRule

OVERLAYS: Final = (None, "excepted", "reasoned")
PLAIN_REASONS: Final = (Reason("pass"), Reason("fail"), Reason("unknown"))
_OF_TRUTH: Final[Mapping[str, Callable[[pl.Series], pl.Series]]] = {
    "pass": lambda met: met.fill_null(False),
    "fail": lambda met: (~met).fill_null(False),
    "unknown": lambda met: met.is_null(),
}


@dataclass(frozen=True)
class RuleVerdicts:
    """One rule. `found`: for each person the place in `reasons`, or, of a rule without reasons that is for everybody,
    whether it is met. `overlays`: the place in OVERLAYS, if any applies."""

    rule: ReadyRule
    found: pl.Series
    reasons: tuple[Reason, ...]
    overlays: pl.Series | None = None

    @cached_property
    def codes(self) -> pl.Series:
        """For each person the place in `reasons`."""
        if self.found.dtype != pl.Boolean:
            return self.found
        places = [pl.lit(self.reasons.index(one), pl.UInt8) for one in PLAIN_REASONS]
        met = pl.when(pl.col("met")).then(places[0]).when(~pl.col("met")).then(places[1]).otherwise(places[2])
        return self.found.to_frame("met").select(met.alias("code"))["code"]

    @property
    def outcomes(self) -> pl.Series:
        """pass, fail, unknown or na, person by person."""
        return self._told([one.outcome for one in self.reasons])

    @property
    def reason_codes(self) -> pl.Series:
        """`fail:0.2`, person by person."""
        return self._told([one.code for one in self.reasons])

    def is_(self, outcome: str) -> pl.Series:
        """For whom this came out."""
        if self.found.dtype == pl.Boolean and outcome in _OF_TRUTH:
            return _OF_TRUTH[outcome](self.found)
        return self.codes.is_in([n for n, one in enumerate(self.reasons) if one.outcome == outcome])

    @property
    def stopped(self) -> pl.Series:
        """Whom the rule refuses now: it is false, and neither waived nor accepted with a reason."""
        failed = self.is_("fail")
        return failed if self.overlays is None else failed & (self.overlays == 0)

    def reason(self, place: int) -> Reason:
        """One person's reason."""
        return self.reasons[int(self.codes[place])]

    def overlay(self, place: int) -> str | None:
        """One person's overlay."""
        return None if self.overlays is None else OVERLAYS[self.overlays[place]]

    def counts(self) -> Counter[Reason]:
        """How many for each reason."""
        found = self.codes.value_counts()
        return Counter({self.reasons[code]: number for code, number in found.iter_rows()})

    def _told(self, words: Sequence[str]) -> pl.Series:
        kind = pl.Enum(list(dict.fromkeys(words)))
        return pl.Series([*words, words[0]], dtype=kind).gather(self.codes)


@dataclass(frozen=True)
class Verdicts:
    """All rules, in their order. `by_person`: what had to be asked person by person."""

    size: int
    rules: Mapping[str, RuleVerdicts]
    by_person: tuple[str, ...] = ()
