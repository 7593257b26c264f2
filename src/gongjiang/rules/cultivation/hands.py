"""Who has a hand in an artisan's cultivation: union, recommending unit, enterprise together (measures-2025 第十条)."""

from enum import StrEnum
from typing import Final


class Hand(StrEnum):
    """A part that somebody has in one honour's cultivation; one may have several."""

    ARTISAN = "artisan"
    EMPLOYER = "employer"
    NOMINATOR = "nominator"
    UNION = "union"  # the organiser of the edition and the bodies that hold a part of it
    MENTOR = "mentor"
    ABOVE = "above"  # a union over the organiser: reads, decides nothing


LABELS: Final = {
    Hand.ARTISAN: "本人",
    Hand.EMPLOYER: "所在企业",
    Hand.NOMINATOR: "推荐单位",
    Hand.UNION: "主办工会",
    Hand.MENTOR: "导师",
    Hand.ABOVE: "上级工会",
}

WORKING: Final = frozenset({Hand.ARTISAN, Hand.EMPLOYER, Hand.NOMINATOR, Hand.UNION, Hand.MENTOR})
"""Hands that write something; the others read."""

KEEPING: Final = frozenset({Hand.EMPLOYER, Hand.NOMINATOR, Hand.UNION})
"""Organisations that look after an artisan: they confirm what was entered."""
