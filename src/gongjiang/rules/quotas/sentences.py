"""What a pool says to people: the same sentence at the gauge and in the closing dialogue."""

from fractions import Fraction
from typing import Final

from gongjiang.kernel.rounding import decimal_text
from gongjiang.kernel.truth import Unknown
from gongjiang.rules.quotas.counting import Count
from gongjiang.rules.quotas.limits import Bound
from gongjiang.rules.quotas.members import GroupKey, key_text

OUTCOMES: Final = {"met": "符合", "broken": "不符合", "unknown": "待定", "na": "不适用"}
BOUNDS: Final = {"at_most": "不超过", "at_least": "不少于", "exactly": "须为"}
REMARKS: Final = {
    "soft": "（一般应符合，不符合须说明理由）",
    "prefer": "（优先，不作限制）",
    "guide": "（指导，不作限制）",
}


def bound_text(bound: Bound, unit: str) -> str:
    """`不少于30%`, `不超过9人`, `不超过（待确定）`."""
    word = BOUNDS[bound.kind]
    if isinstance(bound.value, Unknown):
        return f"{word}（待确定）"
    return word + (f"{decimal_text(bound.value * 100)}%" if bound.share else f"{decimal_text(bound.value)}{unit}")


def count_text(count: Count, *, share: bool, unit: str) -> str:
    """`40人中11人，另2人未填`: what is certain, and how many cases are open."""
    known = f"{count.whole_low}{unit}中{count.low}{unit}" if share else f"{count.low}{unit}"
    return f"{known}，另{count.open}{unit}未填" if count.open else known


def pool_sentence(
    label: str, key: GroupKey, count: Count, bound: Bound | None, outcome: str, *, unit: str, force: str
) -> str:
    """`女性不少于30%：40人中11人，另2人未填 → 待定`; a figure has neither bound nor outcome."""
    head = label + (f"（{key_text(key)}）" if key else "")
    body = count_text(count, share=bound is not None and bound.share, unit=unit)
    if bound is None:
        return f"{head}：{body}"
    remark = REMARKS.get(force, "") if outcome == "broken" else ""
    return f"{head}{bound_text(bound, unit)}：{body} → {OUTCOMES[outcome]}{remark}"


def share_text(part: Fraction, whole: Fraction) -> str:
    """A share for the eye only: `27.5%`; `—` of nothing."""
    return f"{decimal_text(part / whole * 100)}%" if whole else "—"
