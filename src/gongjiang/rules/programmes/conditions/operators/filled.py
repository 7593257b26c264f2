"""filled: something was (not) filled in. After submission a blank is known to be blank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth, truth
from gongjiang.rules.programmes.conditions.base import Operator, Read, Reader
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value, read_value
from gongjiang.rules.programmes.vocabulary import FieldSpec


@dataclass(frozen=True, slots=True)
class Filled(Operator):
    """`filled: true`, or `false`."""

    words = ("filled",)
    spec: FieldSpec
    wanted: bool

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Filled":
        """Yes or no."""
        wanted = read_value(raw, FieldSpec("filled", type="yes_no"))
        if not isinstance(wanted, bool):
            raise BadCondition("filled 须为 true 或 false。", "'filled' is true or false.", at, "condition.value")
        return cls(spec, wanted)

    def unclaimed(self) -> Truth:
        """Not claimed is not filled."""
        return truth(not self.wanted)

    def check(self, path: FactPath, facts: Facts, row: Row | None) -> Truth:
        """Asks for the blank itself, not for a value that can be read."""
        found = facts.filled(path, row)
        return found if self.wanted else ~found

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """A known value is filled."""
        return truth(self.wanted)

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """填写, 选择."""
        verb = "选择" if self.spec.type == "checks" else "填写"
        return verb if self.wanted else f"不{verb}"

    def needed(self, facts: Facts, row: Row | None) -> str:
        """须填写, 不得填写."""
        phrase = self.phrase(facts, row)
        return f"须{phrase}" if self.wanted else f"不得{phrase.removeprefix('不')}"

    def reads(self) -> frozenset[Read]:
        """Nothing beside the fact."""
        return frozenset()

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """Filled, or left blank."""
        yield from draft.narrowed(target, draft.domain(target).fill(want is self.wanted))


OPERATORS = (Filled,)
