"""{all: [...]}: every one of these."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth, all_of
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, title
from gongjiang.rules.programmes.conditions.listing import aim_all, aim_some, conditions, tally
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict, united
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.problems import Path


@dataclass(frozen=True, kw_only=True)
class All(Condition):
    """Kleene and."""

    word = "all"
    of: tuple[Condition, ...]

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "All":
        """A list of conditions."""
        return cls(of=conditions(raw["all"], reader, (*at, "all")))

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """须同时具备3项；不具备1项（…）."""
        parts = tuple(one.evaluate(facts, row) for one in self.of)
        found = all_of(one.truth for one in parts)
        actual = tally(parts, "已符合", "不符合")
        gaps = united(parts) if found is Truth.UNKNOWN else ()
        return Verdict(found, "all", "", f"须同时符合{len(parts)}项", actual, parts, gaps)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """A且B."""
        return "且".join(title(one, facts, row) for one in self.of)

    def reads(self) -> frozenset[Read]:
        """What its parts read."""
        return frozenset().union(*(one.reads() for one in self.of))

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """Every part true, or some part false."""
        yield from aim_all(self.of, draft, True, row) if want else aim_some(1, self.of, draft, False, row)


CONDITION = All
