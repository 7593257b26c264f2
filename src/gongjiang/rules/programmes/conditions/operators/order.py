"""not_before · later_than: a day against another fact's day: one step of a procedure after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth, Unknown, truth
from gongjiang.rules.programmes.conditions.base import Reader
from gongjiang.rules.programmes.conditions.beside import Beside
from gongjiang.rules.programmes.conditions.narrowing import day
from gongjiang.rules.programmes.drafts import Draft, Target, target_of
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import DATES, Days, Nothing, Value, read_value, show
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec


@dataclass(frozen=True, slots=True)
class Order(Beside):
    """This day comes no earlier than the other one (`not_before`), or after it (`later_than`).

    A month may lie on either side of a day within it: that is unknown.
    """

    words = ("not_before", "later_than")
    word: str

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Order":
        """The value is a path to another date field."""
        other = parser.scope.path(raw, at)
        for one in (spec, other.spec):
            if one.type not in DATES | {"any"}:
                raise BadCondition(
                    f"“{one.shown}”不是日期，不能用 {word}。", f"'{one.id}' is no date.", at, "condition.order"
                )
        return cls(other, word)

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Is it in order?"""
        return in_order(self.word, actual, facts.value(self.other, row))

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """不早于本级党委会议研究日期（2026-06-20）."""
        other = facts.value(self.other, row)
        known = "" if isinstance(other, Unknown | Nothing) else f"（{show(other, self.other.spec, CodeList())}）"
        return f"{'不早于' if self.word == 'not_before' else '晚于'}{self.other.spec.shown}{known}"

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """Chooses the other day, then this one on the right side of it (or the wrong one)."""
        for settled, raw in draft.settled(target_of(self.other, target.row)):
            other = read_value(raw, self.other.spec)
            if not isinstance(other, Days):
                continue
            edge = day(other, first=not want)
            domain = settled.domain(target)
            strict = want is (self.word == "later_than")
            made = domain.at_least(edge, strict=strict) if want else domain.at_most(edge, strict=strict)
            yield from settled.narrowed(target, made)


def in_order(word: str, actual: Value, other: Value) -> Truth:
    """Does one day come after another? Unknown where one is not known."""
    if not isinstance(actual, Days) or not isinstance(other, Days):
        return Truth.UNKNOWN
    if word == "not_before":
        return truth(True if actual.first >= other.last else False if actual.last < other.first else None)
    return truth(True if actual.first > other.last else False if actual.last <= other.first else None)


OPERATORS = (Order,)
