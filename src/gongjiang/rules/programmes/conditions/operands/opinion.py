"""{opinion: sheet.party, <operator>}: what a party wrote on an opinion sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.programmes.conditions.asking import compared
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Read, Reader
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition, known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value, is_blank, read_value
from gongjiang.rules.programmes.vocabulary import FieldSpec

ANSWER = FieldSpec("opinion", "意见", "text")


@dataclass(frozen=True, kw_only=True)
class Opinion(Condition):
    """One party's opinion; open until it is given."""

    word = "opinion"
    compares = True
    sheet: str
    party: str
    operator: Operator

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Opinion":
        """Sheet and party must be known."""
        here = (*at, "opinion")
        sheet, dot, party = str(raw["opinion"]).partition(".")
        if not dot:
            raise BadCondition("意见须写成“意见表.意见方”。", "Write opinion: sheet.party.", here, "condition.path")
        parties = known_word(sheet, reader.scope.words.opinions, "意见表", "opinion sheet", here)
        known_word(party, parties, "意见方", "party", here)
        operator = reader.operator(raw, ANSWER, at)
        assert operator is not None
        return cls(sheet=sheet, party=party, operator=operator)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """所在单位意见须为同意；未出具."""
        value = self.value(facts)
        label = self._label(facts)
        actual = "未出具" if isinstance(value, Unknown) else f"意见为{value}"
        gap = Missing("opinion", f"{self.sheet}.{self.party}", label)
        return compared("opinion", label, value, actual, gap, self.operator, facts, row)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """所在单位意见为同意."""
        return f"{self._label(facts)}{self.operator.phrase(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The party's box."""
        return frozenset({Read("opinion", f"{self.sheet}.{self.party}")}) | self.operator.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """An invented opinion."""
        yield from self.operator.narrow(draft, Target("opinion", self.party, self.sheet, spec=ANSWER), want)

    def _label(self, facts: Facts) -> str:
        return facts.words.opinions[self.sheet][self.party]

    def value(self, facts: Facts) -> Value:
        """What the party wrote; UNKNOWN until it has."""
        raw = facts.opinions.get((self.sheet, self.party))
        return UNKNOWN if is_blank(raw) else read_value(raw, ANSWER)


CONDITION = Opinion
