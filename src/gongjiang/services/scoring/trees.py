"""The scoring trees of a programme: which panel scores by which, what its experts fill in, how sheets add up."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from gongjiang.kernel.errors import Refused
from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.schema.lists import ScoreNode, nodes_of
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import HUNDREDTH, LEAST, Aggregate
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True, slots=True)
class JudgedLeaf:
    """One line of an expert's sheet: from 0 to `most` in steps of `step`. `group`: the node above it."""

    id: str
    label: str
    most: Fraction
    step: Fraction
    group: str
    node: ScoreNode


def panels(programme: Programme) -> tuple[Panel, ...]:
    """The stages in which experts score, or a contest's results come in."""
    return tuple(one for one in programme.stages if isinstance(one, Panel))


def tree_of(programme: Programme, stage: Stage) -> ScoreNode | None:
    """The tree that a panel scores by."""
    name = getattr(stage, "scoring", None)
    return next((one for one in programme.pack.scoring if one.id == name), None)


def judged_nodes(root: ScoreNode) -> tuple[ScoreNode, ...]:
    """The leaves that people score."""
    return tuple(one for one in nodes_of(root) if one.judged is not None)


def judged_leaves(programme: Programme, root: ScoreNode) -> tuple[JudgedLeaf, ...]:
    """The lines of a sheet. Refused while the edition hasn't said how many points a leaf has."""
    above = {child.id: one for one in nodes_of(root) for child in one.of}
    found = []
    for node in judged_nodes(root):
        most = programme.value(node.max)
        if most is None:
            raise Refused(
                f"“{node.shown}”的满分还没有答复，不能打分。", "This leaf has no maximum yet.", place=root.shown
            )
        step = programme.value(node.step)
        parent = above.get(node.id)
        group = parent.shown if parent is not None and parent is not root else ""
        found.append(
            JudgedLeaf(node.id, node.shown, exact(most), HUNDREDTH if step is None else exact(step), group, node)
        )
    return tuple(found)


def scorers_of(programme: Programme, root: ScoreNode) -> int:
    """How many experts a case needs: what is said, one where nothing is, and never fewer than the way of putting their
    sheets together takes."""
    wanted = programme.value((root.scorers or {}).get("at_least"))
    said = 1 if wanted is None else int(exact(wanted))
    return max(said, LEAST.get(aggregate_of(programme, root), 0))


def aggregate_of(programme: Programme, root: ScoreNode) -> Aggregate:
    """How several sheets become one value."""
    return cast(Aggregate, programme.value(root.aggregate) or "mean")
