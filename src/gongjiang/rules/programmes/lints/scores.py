"""A scoring tree adds up, and every leaf of it can be settled before it ranks anybody."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path

LEAVES: Final = ("give", "rate", "lookup", "judged", "import", "tally", "rows")
DEEPEST: Final = 4


def nodes(draft: Draft) -> Iterator[tuple[Path, dict[str, Any], int]]:
    """Every node with its path and depth, roots at 1."""
    for path, root in draft.items("scoring.*"):
        yield from _nodes(path, root, 1)


@lint("score.leaf", "计分项须有分项或一种计法")
def leaves(draft: Draft) -> Iterator[Finding]:
    """A node has children or one way to score; a judged leaf has a maximum; no deeper than four levels."""
    for path, node, depth in nodes(draft):
        ways = [key for key in LEAVES if key in node]
        inside = node.get("of")
        if inside and any(key in node for key in ("judged", "import", "tally", "rate", "lookup")):
            yield Finding(path, f"“{node.get('id')}”有分项又有计法“{ways[0]}”。", "A node with children is no leaf.")
        if not inside and not ways:
            yield Finding(
                path,
                f"计分项“{node.get('id')}”没有分项（of），也没有计法（{'、'.join(LEAVES)}）。",
                f"Node '{node.get('id')}' has neither children nor a way to score.",
            )
        if "judged" in node and node.get("max") is None:
            yield Finding(path, f"评分项“{node.get('id')}”须写满分（max）。", f"Leaf '{node.get('id')}' needs a max.")
        if depth > DEEPEST:
            yield Finding(path, f"计分表至多{DEEPEST}层。", f"A scoring tree has at most {DEEPEST} levels.")


@lint("score.max", "分项满分须合于上级满分")
def maxima(draft: Draft) -> Iterator[Finding]:
    """Children's maxima against the parent's: what can't be reached, or would be cut off unseen."""
    for path, node, _ in nodes(draft):
        wanted = draft.number(node.get("max"))
        children = _children(node)
        if wanted is None or not children or node.get("take", "sum") != "sum":
            continue
        found = [_weighed(one, draft) for one in children]
        if None in found or any(one.get("start") is not None for one in (node, *children)):
            continue
        have = sum((one for one in found if one is not None), Fraction(0))
        if have != wanted:
            yield Finding(
                (*path, "max"),
                f"“{node.get('id')}”满分{decimal_text(wanted)}，分项满分合计{decimal_text(have)}。",
                f"'{node.get('id')}' has a maximum of {decimal_text(wanted)}, its parts {decimal_text(have)}.",
            )


@lint("score.weights", "权重合计须为100%")
def weights(draft: Draft) -> Iterator[Finding]:
    """Weights of siblings, where all are said."""
    for path, node, _ in nodes(draft):
        found = [draft.number(one.get("weight")) for one in _children(node)]
        known = [one for one in found if one is not None]
        if known and len(known) != len(found):
            yield Finding((*path, "of"), "分项有的写了权重，有的没写。", "Some parts have weights and some have none.")
        elif known and sum(known) not in {Fraction(1), Fraction(100)}:
            yield Finding(
                (*path, "of"),
                f"“{node.get('id')}”各分项权重合计{decimal_text(Fraction(sum(known)) * 100)}%，应为100%。",
                f"The weights of '{node.get('id')}' add up to {decimal_text(Fraction(sum(known)) * 100)}%.",
            )


@lint("score.nobody", "每个评分项须在排序前有人评定")
def nobody(draft: Draft) -> Iterator[Finding]:
    """A judged leaf of the tree that a panel ranks by, whose judges are not at that panel or before."""
    for place, (_, stage) in enumerate(draft.stages):
        roots = [(at, root) for at, root in draft.items("scoring.*") if root.get("id") == stage.get("scoring")]
        present: frozenset[str] = frozenset()
        for _, one in draft.stages[: place + 1]:
            present |= draft.roles(one.get("by")) | draft.roles(one.get("jury"))
        for at, root in roots:
            for leaf_path, leaf, _ in _nodes(at, root, 1):
                judged = leaf.get("judged")
                by = judged.get("by") if isinstance(judged, dict) else None
                if isinstance(by, str | list) and by and not draft.roles(by) & present:
                    yield Finding(
                        (*leaf_path, "judged"),
                        f"评分项“{leaf.get('id')}”由“{by}”评定，而到环节“{stage.get('id')}”为止没有他们参加。",
                        f"Leaf '{leaf.get('id')}' is judged by '{by}', who take no part up to '{stage.get('id')}'.",
                    )


def _nodes(path: Path, node: dict[str, Any], depth: int) -> Iterator[tuple[Path, dict[str, Any], int]]:
    yield path, node, depth
    inside = node.get("of")
    for index, one in enumerate(inside if isinstance(inside, list) else []):
        if isinstance(one, dict):
            yield from _nodes((*path, "of", index), one, depth + 1)


def _children(node: Mapping[str, Any]) -> list[dict[str, Any]]:
    inside = node.get("of")
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def _weighed(node: Mapping[str, Any], draft: Draft) -> Fraction | None:
    """The most a node can add: its maximum, else its children's, times its weight."""
    own = draft.number(node.get("max"))
    if own is None:
        if node.get("take", "sum") != "sum" or not _children(node):
            return None
        found = [_weighed(one, draft) for one in _children(node)]
        if None in found:
            return None
        own = sum((one for one in found if one is not None), Fraction(0))
    weight = draft.number(node.get("weight"))
    return own if weight is None else own * weight
