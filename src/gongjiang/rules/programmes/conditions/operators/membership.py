"""in · not_in: the value is one (none) of these."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth, Unknown, any_of, truth
from gongjiang.rules.programmes.conditions.base import Operator, Read, Reader, Term
from gongjiang.rules.programmes.conditions.comparing import equal
from gongjiang.rules.programmes.conditions.narrowing import exclude, include
from gongjiang.rules.programmes.conditions.terms import param_gap
from gongjiang.rules.programmes.drafts import Draft, Target
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.paths import BadCondition, known_word
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.values import Value, read_value, show
from gongjiang.rules.programmes.vocabulary import FieldSpec


@dataclass(frozen=True, slots=True)
class Membership(Operator):
    """`in: [a, b]`, or `in: $list` where the param's value is a list."""

    words = ("in", "not_in")
    terms: tuple[Term, ...]
    param: str
    spec: FieldSpec
    negated: bool

    @classmethod
    def parse(cls, word: str, raw: Any, spec: FieldSpec, parser: Reader, at: Path) -> "Membership":
        """A list of values, none empty."""
        if isinstance(raw, str) and raw.startswith("$"):
            known_word(raw[1:], parser.scope.words.params, "参数", "param", at)
            return cls((), raw[1:], spec, word == "not_in")
        if not isinstance(raw, list | tuple) or not raw:
            raise BadCondition(f"{word} 后须是一列值。", f"'{word}' takes a list of values.", at, "condition.value")
        terms = tuple(parser.term(one, spec, (*at, n)) for n, one in enumerate(raw))
        return cls(terms, "", spec, word == "not_in")

    def unclaimed(self) -> Truth:
        """What is not claimed is none of these."""
        return truth(self.negated)

    def compare(self, actual: Value, facts: Facts, row: Row | None) -> Truth:
        """Is it one of the wanted values?"""
        codes = facts.words.code_list(self.spec)
        wanted = self._wanted(facts, row)
        if wanted is None:
            return Truth.UNKNOWN
        found = any_of(Truth.UNKNOWN if isinstance(one, Unknown) else equal(actual, one, codes) for one in wanted)
        return ~found if self.negated else found

    def phrase(self, facts: Facts, row: Row | None) -> str:
        """为A、B之一."""
        wanted = self._wanted(facts, row)
        codes = facts.words.code_list(self.spec)
        names = [_name(show(one, self.spec, codes)) for one in wanted or ()] or [facts.words.params[self.param].label]
        if self.negated:
            return f"不为{'、'.join(names)}"
        return f"为{'、'.join(names)}之一" if len(names) > 1 else f"为{names[0]}"

    def needed(self, facts: Facts, row: Row | None) -> str:
        """须为A、B之一, 不得为A、B."""
        phrase = self.phrase(facts, row)
        return f"不得{phrase.removeprefix('不')}" if self.negated else f"须{phrase}"

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """Open params and keys."""
        if self.param:
            return param_gap(facts, self.param) if self._wanted(facts, row) is None else ()
        return tuple(gap for one in self.terms for gap in one.gaps(facts, row))

    def reads(self) -> frozenset[Read]:
        """What the wanted values depend on."""
        if self.param:
            return frozenset({Read("param", self.param)})
        return frozenset().union(*(one.reads() for one in self.terms))

    def narrow(self, draft: Draft, target: Target, want: bool) -> Iterator[Draft]:
        """One of the values, in random order; or away from all."""
        wanted = self._wanted(draft.base, None)
        if wanted is None:
            return
        if want is not self.negated:
            for value in draft.rng.sample(wanted, len(wanted)):
                for domain in include(draft.domain(target), value):
                    yield from draft.narrowed(target, domain)
            return
        yield from self._away(draft, target, wanted)

    def _away(self, draft: Draft, target: Target, wanted: list[Value]) -> Iterator[Draft]:
        if not wanted:
            yield draft
            return
        for domain in exclude(draft.domain(target), wanted[0]):
            for narrowed in draft.narrowed(target, domain):
                yield from self._away(narrowed, target, wanted[1:])

    def _wanted(self, facts: Facts, row: Row | None) -> list[Value] | None:
        if not self.param:
            return [one.read(facts, row) for one in self.terms]
        raw = facts.param(self.param)
        if isinstance(raw, Unknown):
            return None
        return [read_value(one, self.spec) for one in (raw if isinstance(raw, list | tuple) else [raw])]


def _name(word: str) -> str:
    return f"“{word}”" if "、" in word else word


OPERATORS = (Membership,)
