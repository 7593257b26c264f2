"""A scoring tree over many people: the interval of every node for everybody, as `score_case` gives it one by one.

A leaf is scored by the tree itself, once for each different value that it reads; nodes are added up, limited, weighted
and rounded as whole multiples of a unit fraction. A tree with rows, votes, choices, shares or conditions on whole
nodes is scored person by person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import FactPath, Facts
from gongjiang.rules.programmes.paths import Scope
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.coding import coded_column, column_of
from gongjiang.rules.programmes.vector.columns import Column, Number, crossed
from gongjiang.rules.programmes.vector.people import People
from gongjiang.rules.programmes.vector.scales import Parts
from gongjiang.rules.programmes.vector.scene import Plan, Scene
from gongjiang.rules.programmes.vector.truths import NotVectorised
from gongjiang.rules.scoring.adapt import FactsReader, score_case
from gongjiang.rules.scoring.leaves.base import Place
from gongjiang.rules.scoring.many_points import Points, chosen, shaped
from gongjiang.rules.scoring.many_rate import rated
from gongjiang.rules.scoring.tree import most_of, score
from gongjiang.rules.scoring.wholes import Join, Whole

_ALONE: Final = ("rows", "tally", "share")


def score_people(node: ScoreNode, people: People, *, kind: str = "person") -> Column:
    """The points of a tree's root for everybody. BadInput names a node that is written wrongly."""
    plan = Plan(people, {})
    try:
        points = _points(node, plan.main, kind, None)
    except NotVectorised:
        scored = [score_case(node, people.facts(n), kind=kind).interval for n in range(people.size)]
        return coded_column(scored)
    low = plan.main.keep(points.low.expr)
    high = None if points.top is None else plan.main.keep(points.top.expr)
    plan.run()
    ends = [None if one is None else plan.column(one.meta.output_name()) for one in (low, high)]
    assert ends[0] is not None
    return Number(ends[0], Parts(points.parts), ends[1])


def _points(node: ScoreNode, scene: Scene, kind: str, above: Fraction | None) -> Points:
    if node.award or any(getattr(node, one) is not None for one in _ALONE) or (node.when and node.give is None):
        raise NotVectorised(f"scoring.{node.id}")
    reader = FactsReader(scene.shared, kind=kind)
    if not node.of:
        return _leaf(node, scene, kind, above)
    if node.take not in {"sum", "highest", "lowest"}:
        raise NotVectorised(f"scoring.{node.id}: {node.take}")
    most = most_of(node, reader)
    parts = [_points(one, scene, kind, most if most is not None else above) for one in node.of]
    unit = lcm(*(one.parts for one in parts))
    parts = [one.into(unit).kept(scene.keep) for one in parts]  # each on a processor of its own
    join = _JOINS[node.take]
    summed = node.take == "sum"
    low = Whole.joined(join, [one.low for one in parts], summed=summed)
    sure = all(one.top is None for one in parts)
    top = None if sure else Whole.joined(join, [one.high for one in parts], summed=summed)
    return shaped(node, Points(low, top, unit), reader, Place(node.id, node.shown, most))


def _sum(parts: Sequence[pl.Expr]) -> pl.Expr:
    found = parts[0]
    for one in parts[1:]:
        found = found + one
    return found


_JOINS: Final[dict[str, Join]] = {
    "sum": _sum,
    "highest": lambda parts: pl.max_horizontal(parts),
    "lowest": lambda parts: pl.min_horizontal(parts),
}


def _leaf(node: ScoreNode, scene: Scene, kind: str, above: Fraction | None) -> Points:
    """Every different value that the leaf reads, or every truth of its condition, scored by the tree."""
    if node.give is not None and node.when:
        truth = scene.truth(parse(node.when, scene.shared.words, kind=kind))
        scene.plan.run()
        opened = scene.plan.column(truth.meta.output_name()).null_count()
        truths = [one for one in Truth if opened or one is not Truth.UNKNOWN]
        return chosen(
            truth, {one: score(node, _Told(scene.shared, kind=kind, told=one), above).interval for one in truths}
        )
    paths = _read(node, Scope(scene.shared.words, kind=kind))
    if node.rate is not None:
        reader = FactsReader(scene.shared, kind=kind)
        most = most_of(node, reader)
        place = Place(node.id, node.shown, most if most is not None else above)
        if (points := rated(node.rate, scene.value(paths[0]), scene, reader, place)) is not None:
            return shaped(node, points, reader, place)
    if not paths:
        interval = score(node, FactsReader(scene.shared, kind=kind), above).interval
        return chosen(pl.lit(True), dict.fromkeys(Truth, interval))
    places, found = crossed([scene.value(path).coded() for path in paths])
    values = [score(node, FactsReader(_knowing(scene.shared, paths, one), kind=kind), above).interval for one in found]
    column = column_of(values, places)
    if not isinstance(column, Number) or not isinstance(column.scale, Parts):
        raise NotVectorised(f"scoring.{node.id}")
    high = None if column.high is None else Whole.of(column.high, scene.put)
    return Points(Whole.of(column.low, scene.put), high, column.scale.parts)


def _read(node: ScoreNode, scope: Scope) -> Sequence[FactPath]:
    if node.rate is not None:
        return (scope.path(node.rate["field"], ()),)
    if node.import_ is not None:
        return (scope.path(node.import_, ()),)
    if node.lookup is not None:
        return tuple(scope.path(one, ()) for one in scope.words.tables[node.lookup].by)
    return ()


def _knowing(shared: Facts, paths: Sequence[FactPath], values: Sequence[Value]) -> Facts:
    """Facts in which these values stand at these paths."""
    subject: dict[str, Value] = {}
    case: dict[str, Value] = {}
    relations: dict[str, dict[str, Value]] = {}
    for path, value in zip(paths, values, strict=True):
        if path.at == "relation":
            relations.setdefault(path.via, {})[path.key] = value
        else:
            (case if path.at == "case" else subject)[path.key] = value
    return replace(shared, subject=subject, case=case, relations=relations)


@dataclass(frozen=True)
class _Told(FactsReader):
    """A reader to whom the truth of every condition is told."""

    told: Truth = Truth.UNKNOWN

    def holds(self, condition: object) -> Truth:
        """As told."""
        return self.told
