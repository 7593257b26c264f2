"""is · is_not: the value is (not) this; a wider code holds all that lies in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth, Unknown, truth
from gongjiang.rules.programmes.conditions.base import Operator, Read, Reader, Term
from gongjiang.rules.programmes.conditions.comparing import equal
from gongjiang.rules.programmes.conditions.narrowing import exclude, include
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vocabulary import FieldSpec


@dataclass(frozen=True, slots=True)
class Equality(Operator):
    """`is: x` or, negated, `is_not: x`."""

    words = ("is", "is_not")
    term: Term
    spec: FieldSpec
    negated: bool

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Equality":
        """Any one value."""
        return cls(parser.term(raw, spec, at), spec, word == "is_not")

    def unclaimed(self) -> Truth:
        """What is not claimed is not this."""
        return truth(self.negated)

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Is it the wanted value?"""
        wanted = self.term.read(facts, row)
        if isinstance(wanted, Unknown):
            return Truth.UNKNOWN
        found = equal(actual, wanted, facts.words.code_list(self.spec))
        return ~found if self.negated else found

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """为“是”."""
        wanted = self.term.text(facts, row)
        wanted = f"“{wanted}”" if self.spec.type == "yes_no" else wanted
        return f"{'不为' if self.negated else '为'}{wanted}"

    def needed(self, facts: Facts, row: Row | None) -> str:
        """须为“是”, 不得为“是”."""
        phrase = self.phrase(facts, row)
        return f"不得{phrase.removeprefix('不')}" if self.negated else f"须{phrase}"

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """An open param or key."""
        return self.term.gaps(facts, row)

    def reads(self) -> frozenset[Read]:
        """What the wanted value depends on."""
        return self.term.reads()

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """The value fixed, or kept away from it."""
        for settled, value in self.term.settle(draft, target.row):
            narrowing = include if want is not self.negated else exclude
            for domain in narrowing(settled.domain(target), value):
                yield from settled.narrowed(target, domain)


OPERATORS = (Equality,)
