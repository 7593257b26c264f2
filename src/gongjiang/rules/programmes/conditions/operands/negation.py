"""{not: condition}: this must not hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.rules.programmes.conditions.asking import quoted
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, title
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.problems import Path


@dataclass(frozen=True, kw_only=True)
class Not(Condition):
    """Kleene not."""

    word = "not"
    inner: Condition

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Not":
        """One condition."""
        return cls(inner=reader.condition(raw["not"], (*at, "not")))

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """不得有以下情形：…."""
        found = self.inner.evaluate(facts, row)
        needed = f"不得有{quoted(title(self.inner, facts, row))}的情形"
        return Verdict(~found.truth, "not", "", needed, found.actual, (found,), found.missing)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """并非A."""
        return f"并非{quoted(title(self.inner, facts, row))}"

    def reads(self) -> frozenset[Read]:
        """What the condition reads."""
        return self.inner.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """The opposite."""
        yield from self.inner.aim(draft, not want, row)


CONDITION = Not
