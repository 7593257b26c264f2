"""{rule: id}: another rule applies and holds. Exceptions don't count here: a waived rule is not a held one."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.asking import quoted
from gongjiang.rules.programmes.conditions.base import Condition, Raw, Read, Reader
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import OUTCOME_WORDS, Missing, Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import known_word
from gongjiang.rules.programmes.problems import Path


@dataclass(frozen=True, kw_only=True)
class RuleCondition(Condition):
    """Another rule of the pack by its id."""

    word = "rule"
    rule: str

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "RuleCondition":
        """The rule must be known."""
        known_word(raw["rule"], reader.scope.words.rules, "规则", "rule", (*at, "rule"))
        return cls(rule=raw["rule"])

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """“应为工会会员”须符合；不符合."""
        name = facts.words.rules[self.rule]
        other = facts.rules.get(self.rule)
        if other is None:
            gap = (Missing("rule", self.rule, name),)
            return Verdict(Truth.UNKNOWN, "rule", quoted(name), "须符合", "未判定", missing=gap)
        found = other.holds(facts)
        word = {Truth.TRUE: "pass", Truth.FALSE: "fail", Truth.UNKNOWN: "unknown"}[found.truth]
        return Verdict(
            found.truth, "rule", quoted(name), "须符合", OUTCOME_WORDS[word], (found,), missing=found.missing
        )

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """符合“应为工会会员”."""
        return f"符合{quoted(facts.words.rules[self.rule])}"

    def reads(self) -> frozenset[Read]:
        """The rule; `evaluate.reads_of` follows it."""
        return frozenset({Read("rule", self.rule)})

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """As the other rule."""
        other = draft.base.rules.get(self.rule)
        if other is not None:
            yield from other.aim(draft, want)


CONDITION = RuleCondition
