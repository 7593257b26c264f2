"""What operators that read one other fact share: which it is, and that it may be missing."""

from dataclasses import dataclass

from gongjiang.kernel.truth import Unknown
from gongjiang.rules.programmes.conditions.base import Operator, Read
from gongjiang.rules.programmes.conditions.terms import path_read
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.values import Nothing


@dataclass(frozen=True, slots=True)
class Beside(Operator):
    """An operator that holds its value against `other`."""

    other: FactPath

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """The other fact, while it is unknown."""
        if isinstance(facts.value(self.other, row), Unknown | Nothing):
            return (Missing("field", self.other.name, self.other.spec.shown),)
        return ()

    def reads(self) -> frozenset[Read]:
        """The other fact."""
        return frozenset({path_read(self.other)})
