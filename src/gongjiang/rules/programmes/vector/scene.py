"""Where conditions are compiled: a scene of people, or of the rows of a group, and the plan that joins them.

A step makes one column of a scene from others. Steps know what they need, so the plan runs all that can be run
together in one call of polars.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from gongjiang.rules.programmes.conditions import Condition
from gongjiang.rules.programmes.evaluate import ReadyRule, with_rules
from gongjiang.rules.programmes.facts import FactPath, Facts
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.programmes.vector.people import Need, People, Rows
from gongjiang.rules.programmes.vector.registry import operand_compilers
from gongjiang.rules.programmes.vector.truths import PLAIN, NotVectorised

Making = Callable[..., pl.Series]


@dataclass(frozen=True, slots=True)
class Step:
    """One column to be made: by an expression on its scene, or from columns of any scenes."""

    name: str
    scene: "Scene"
    level: int
    expr: pl.Expr | None = None
    make: Making | None = None
    needs: tuple[str, ...] = ()


@dataclass
class Plan:
    """All steps, and the scene of the people with those of the groups that are read."""

    people: People
    rules: Mapping[str, ReadyRule]
    steps: dict[str, Step] = field(default_factory=dict)
    homes: dict[str, "Scene"] = field(default_factory=dict)
    by_person: list[str] = field(default_factory=list)
    """What is asked person by person, with the reason."""

    def __post_init__(self) -> None:
        self.main = Scene(self, "")
        self.groups: dict[str, Scene] = {}

    def group(self, name: str) -> "Scene":
        """The scene of a group's rows."""
        if name not in self.groups:
            self.groups[name] = Scene(self, name, self.people.rows(name))
        return self.groups[name]

    def level(self, names: Sequence[str]) -> int:
        """The level at which all these columns are there."""
        return max((self.steps[one].level for one in names if one in self.steps), default=0)

    def run(self) -> None:
        """Make every column; those of a level together, level after level."""
        for level in range(1, self.level(tuple(self.steps)) + 2):
            here = [one for one in self.steps.values() if one.level == level]
            for scene in (self.main, *self.groups.values()):
                scene.make([one for one in here if one.scene is scene])
        self.steps.clear()

    def column(self, name: str) -> pl.Series:
        """A column that has been made."""
        return self.homes[name].frame[name]


class Scene:
    """The people, or the rows of one group. Conditions compiled here are about one of them each."""

    def __init__(self, plan: Plan, group: str, rows: Rows | None = None) -> None:
        self.plan = plan
        self.group = group
        self.rows = rows
        self.size = plan.people.size if rows is None else len(rows.person)
        self.frame = pl.DataFrame()
        self._fresh: list[pl.Series] = []
        self._put: dict[int, tuple[pl.Series, pl.Expr]] = {}
        self._truths: dict[int, tuple[Condition, pl.Expr]] = {}
        self._lifted: dict[Need, Column] = {}

    @property
    def shared(self) -> Facts:
        """What is the same for all."""
        return self.plan.people.shared

    def put(self, series: pl.Series) -> pl.Expr:
        """Values that are there already, as a column of the scene."""
        if id(series) not in self._put:
            name = self._name()
            self._fresh.append(series.alias(name))
            self._put[id(series)] = (series, pl.col(name))
        return self._put[id(series)][1]

    def keep(self, expr: pl.Expr) -> pl.Expr:
        """An expression as a column of its own, so that it is worked out once."""
        return self._step(expr=expr, needs=tuple(expr.meta.root_names()))

    def later(self, make: Making, *needs: pl.Expr) -> pl.Expr:
        """A column made by `make` from whole columns, of this scene or others."""
        return self._step(make=make, needs=tuple(one.meta.output_name() for one in needs))

    def need(self, need: Need) -> Column:
        """What is needed of each here; facts of the person stand beside each of their rows."""
        if self.rows is None:
            return self.plan.people.column(need)
        if need.at == "row":
            return self.rows.column(need)
        if need not in self._lifted:
            self._lifted[need] = self.plan.people.column(need).taken(self.rows.person)
        return self._lifted[need]

    def value(self, path: FactPath) -> Column:
        """The values at a path."""
        return self.need(
            Need("value", path.key, path.at, path.via, path, read=lambda facts, row: facts.value(path, row))
        )

    def truth(self, node: Condition) -> pl.Expr:
        """The truth of a condition, compiled once."""
        if id(node) not in self._truths:
            self._truths[id(node)] = (node, self._compiled(node))
        return self._truths[id(node)][1]

    def of_person(self, node: Condition) -> pl.Expr:
        """A condition on the person, beside each of their rows."""
        if self.rows is None:
            return self.truth(node)
        person = self.rows.person
        return self.later(lambda found: found.gather(person), self.plan.main.truth(node))

    def make(self, steps: Sequence[Step]) -> None:
        """Work these steps out."""
        if not self.frame.width and not self._fresh:  # nothing is read here: something must give the height
            self._fresh = [pl.repeat(None, self.size, dtype=pl.Null, eager=True).alias("_")]
        if self._fresh:
            self.frame = self.frame.with_columns(self._fresh) if self.frame.width else pl.DataFrame(self._fresh)
            self._fresh = []
        made = [one.expr.alias(one.name) for one in steps if one.expr is not None]
        if made:
            self.frame = self.frame.with_columns(made)
        for one in steps:
            if one.make is not None:
                self._fresh.append(one.make(*(self.plan.column(name) for name in one.needs)).alias(one.name))

    def _compiled(self, node: Condition) -> pl.Expr:
        """By the counterpart of its kind. A condition on people that has none is asked of each in turn."""
        compiler = operand_compilers().get(type(node))
        try:
            if compiler is None:
                raise NotVectorised(f"{node.word}: {type(node).__name__}")
            return compiler(node, self)
        except NotVectorised as why:
            if self.rows is not None:
                raise
            self.plan.by_person.append(str(why))
            return self._asked(node)

    def _asked(self, node: Condition) -> pl.Expr:
        """The explaining evaluator's answer for each person in turn."""
        people, rules = self.plan.people, self.plan.rules

        def ask() -> pl.Series:
            found = (with_rules(rules.values(), people.facts(place)) for place in range(people.size))
            return pl.Series([PLAIN[node.evaluate(one).truth] for one in found], dtype=pl.Boolean)

        return self.later(ask)

    def _name(self) -> str:
        name = f"{self.group}#{len(self.plan.homes)}"
        self.plan.homes[name] = self
        return name

    def _step(self, *, expr: pl.Expr | None = None, make: Making | None = None, needs: tuple[str, ...]) -> pl.Expr:
        name = self._name()
        self.plan.steps[name] = Step(name, self, 1 + self.plan.level(needs), expr, make, needs)
        return pl.col(name)
