"""{field: path, <operator>}: a fact of the subject, of one related to it, of the row, or of the case."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Read, Reader
from gongjiang.rules.programmes.conditions.terms import path_read
from gongjiang.rules.programmes.drafts import Draft, target_of
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Nothing, show


@dataclass(frozen=True, kw_only=True)
class FieldCondition(Condition):
    """One fact against one operator."""

    word = "field"
    compares = True
    path: FactPath
    operator: Operator

    @classmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "FieldCondition":
        """The path, then the operator by the field's type."""
        path = reader.scope.path(raw["field"], (*at, "field"))
        if path.spec.type == "rows":
            text, english = f"“{path.spec.shown}”是明细，请用 rows。", f"'{path.key}' holds rows: use rows."
            raise BadCondition(text, english, (*at, "field"), "condition.rows")
        operator = reader.operator(raw, path.spec, at)
        assert operator is not None
        return cls(path=path, operator=operator)

    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """生产现场工作年限须≥5年；申报4年."""
        found = self.operator.check(self.path, facts, row)
        value = facts.value(self.path, row)
        missing: tuple[Missing, ...] = ()
        if found is Truth.UNKNOWN:
            own = (Missing("field", self.path.name, self._subject(facts)),)
            missing = (own if isinstance(value, Unknown) else ()) + self.operator.gaps(facts, row) or own
        needed = self.operator.needed(facts, row)
        return Verdict(found, "field", self._subject(facts), needed, self._actual(facts, row), missing=missing)

    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """生产现场工作年限≥5年."""
        return f"{self._subject(facts)}{self.operator.phrase(facts, row)}"

    def reads(self) -> frozenset[Read]:
        """The fact, and what the operator reads."""
        return frozenset({path_read(self.path)}) | self.operator.reads()

    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """The fact's domain narrowed."""
        yield from self.operator.narrow(draft, target_of(self.path, row), want)

    def _subject(self, facts: Facts) -> str:
        """The field's label, with whose it is."""
        shown = self.path.spec.shown
        return f"{facts.words.rows_label(self.path.via)}的{shown}" if self.path.at == "relation" else shown

    def _actual(self, facts: Facts, row: Row | None) -> str:
        spec = self.path.spec
        value = facts.value(self.path, row)
        ticks = spec.type == "checks"
        if isinstance(value, Unknown | Nothing):
            if facts.filled(self.path, row) is Truth.TRUE:
                return "所填无法识别"
            return "未选" if ticks else "未填"
        if isinstance(value, bool) and facts.filled(self.path, row) is Truth.FALSE:
            return "未申报"
        shown = show(value, spec, facts.words.code_list(spec))
        if ticks:
            return f"选了{shown}"
        return f"{'为' if self.path.at == 'case' else '申报'}{shown}"


CONDITION = FieldCondition
