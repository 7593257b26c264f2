"""{any: [...]}: at least one of these."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth, any_of
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, title
from gongjiang.rules.programmes.conditions.listing import aim_all, aim_some, conditions, tally
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict, united
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.problems import Path


@dataclass(frozen=True, kw_only=True)
class Any_(Condition):
    """Kleene or."""

    word = "any"
    of: tuple[Condition, ...]

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Any_":
        """A list of conditions."""
        return cls(of=conditions(raw["any"], reader, (*at, "any")))

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """须至少符合其中1项；已符合1项（…）."""
        parts = tuple(one.evaluate(facts, row) for one in self.of)
        found = any_of(one.truth for one in parts)
        gaps = united(parts) if found is Truth.UNKNOWN else ()
        return Verdict(found, "any", "", f"须至少符合{len(parts)}项之一", tally(parts, "已符合"), parts, gaps)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """A或B."""
        return "或".join(title(one, facts, row) for one in self.of)

    def reads(self) -> frozenset[Read]:
        """What its parts read."""
        return frozenset().union(*(one.reads() for one in self.of))

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """Some part true, or every part false."""
        yield from aim_some(1, self.of, draft, True, row) if want else aim_all(self.of, draft, False, row)


CONDITION = Any_
