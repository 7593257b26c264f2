"""What every condition and every operator can do: be read, evaluate, say what it reads, and guide an invented case."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing, Verdict, named
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.paths import Scope
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Nothing, Value
from gongjiang.rules.programmes.vocabulary import FieldSpec

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Read:
    """One thing a condition depends on.

    kind: field, relation, column, rows, case, judged, document, opinion, score, rule, param, table.
    key: the id (`leader.skill_level`, `contests.rank`, `application.employer`, `route`).
    """

    kind: str
    key: str


class Term(Protocol):
    """A value in a condition: literal, param, lookup or another fact."""

    def read(self, facts: Facts, row: Row | None) -> Value:
        """The value now."""
        ...

    def text(self, facts: Facts, row: Row | None) -> str:
        """The value for people."""
        ...

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """What is missing when it is unknown."""
        ...

    def reads(self) -> frozenset[Read]:
        """What it depends on."""
        ...

    def settle(self, draft: Draft, row: str) -> Iterator[tuple[Draft, Value]]:
        """Drafts in which the value is known, with the value."""
        ...


class Operator(ABC):
    """A comparison of one fact with something. A new one is a new file in `operators/`."""

    words: ClassVar[tuple[str, ...]] = ()

    @classmethod
    @abstractmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: "Reader", at: Path) -> "Operator":
        """From `word: raw` beside a fact of this kind."""

    def check(self, path: FactPath, facts: Facts, row: Row | None) -> Truth:
        """Does the fact at a path meet it?"""
        return self.test(facts.value(path, row), facts, row)

    def test(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Does the fact meet it? Unknown and unclaimed values are dealt with here."""
        if isinstance(actual, Unknown):
            return Truth.UNKNOWN
        if isinstance(actual, Nothing):
            return self.unclaimed()
        return self.compare(actual, facts, row)

    def unclaimed(self) -> Truth:
        """What it says of a value that is not claimed."""
        return Truth.FALSE

    @abstractmethod
    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Does a known value meet it?"""

    @abstractmethod
    def phrase(self, facts: Facts, row: Row | None) -> str:
        """What is asked: ≥5年."""

    def needed(self, facts: Facts, row: Row | None) -> str:
        """What must be: 须≥5年."""
        return f"须{self.phrase(facts, row)}"

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """What is missing on the operator's own side."""
        return ()

    @abstractmethod
    def reads(self) -> frozenset[Read]:
        """What it depends on beside the fact."""

    @abstractmethod
    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """Drafts in which the fact meets it (or fails it)."""


class Reader(Protocol):
    """Reads the parts of a condition; conditions get one when they are parsed."""

    @property
    def scope(self) -> Scope:
        """Where we stand."""
        ...

    def condition(self, raw: Any, at: Path) -> "Condition":
        """A condition in the same scope."""
        ...

    def inside(self, group: str) -> "Reader":
        """A reader for conditions on rows of a group."""
        ...

    def operator(self, raw: Raw, spec: FieldSpec, at: Path, *, needed: bool = True) -> Operator | None:
        """The one operator among the keys of a node."""
        ...

    def term(self, raw: Any, spec: FieldSpec, at: Path) -> Term:
        """A literal, `$param` or lookup, of the type of `spec`."""
        ...


@dataclass(frozen=True, kw_only=True)
class Condition(ABC):
    """A node of a condition. A new kind is a new file in `operands/`."""

    word: ClassVar[str] = ""
    keys: ClassVar[frozenset[str]] = frozenset()
    """Further keys it takes, beside its word, `label` and `cite`."""
    compares: ClassVar[bool] = False
    """Does it take an operator?"""

    label: str = ""
    cite: tuple[str, ...] = ()

    @classmethod
    @abstractmethod
    def parse(cls, raw: Raw, reader: Reader, at: Path) -> "Condition":
        """From a node that has the class's word."""

    def evaluate(self, facts: Facts, row: Row | None = None) -> Verdict:
        """Does it hold, and why?"""
        return named(self.judge(facts, row), self.label, self.cite)

    @abstractmethod
    def judge(self, facts: Facts, row: Row | None) -> Verdict:
        """The verdict without the node's own label."""

    @abstractmethod
    def phrase(self, facts: Facts, row: Row | None = None) -> str:
        """The condition in a few words: 技能等级≥高级技师."""

    @abstractmethod
    def reads(self) -> frozenset[Read]:
        """Everything it depends on."""

    @abstractmethod
    def aim(self, draft: Draft, want: bool, row: str = "") -> Iterator[Draft]:
        """Drafts in which it holds (or certainly fails), the likeliest first; none if it can't.

        `row` is the id of the invented row we stand in.
        """


def title(condition: Condition, facts: Facts, row: Row | None = None) -> str:
    """The label, else the condition in a few words."""
    return condition.label or condition.phrase(facts, row)
