"""{score: node, <operator>}: a score, known or an interval of what it may still become."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.programmes.conditions.asking import compared
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Read, Reader
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value, show
from gongjiang.rules.programmes.vocabulary import ANY_WORD, FieldSpec


@dataclass(frozen=True, kw_only=True)
class Score(Condition):
    """A node of the scoring tree against a line: met if the lower end reaches it, broken if the upper end can't."""

    word = "score"
    compares = True
    node: str
    spec: FieldSpec
    operator: Operator

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Score":
        """The node must be known."""
        label = known_word(raw["score"], reader.scope.words.scores, "计分项", "score", (*at, "score"))
        spec = FieldSpec(raw["score"], label, "number", "分")
        operator = reader.operator(raw, spec, at)
        assert operator is not None
        return cls(node=raw["score"], spec=spec, operator=operator)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """综合评审须≥60分；得72.5分."""
        value: Value = facts.scores.get(self.node, UNKNOWN)
        actual = "未评分" if isinstance(value, Unknown) else f"得{show(value, self.spec, ANY_WORD)}"
        gap = Missing("score", self.node, f"{self.spec.shown}得分")
        return compared("score", self.spec.shown, value, actual, gap, self.operator, facts, row)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """综合评审≥60分."""
        return f"{self.spec.shown}{self.operator.phrase(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The node."""
        return frozenset({Read("score", self.node)}) | self.operator.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """An invented score."""
        yield from self.operator.narrow(draft, Target("score", self.node, spec=self.spec), want)


CONDITION = Score
