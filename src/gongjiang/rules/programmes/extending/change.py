"""One difference between an item of the upper pack and what the lower made of it."""

from dataclasses import dataclass
from typing import Any, Final

from gongjiang.rules.programmes.problems import Path

HOW: Final = {
    "added": "补充",
    "tightened": "收紧",
    "allotted": "分解",
    "earlier": "提前",
    "arranged": "安排",
    "worded": "措辞",
    "departs": "不一致",
    "dropped": "不采用",
}
"""What a lower pack can do to an upper item, in words; the last two are departures."""

DEPARTURES: Final = frozenset({"departs", "dropped"})


@dataclass(frozen=True, slots=True)
class Change:
    """`key` of item `section.id`: what it was, what it is now (as written), and which kind of change that is.

    `path`: where the lower pack says so. `reason`, `basis`: of a departure, once the pack states it. `was_called`:
    what people call the roles, stages … that it named, since the lower pack may no longer have them.
    """

    section: str
    id: str
    key: str
    how: str
    was: Any
    now: Any
    path: Path
    reason: str = ""
    basis: str = ""
    was_called: str = ""

    @property
    def item(self) -> str:
        """rules.age_limit"""
        return f"{self.section}.{self.id}"

    @property
    def departs(self) -> bool:
        """Must it be stated, and signed?"""
        return self.how in DEPARTURES


def said(value: Any) -> str:
    """A value as written, short enough for a sentence."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        text = "、".join(map(said, value))
    elif isinstance(value, dict):
        text = "，".join(f"{key} {said(one)}" for key, one in value.items())
    else:
        text = "无" if value is None else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
