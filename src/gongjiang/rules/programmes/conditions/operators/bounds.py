"""at_least · at_most · above · below: 以上、以内 include the bound, 超过、不满 exclude it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.base import Operator, Read, Reader, Term
from gongjiang.rules.programmes.conditions.comparing import above, at_least
from gongjiang.rules.programmes.conditions.narrowing import day
from gongjiang.rules.programmes.domains import Domain
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import DATES, NUMBERS, Days, Nothing, Value
from gongjiang.rules.programmes.vocabulary import FieldSpec

_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "above": "＞", "below": "＜"}
_OPPOSITE: Final = {"at_least": "below", "below": "at_least", "at_most": "above", "above": "at_most"}


@dataclass(frozen=True, slots=True)
class Bound(Operator):
    """A bound on a number, a day or an ordered code."""

    words = tuple(_SIGNS)
    word: str
    term: Term
    spec: FieldSpec

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Bound":
        """Only on what has an order."""
        codes = parser.scope.words.code_list(spec)
        if spec.type not in NUMBERS | DATES | {"any"} and not codes.ordered:
            raise BadCondition(
                f"“{spec.shown}”没有高低之分，不能用 {word}。",
                f"'{spec.id}' has no order: '{word}' can't be used.",
                at,
                "condition.order",
            )
        return cls(word, parser.term(raw, spec, at), spec)

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Is it on the right side of the bound?"""
        bound = self.term.read(facts, row)
        if isinstance(bound, Unknown):
            return Truth.UNKNOWN
        if isinstance(bound, Nothing):
            return Truth.FALSE
        codes = facts.words.code_list(self.spec)
        if self.word in {"at_least", "below"}:
            found = at_least(actual, bound, codes)
            return found if self.word == "at_least" else ~found
        found = above(actual, bound, codes)
        return found if self.word == "above" else ~found

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """≥5年."""
        return f"{_SIGNS[self.word]}{self.term.text(facts, row)}"

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """An open param or key."""
        return self.term.gaps(facts, row)

    def reads(self) -> frozenset[Read]:
        """What the bound depends on."""
        return self.term.reads()

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """The bound, or its opposite."""
        word = self.word if want else _OPPOSITE[self.word]
        for settled, bound in self.term.settle(draft, target.row):
            domain = _bounded(settled.domain(target), word, bound)
            if domain is not None:
                yield from settled.narrowed(target, domain)


def _bounded(domain: Domain, word: str, bound: Value) -> Domain | None:
    lower, strict = word in {"at_least", "above"}, word in {"above", "below"}
    if isinstance(bound, str):
        mark = domain.codes.rank(bound)
        if mark is None:
            return None
        items = domain.codes.items
        return domain.among(items[mark + strict :] if lower else items[: mark + (not strict)])
    if isinstance(bound, Interval):
        edge = bound.low
    elif isinstance(bound, Days):
        edge = day(bound, first=word in {"at_least", "below"})
    else:
        return None
    return domain.at_least(edge, strict=strict) if lower else domain.at_most(edge, strict=strict)


OPERATORS = (Bound,)
