"""What may be entered in an artisan's log: a closed list of kinds, each with the article it serves."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entry. `cite`: article of measures-2025; `typed`: may people enter it by hand, or does it only follow
    from another record (attendance of a camp, a benefit granted)?"""

    id: str
    label: str
    cite: str
    typed: bool = True


KINDS: Final = (
    Kind("camp", "工匠人才训练营", "第十一条", typed=False),
    Kind("course", "课程学习", "第十一条"),
    Kind("practice", "实践任务", "第十一条"),
    Kind("mentoring", "导师指导", "第十一条"),
    Kind("seminar", "专题研修", "第十二条"),
    Kind("abroad", "境外培训", "第十二条"),
    Kind("exchange", "创新交流", "第十二条"),
    Kind("visit", "劳模工匠助企行", "第十三条"),
    Kind("talk", "宣讲", "第十三条"),
    Kind("teaching", "兼职导师、辅导员", "第十三条"),
    Kind("apprentices", "带徒传技", "第十三条"),
    Kind("publicity", "宣传展示", "第十四条、第十九条"),
    Kind("innovation", "攻关创新", "第十条"),
    Kind("contest", "竞赛比武", "第十条"),
    Kind("summary", "培育小结", "第十五条"),
)

BY_ID: Final = {one.id: one for one in KINDS}


def label_of(kind: str) -> str:
    """A kind as people call it."""
    return BY_ID[kind].label if kind in BY_ID else kind
