"""same_as · differs_from: the value equals (differs from) another fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.base import Reader
from gongjiang.rules.programmes.conditions.beside import Beside
from gongjiang.rules.programmes.conditions.comparing import equal
from gongjiang.rules.programmes.conditions.narrowing import exclude, include
from gongjiang.rules.programmes.drafts import Draft, Target, target_of
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Nothing, Value, read_value
from gongjiang.rules.programmes.vocabulary import FieldSpec


@dataclass(frozen=True, slots=True)
class Sameness(Beside):
    """Compares two facts; one that is not known leaves it open."""

    words = ("same_as", "differs_from")
    spec: FieldSpec
    negated: bool

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Sameness":
        """The value is a path."""
        return cls(parser.scope.path(raw, at), spec, word == "differs_from")

    def unclaimed(self) -> Truth:
        """Nothing can't be told from nothing."""
        return Truth.UNKNOWN

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Are the two the same?"""
        other = facts.value(self.other, row)
        if isinstance(other, Unknown | Nothing):
            return Truth.UNKNOWN
        found = equal(actual, other, facts.words.code_list(self.spec))
        return ~found if self.negated else found

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """与工种相同."""
        owner = {"subject": "本人", "case": "本次"}.get(self.other.at, "")
        return f"与{owner}{self.other.spec.shown}{'不同' if self.negated else '相同'}"

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """Chooses the other fact, then this one like or unlike it."""
        narrowing = include if want is not self.negated else exclude
        for settled, raw in draft.settled(target_of(self.other, target.row)):
            for domain in narrowing(settled.domain(target), read_value(raw, self.other.spec)):
                yield from settled.narrowed(target, domain)


OPERATORS = (Sameness,)
