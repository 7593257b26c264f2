"""A rubric belongs to its notice: the five powers of 2024 and those of 2025 share words and mean other things."""

import re
from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft, walk
from gongjiang.rules.programmes.lints.lint import Finding, lint

POWERS: Final = "five_powers"
"""The code list in which a notice names its powers."""

_POWER: Final = re.compile("[\u4e00-\u9fff]{2}力")


@lint("rubric.mixed", "评分的“五力”须是所依据办法的“五力”")
def mixed(draft: Draft) -> Iterator[Finding]:
    """A scoring node called 某某力 that is not one of the pack's own powers, where it lists them."""
    codes = draft.data.get("codes")
    listed = codes.get(POWERS) if isinstance(codes, dict) else None
    words = listed.get("items") if isinstance(listed, dict) else None
    if not isinstance(words, list):
        return
    known = {str(one.get("code")) if isinstance(one, dict) else str(one) for one in words}
    for path, node in walk(draft.data.get("scoring"), ("scoring",)):
        label = node.get("label") if isinstance(node, dict) else None
        if isinstance(label, str) and _POWER.fullmatch(label) and label not in known:
            yield Finding(
                (*path, "label"),
                f"“{label}”不在所依据办法的五力（{'、'.join(sorted(known))}）之中：两个年度的五力不能混用。",
                f"'{label}' is not one of the powers of the notice that this pack rests on.",
            )
