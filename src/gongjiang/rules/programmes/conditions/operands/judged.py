"""{judged: question}: what people have found. Never computed; open until they answer."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.programmes.conditions.asking import compared, quoted
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Read, Reader
from gongjiang.rules.programmes.conditions.terms import path_read
from gongjiang.rules.programmes.drafts import Draft, Target, target_of
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.paths import BadCondition, known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Nothing, Value, is_blank, read_value, show
from gongjiang.rules.programmes.vocabulary import ANY_WORD, FieldSpec, JudgementSpec


@dataclass(frozen=True, kw_only=True)
class Judged(Condition):
    """The answer to a question, against one operator; a yes/no question needs none."""

    word = "judged"
    compares = True
    question: JudgementSpec
    each: FactPath | None
    operator: Operator

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Judged":
        """The question must be known, and asked where we stand."""
        found = known_word(raw["judged"], reader.scope.words.judgements, "认定", "judgement", (*at, "judged"))
        if found.about == "row" and reader.scope.group != found.rows:
            raise BadCondition(
                f"“{found.id}”是对 {found.rows} 每一行的认定，只能写在它的 where 里。",
                f"'{found.id}' is about rows of '{found.rows}'.",
                (*at, "judged"),
                "condition.judged_row",
            )
        operator = reader.operator(raw, found.answer, at, needed=found.answer.type != "yes_no")
        if operator is None:
            operator = reader.operator({"is": True}, found.answer, at)
        assert operator is not None
        each = reader.scope.path(found.each, (*at, "judged")) if found.about == "each" else None
        return cls(question=found, each=each, operator=operator)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """“是否…”须认定为“是”；待认定."""
        value = self.answer(facts, row)
        labels = tuple(facts.words.roles.get(one, one) for one in self.question.by)
        gap = Missing("judged", self.question.id, self.question.question, self.question.by, labels)
        spec = self.question.answer
        codes = facts.words.code_list(spec)
        waiting = isinstance(value, Unknown | Nothing)
        actual = "待认定" if waiting else f"认定为{show(value, spec, codes)}"
        return compared("judged", quoted(self.question.question), value, actual, gap, self.operator, facts, row)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """“是否…”为“是”."""
        return f"{quoted(self.question.question)}{self.operator.phrase(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The judgement, and the path of the group it is about."""
        group = frozenset({path_read(self.each)}) if self.each else frozenset()
        return frozenset({Read("judged", self.question.id)}) | group | self.operator.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """An invented answer."""
        if self.each is not None:
            for settled, raw in draft.settled(target_of(self.each, row)):
                target = Target("judged", self.question.id, str(raw), "", self.question.answer)
                yield from self.operator.narrow(settled, target, want)
            return
        about = str(draft.base.case.get("nominator", "")) if self.question.about == "unit" else ""
        target = Target(
            "judged", self.question.id, about, row if self.question.about == "row" else "", self.question.answer
        )
        yield from self.operator.narrow(draft, target, want)

    def answer(self, facts: Facts, row: Row | None) -> Value:
        """What was found about the case, the row, the unit or the group; UNKNOWN until it is."""
        about = self._about(facts, row)
        raw = None if about is None else facts.judgements.get((self.question.id, about))
        return UNKNOWN if is_blank(raw) else read_value(raw, self.question.answer)

    def _about(self, facts: Facts, row: Row | None) -> str | None:
        """Whom or what the answer is about; None while that is unknown."""
        if self.question.about == "row":
            return None if row is None or row.unseen else row.id
        if self.question.about == "unit":
            unit = facts.case.get("nominator")
            return None if is_blank(unit) else str(unit)
        if self.each is not None:
            value = facts.value(self.each, row)
            if isinstance(value, Unknown | Nothing):
                return None
            return show(value, FieldSpec(""), ANY_WORD)
        return ""


CONDITION = Judged
