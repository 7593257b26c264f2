"""Rules of a pack asked of one case: what came of each, and whether a gate opens.

Logic is Kleene: unknown never counts as pass or fail. A rule refuses as soon as it is false and must be true at its
gate and later gates; unknown blocks hard and soft rules alike there; prefer and guide never block.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.truth import Truth, all_of, any_of, truth
from gongjiang.rules.programmes.conditions import Condition, Read
from gongjiang.rules.programmes.explain import Missing, RuleOutcome, Verdict, sentence, united
from gongjiang.rules.programmes.facts import Facts

BLOCKING: Final = frozenset({"hard", "soft"})
_OUTCOMES: Final = {Truth.TRUE: "pass", Truth.FALSE: "fail", Truth.UNKNOWN: "unknown"}


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its conditions read. `award`: for which awards, () for all; `gate`: the stage it must pass."""

    id: str
    check: Condition
    name: str = ""
    cite: tuple[str, ...] = ()
    force: str = "hard"
    when: Condition | None = None
    award: tuple[str, ...] = ()
    gate: str = ""
    effect: str = ""

    @property
    def shown(self) -> str:
        """The name, else the id."""
        return self.name or self.id

    def other_award(self, facts: Facts) -> bool:
        """Is the rule certainly for other awards?"""
        award = facts.case.get("award")
        return bool(self.award) and award is not None and award not in self.award

    def applies(self, facts: Facts) -> tuple[Truth, tuple[Missing, ...]]:
        """Is the rule for this case, and what is missing to say so?"""
        gaps: tuple[Missing, ...] = ()
        award = facts.case.get("award")
        found = [truth(None if award is None else award in self.award)] if self.award else []
        if found and found[0] is Truth.UNKNOWN:
            gaps = (Missing("field", "case.award", "奖项"),)
        if self.when is not None:
            verdict = self.when.evaluate(facts)
            found.append(verdict.truth)
            gaps += united((verdict,))
        return all_of(found), gaps

    def holds(self, facts: Facts) -> Verdict:
        """Does it apply and hold? This is what `{rule: id}` reads."""
        verdict = self.check.evaluate(facts)
        applies, gaps = self.applies(facts)
        both = all_of((applies, verdict.truth))
        return replace(verdict, truth=both, missing=gaps + verdict.missing if both is Truth.UNKNOWN else ())

    def aim(self, draft: Any, want: bool) -> Iterator[Any]:
        """Invented cases in which it applies and holds, or certainly not both."""
        if want:
            for applying in self.when.aim(draft, True) if self.when else iter((draft,)):
                yield from self.check.aim(applying, True)
            return
        yield from self.check.aim(draft, False)
        if self.when is not None:
            yield from self.when.aim(draft, False)

    def reads(self) -> frozenset[Read]:
        """Everything check and when depend on."""
        return self.check.reads() | (self.when.reads() if self.when else frozenset())


@dataclass(frozen=True, slots=True)
class ReadyException:
    """破格: waives rules once granted on record and while its `when` holds."""

    id: str
    waives: tuple[str, ...]
    label: str = ""
    cite: tuple[str, ...] = ()
    when: Condition | None = None
    by: tuple[str, ...] = ()
    at: str = ""
    record: str = ""


class ExceptionsDisagree(BadInput):
    """Two granted exceptions waive the same rule on different terms; people must settle it."""


def evaluate_rules(
    rules: Iterable[ReadyRule], facts: Facts, exceptions: Iterable[ReadyException] = ()
) -> tuple[RuleOutcome, ...]:
    """What came of each rule, in their order. Raises ExceptionsDisagree."""
    rules = tuple(rules)
    facts = with_rules(rules, facts)
    waived = waivers(facts, exceptions)
    return tuple(_outcome(rule, facts, waived) for rule in rules)


def gate_decision(
    rules: Iterable[ReadyRule],
    facts: Facts,
    stage: str,
    stage_order: Sequence[str],
    exceptions: Iterable[ReadyException] = (),
) -> Decision:
    """May the case pass this stage? `stage_order`: ids of all stages on its way, first to last.

    Refused with every reason at once. Allowed with remarks: waived rules, soft rules passed with a reason, and soft
    rules that are broken but not yet at their gate.
    """
    outcomes = evaluate_rules(rules, facts, exceptions)
    here = _position(stage, stage_order)
    refusals, remarks = [], []
    for one in outcomes:
        if one.force not in BLOCKING or one.outcome in {"pass", "na"}:
            continue
        at_gate = here >= _position(one.gate, stage_order)
        reason = Reason(sentence(one) + _advice(one), "、".join(one.clauses), one.force, one.rule)
        blocks = at_gate if one.outcome == "unknown" or one.force == "soft" else True
        if blocks and one.overlay is None:
            refusals.append(reason)
        elif one.overlay is not None or one.outcome == "fail":
            remarks.append(reason)
    return Decision.no(*refusals, *remarks) if refusals else Decision.yes(*remarks)


def with_rules(rules: Iterable[ReadyRule], facts: Facts) -> Facts:
    """The facts with the rules that `{rule: id}` may ask."""
    return replace(facts, rules={**facts.rules, **{one.id: one for one in rules}})


def waivers(facts: Facts, exceptions: Iterable[ReadyException]) -> Mapping[str, ReadyException]:
    """Which rules are waived now, by which exception. Raises ExceptionsDisagree."""
    found: dict[str, ReadyException] = {}
    for one in exceptions:
        if one.id not in facts.granted or (one.when and one.when.evaluate(facts).truth is not Truth.TRUE):
            continue
        for rule in one.waives:
            other = found.setdefault(rule, one)
            if (other.by, other.at, other.record) != (one.by, one.at, one.record):
                raise disagreement(other, one, rule)
    return found


def disagreement(other: ReadyException, one: ReadyException, rule: str) -> ExceptionsDisagree:
    """What is said of two exceptions that waive a rule on different terms."""
    return ExceptionsDisagree(
        f"破格“{other.label or other.id}”与“{one.label or one.id}”都放宽规则 {rule}，"
        "而批准的要求不同，请先明确依据哪一项。",
        f"Exceptions {other.id} and {one.id} waive rule {rule} on different terms.",
        place=rule,
    )


def reads_of(rule: ReadyRule, rules: Mapping[str, ReadyRule]) -> frozenset[Read]:
    """Everything a rule depends on, through the rules it names too (for lints)."""
    found: set[Read] = set()
    seen = {rule.id}
    ahead = [rule]
    while ahead:
        for read in ahead.pop().reads():
            found.add(read)
            if read.kind == "rule" and read.key in rules and read.key not in seen:
                seen.add(read.key)
                ahead.append(rules[read.key])
    return frozenset(found)


def _outcome(rule: ReadyRule, facts: Facts, waived: Mapping[str, ReadyException]) -> RuleOutcome:
    applies, gaps = rule.applies(facts)
    verdict = rule.check.evaluate(facts)
    met = any_of((~applies, verdict.truth))
    outcome = "na" if applies is Truth.FALSE else _OUTCOMES[met]
    missing = tuple(dict.fromkeys(gaps + verdict.missing)) if outcome == "unknown" else ()
    overlay = None
    if rule.id in waived:
        overlay = "excepted"
    elif rule.force == "soft" and outcome == "fail" and facts.reasoned.get(rule.id):
        overlay = "reasoned"
    return RuleOutcome(rule.id, rule.shown, rule.force, rule.cite, rule.gate, outcome, overlay, verdict, missing)


def _advice(one: RuleOutcome) -> str:
    if one.force == "soft" and one.outcome == "fail" and one.overlay is None:
        return "；一般应符合，确需突破的须书面说明理由并经接受"
    return ""


def _position(stage: str, stage_order: Sequence[str]) -> int:
    if stage not in stage_order:
        raise BadInput(f"没有“{stage}”这个环节。", f"No stage '{stage}' on this case's way.", place=stage)
    return stage_order.index(stage)
