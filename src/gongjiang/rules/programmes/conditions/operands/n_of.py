"""{n_of: n, of: [...]}: at least n of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, at_least
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader, Term, title
from gongjiang.rules.programmes.conditions.listing import aim_some, conditions, tally
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict, united
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import plain
from gongjiang.rules.programmes.vocabulary import FieldSpec

_COUNT: Final = FieldSpec("n_of", "项数", "int", "项")
_DIGITS: Final = "零一二三四五六七八九十"


@dataclass(frozen=True, kw_only=True)
class NOf(Condition):
    """At least so many parts."""

    word = "n_of"
    keys = frozenset({"of"})
    count: Term
    of: tuple[Condition, ...]

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "NOf":
        """A number and a list of conditions."""
        if "of" not in raw:
            raise BadCondition("n_of 须有 of。", "n_of needs of.", at)
        of = conditions(raw["of"], reader, (*at, "of"))
        return cls(count=reader.term(raw["n_of"], _COUNT, (*at, "n_of")), of=of)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """六项条件至少具备1项；已确认0项，待认定2项（具有工艺专长、掌握高超技能）."""
        parts = tuple(one.evaluate(facts, row) for one in self.of)
        needed = self.count.read(facts, row)
        found = Truth.UNKNOWN
        if isinstance(needed, Interval) and needed.known:
            found = at_least(int(needed.low), (one.truth for one in parts))
        gaps = united(parts) + self.count.gaps(facts, row) if found is Truth.UNKNOWN else ()
        subject = f"{chinese_count(len(parts))}项条件"
        return Verdict(found, "n_of", subject, self._needed(facts, row), tally(parts, "已确认"), parts, gaps)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """至少具备1项：A、B、C."""
        return f"{self._needed(facts, row)}：{'、'.join(title(one, facts, row) for one in self.of)}"

    def reads(self) -> frozenset[Read]:
        """What its parts and its number read."""
        return self.count.reads().union(*(one.reads() for one in self.of))

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """So many parts true, or so many false that the number can't be reached."""
        for settled, needed in self.count.settle(draft, row):
            if isinstance(needed, Interval):
                number = int(needed.low)
                yield from aim_some(number if want else len(self.of) - number + 1, self.of, settled, want, row)

    def _needed(self, facts: Facts, row: Row | None) -> str:
        value = self.count.read(facts, row)
        return f"至少具备{plain(value.low)}项" if isinstance(value, Interval) else "至少具备若干项（待定）"


def chinese_count(number: int) -> str:
    """六, 十二; figures from twenty on."""
    if number <= 10:
        return _DIGITS[number]
    return f"十{_DIGITS[number - 10]}" if number < 20 else str(number)


CONDITION = NOf
