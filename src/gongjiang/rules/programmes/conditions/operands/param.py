"""{param: name, <operator>}: a value of the programme itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import UNKNOWN, Unknown, truth
from gongjiang.rules.programmes.conditions.asking import compared
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Read, Reader
from gongjiang.rules.programmes.conditions.terms import param_gap
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value, read_value, show
from gongjiang.rules.programmes.vocabulary import FieldSpec


@dataclass(frozen=True, kw_only=True)
class ParamCondition(Condition):
    """A param against one operator: rules that hold only under some answers of the issuing office."""

    word = "param"
    compares = True
    name: str
    spec: FieldSpec
    operator: Operator

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "ParamCondition":
        """The param must be known."""
        found = known_word(raw["param"], reader.scope.words.params, "参数", "param", (*at, "param"))
        operator = reader.operator(raw, found.spec(), at)
        assert operator is not None
        return cls(name=found.id, spec=found.spec(), operator=operator)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """兵团名额单列须为“是”；未定."""
        value = self.value(facts)
        actual = (
            "未定" if isinstance(value, Unknown) else f"现定{show(value, self.spec, facts.words.code_list(self.spec))}"
        )
        gap = param_gap(facts, self.name)[0]
        return compared("param", self.spec.shown, value, actual, gap, self.operator, facts, row)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """兵团名额单列为“是”."""
        return f"{self.spec.shown}{self.operator.phrase(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The param."""
        return frozenset({Read("param", self.name)}) | self.operator.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """A rehearsal can't change params: the draft as it is, or nothing."""
        if self.operator.test(self.value(draft.base), draft.base, None) is truth(want):
            yield draft

    def value(self, facts: Facts) -> Value:
        """The param as it is compared; UNKNOWN until it is decided."""
        raw = facts.param(self.name)
        return UNKNOWN if isinstance(raw, Unknown) else read_value(raw, self.spec)


CONDITION = ParamCondition
