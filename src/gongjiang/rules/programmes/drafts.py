"""An invented case in the making: which values may still stand where. Frozen: each step gives a new draft.

Used by rehearsals; a real case is never touched.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from math import ceil
from random import Random
from typing import Any

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.programmes.domains import Domain
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.values import number, read_value
from gongjiang.rules.programmes.vocabulary import NOTHING, REGISTRY, FieldSpec, Vocabulary


@dataclass(frozen=True, slots=True)
class Target:
    """One value to be chosen.

    kind: subject, relation, column, case, judged, document, opinion, score. `via`: relation, group, or what a
    judgement or opinion is about or from; `row`: the row's id.
    """

    kind: str
    key: str
    via: str = ""
    row: str = ""
    spec: FieldSpec = field(default=FieldSpec(""), compare=False)


def target_of(path: FactPath, row: str) -> Target:
    """The value at a path, from inside an invented row."""
    if path.at == "row":
        return Target("column", path.key, path.via, row, path.spec)
    return Target(path.at, path.key, path.via, "", path.spec)


class OutOfSteps(Exception):
    """A search has taken as many steps as it may."""


@dataclass(slots=True)
class Budget:
    """Steps that a search may still take; shared by all drafts of the search."""

    left: int = 10_000

    def step(self) -> None:
        """One more. Raises OutOfSteps."""
        self.left -= 1
        if self.left < 0:
            raise OutOfSteps


Late = Callable[["Draft"], Iterator["Draft"]]


@dataclass(frozen=True)
class Draft:
    """What has been narrowed so far. `late`: upper bounds on rows, settled when all rows are there."""

    base: Facts
    rng: Random
    seed: str = ""
    domains: Mapping[Target, Domain] = field(default_factory=dict)
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    late: tuple[Late, ...] = ()
    budget: Budget = field(default_factory=Budget, compare=False)

    @property
    def words(self) -> Vocabulary:
        """The pack's words."""
        return self.base.words

    def domain(self, target: Target) -> Domain:
        """What the value may be so far."""
        return self.domains.get(target) or Domain(target.spec, self.words.code_list(target.spec))

    def narrowed(self, target: Target, domain: Domain) -> Iterator["Draft"]:
        """The draft with less freedom for one value; nothing if no value is left, or a settled case fact differs."""
        self.budget.step()
        if domain.empty:
            return
        if target.kind == "case" and target.key in self.base.case:
            value = read_value(self.base.case[target.key], target.spec)
            if not domain.allows(value):
                return
        yield replace(self, domains={**self.domains, target: domain})

    def settled(self, target: Target) -> Iterator[tuple["Draft", Any]]:
        """The draft with one value fixed, and that value (raw)."""
        domain = self.domain(target)
        if domain.empty or domain.filled is False:
            return
        raw = self._chosen(target, domain.fill(True))
        for draft in self.narrowed(target, pinned(domain, raw)):
            yield draft, raw

    def row_ids(self, group: str) -> tuple[str, ...]:
        """Rows of a group, those of the base and invented ones."""
        if group in self.rows:
            return self.rows[group]
        return tuple(one.id for one in self._base_rows(group))

    def with_row(self, group: str) -> tuple["Draft", str]:
        """The draft with one more row, and the row's id."""
        self.budget.step()
        ids = self.row_ids(group)
        new = f"{group}-new-{len(ids) + 1}"
        return replace(self, rows={**self.rows, group: (*ids, new)}), new

    def deferred(self, late: Late) -> "Draft":
        """The draft with a bound to settle at the end."""
        self.budget.step()
        return replace(self, late=(*self.late, late))

    def facts(self) -> Facts:
        """A submitted case with every value chosen."""
        found = replace(self.base, submitted=True)
        groups = {group: self._rows(group) for group in self.rows if group != REGISTRY}
        registry = self._rows(REGISTRY) if REGISTRY in self.rows else found.registry
        picked = {target: self._chosen(target, domain) for target, domain in self.domains.items()}
        relations: dict[str, dict[str, Any]] = {name: dict(one) for name, one in found.relations.items()}
        for target, raw in picked.items():
            if target.kind == "relation":
                relations.setdefault(target.via, {})[target.key] = raw
        return replace(
            found,
            subject={**found.subject, **_of(picked, "subject")},
            case={**found.case, **_of(picked, "case")},
            relations=relations,
            rows={**found.rows, **groups, **self._base_groups(picked)},
            registry=registry,
            judgements={**found.judgements, **{(t.key, t.via or t.row): v for t, v in _kind(picked, "judged")}},
            documents={**found.documents, **{t.key: int(v or 0) for t, v in _kind(picked, "document")}},
            opinions={**found.opinions, **{(t.via, t.key): str(v) for t, v in _kind(picked, "opinion")}},
            scores={**found.scores, **{t.key: _score(v) for t, v in _kind(picked, "score")}},
        )

    def _base_groups(self, picked: Mapping[Target, Any]) -> dict[str, tuple[Row, ...]]:
        """Groups whose rows were there before and had values narrowed."""
        groups = {t.via for t in picked if t.kind == "column" and t.via not in self.rows and t.via != REGISTRY}
        return {group: self._rows(group) for group in groups}

    def _base_rows(self, group: str) -> tuple[Row, ...]:
        return self.base.registry if group == REGISTRY else self.base.rows.get(group, ())

    def _rows(self, group: str) -> tuple[Row, ...]:
        before = {one.id: one.values for one in self._base_rows(group)}
        made = []
        for row in self.row_ids(group):
            chosen = {
                target.key: self._chosen(target, domain)
                for target, domain in self.domains.items()
                if target.kind == "column" and target.via == group and target.row == row
            }
            made.append(Row(row, {**before.get(row, {}), **chosen}))
        return tuple(made)

    def _chosen(self, target: Target, domain: Domain) -> Any:
        """The value that stands there already if it fits, else an invented one; the same each time it is asked."""
        before = self.before(target)
        if before is not None and domain.allows(read_value(before, target.spec)) and domain.filled is not False:
            return before
        if target.kind == "document" and domain.low is not None:
            return ceil(domain.low)  # as many files as it takes, no more
        name = "/".join((self.seed, target.kind, target.via, target.row, target.key))
        return domain.pick(Random(name))  # noqa: S311

    def before(self, target: Target) -> Any:
        """The raw value of the base, None if there is none."""
        base = self.base
        if target.kind == "column":
            rows = {one.id: one.values for one in self._base_rows(target.via)}
            return rows.get(target.row, NOTHING).get(target.key)
        places: dict[str, Any] = {
            "subject": base.subject.get(target.key),
            "case": base.case.get(target.key),
            "relation": base.relations.get(target.via, NOTHING).get(target.key),
            "judged": base.judgements.get((target.key, target.via or target.row)),
            "document": base.documents.get(target.key),
            "opinion": base.opinions.get((target.via, target.key)),
            "score": base.scores.get(target.key),
        }
        found = places[target.kind]
        return None if isinstance(found, Unknown) else found


def pinned(domain: Domain, raw: Any) -> Domain:
    """Only this value."""
    if domain.numeric:
        value = read_value(raw, domain.spec)
        if isinstance(value, Interval):
            return domain.at_least(value.low).at_most(value.low)
        first, last = getattr(value, "first", None), getattr(value, "last", None)
        if first is None or last is None:
            return domain
        return domain.at_least(number(first.toordinal())).at_most(number(last.toordinal()))
    if domain.spec.type == "checks":
        chosen = frozenset(str(one) for one in raw)
        return replace(domain, ticked=chosen, unticked=frozenset(domain.codes.items) - chosen, filled=True)
    return domain.among({raw if isinstance(raw, bool) else str(raw)})


def _kind(picked: Mapping[Target, Any], kind: str) -> Iterator[tuple[Target, Any]]:
    return ((target, raw) for target, raw in picked.items() if target.kind == kind)


def _of(picked: Mapping[Target, Any], kind: str) -> dict[str, Any]:
    return {target.key: raw for target, raw in _kind(picked, kind)}


def _score(raw: Any) -> Interval:
    return raw if isinstance(raw, Interval) else Interval.point(number(raw))
