"""Does the way of putting experts' sheets together that the office answered fit the score sheet?"""

from typing import Final

from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.schema.lists import ScoreNode, nodes_of
from gongjiang.rules.scoring.aggregate import CALIBRATED
from gongjiang.services.programmes.programme import Programme

PLAIN: Final = ("weight", "share", "start", "min", "round_to", "scale", "when")
"""What a node of a sheet whose totals are calibrated must not have: the totals would not be the experts' own."""


def unfit_calibrations(programme: Programme) -> list[str]:
    """Score sheets whose answered rule is a calibration that can't be carried out, each in a sentence: never found out
    only when the list is to be closed. What a pack fixes itself, its check has looked at (lint score.calibrated)."""
    found = []
    for root in programme.pack.scoring:
        if str(programme.value(root.aggregate)) not in CALIBRATED:
            continue
        bent = next((one for one in nodes_of(root) if _bent(root, one)), None)
        least = programme.value((root.scorers or {}).get("at_least"))
        if bent is not None:
            found.append(
                f"评分表“{root.shown}”答复为校准汇总，但“{bent.shown}”不是直接相加的打分项，请改答其他汇总办法"
            )
        elif least is None or exact(least) < 2:
            found.append(f"评分表“{root.shown}”答复为校准汇总，须每人至少两位专家评分")
    return found


def _bent(root: ScoreNode, node: ScoreNode) -> bool:
    return (
        any(getattr(node, name) is not None for name in PLAIN)
        or bool(node.award and node is not root)
        or node.take != "sum"
        or (node.judged is None and not node.of)
    )
