"""The reader of scoring trees over the facts of a case."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Truth, Unknown, truth
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.conditions.terms import parse_term
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import Scope
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.values import Nothing, Value, number
from gongjiang.rules.programmes.vocabulary import NOTHING, FieldSpec
from gongjiang.rules.scoring.reader import Rows, Tally
from gongjiang.rules.scoring.tree import Scored, score

_POINTS = FieldSpec("points", "分值", "number", "分")


def score_case(
    node: ScoreNode,
    facts: Facts,
    *,
    scored: Mapping[str, Interval] = NOTHING,
    tallies: Mapping[str, Tally] = NOTHING,
    chosen: Mapping[str, str] = NOTHING,
    kind: str = "person",
) -> Scored:
    """Score a tree for one case. `scored`: aggregated sheets by leaf; `chosen`: the applicant's choices by node."""
    return score(node, FactsReader(facts, scored, tallies, chosen, kind))


@dataclass(frozen=True)
class FactsReader:
    """Facts as a tree reads them; in rows, `group` and `row` say where we stand."""

    facts: Facts
    scores: Mapping[str, Interval] = field(default_factory=dict)
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    kind: str = "person"
    group: str = ""
    row: Row | None = None
    where: str = ""

    def amount(self, written: Any) -> Fraction | Unknown:
        """A literal, percent text or `$param`."""
        name = param_name(written)
        raw = written if name is None else self.facts.param(name)
        return UNKNOWN if isinstance(raw, Unknown) else number(raw)

    def number(self, path: str) -> Interval | Unknown | None:
        """A number at a path; what is no number is unknown."""
        value = self._value(path)
        if isinstance(value, Nothing):
            return None
        return value if isinstance(value, Interval) else UNKNOWN

    def word(self, path: str) -> Hashable | Unknown:
        """Any known value; one known to be empty is as good as none."""
        value = self._value(path)
        return UNKNOWN if isinstance(value, Nothing) else value

    def holds(self, condition: Any) -> Truth:
        """A condition, on the row if we stand in one."""
        read = parse(condition, self.facts.words, group=self.group, kind=self.kind)
        return read.evaluate(self.facts, self.row).truth

    def lookup(self, table: str) -> Interval | None:
        """The table's number for the row or case."""
        value = parse_term({"lookup": table}, _POINTS, self._scope, ()).read(self.facts, self.row)
        if isinstance(value, Interval):
            return value
        if isinstance(value, Nothing):
            return None
        held = self.facts.table(table)
        ends = list(_numbers(held.rows if held else {})) or [Fraction(0)]
        return Interval(min(Fraction(0), *ends), max(Fraction(0), *ends))

    def rows(self, group: str) -> Rows:
        """The rows of a group; more may come while the group is blank in a draft."""
        found = self.facts.row_set(group)
        label = self.facts.words.rows_label(group)
        readers = [replace(self, group=group, row=row, where=f"{label}第{n}行") for n, row in enumerate(found.rows, 1)]
        return Rows(readers, bool(found.unseen))

    def scored(self, node: str) -> Interval | None:
        """The aggregated sheets."""
        return self.scores.get(node)

    def tally(self, channel: str) -> Tally | None:
        """The counted votes."""
        return self.tallies.get(channel)

    def chosen(self, node: str) -> str | Unknown | None:
        """The applicant's choice; open while drafting."""
        found = self.choices.get(node)
        return found if found is not None or self.facts.submitted else UNKNOWN

    def has_award(self, awards: Sequence[str]) -> Truth:
        """Is the case's award among these?"""
        award = self.facts.case.get("award")
        return truth(None if award is None else award in awards)

    @property
    def _scope(self) -> Scope:
        return Scope(self.facts.words, self.group, self.kind)

    def _value(self, path: str) -> Value:
        scope = self._scope
        if self.group and "." not in path and path not in self.facts.words.columns(self.group):
            path = f"subject.{path}"
        return self.facts.value(scope.path(path, ()), self.row)


def _numbers(rows: Any) -> Iterator[Fraction]:
    """Every number of a table, at any depth."""
    if isinstance(rows, Mapping):
        for one in rows.values():
            yield from _numbers(one)
    else:
        yield number(rows)
