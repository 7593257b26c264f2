"""On what a matter rests: an item of the pack's `accountability`, or the body's own decision where the notice is
silent (measures-2025 第二十条; jiangsu-2026 四.1; ledger J-09, M-17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gongjiang.rules.honours.effects import CASE, HONOUR, LATER, Step, effects, label_of, steps_of, unfit
from gongjiang.rules.programmes.schema.stage import Accountability

OWN: Final = "own"
"""The ground that no pack names: the deciding body gives its basis in words."""


class About(StrEnum):
    """What a matter is about."""

    CASE = "case"
    HONOUR = "honour"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. `situations`: the cases it names, of which one is chosen; empty where any words will do.

    `effects`: what is carried out here; `manual`: what the pack asks for besides and people see to themselves.
    `by`: roles that decide; empty for the body that confers or publishes. `clause`: '' for one's own.
    """

    id: str
    label: str
    clause: str
    effects: tuple[str, ...]
    by: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    note: str = ""
    manual: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """What a decision on it brings about."""
        return steps_of(self.effects)


_OWN: Final = {
    About.CASE: Ground(OWN, "弄虚作假或违反程序，通知没有写明后果的", "", ("cancel",)),
    About.HONOUR: Ground(OWN, "不适宜继续保留荣誉，通知没有写明退出的", "", ("revoke", "stop")),
    About.UNIT: Ground(OWN, "推荐工作中违反规定，记入单位记录", "", ()),
}


def grounds(about: About, items: Iterable[Accountability]) -> tuple[Ground, ...]:
    """What a matter of this kind may rest on, the pack's items first, one's own last."""
    found = [_ground(about, one) for one in items]
    return (*(one for one in found if one is not None), _OWN[about])


def _ground(about: About, item: Accountability) -> Ground | None:
    """The item as far as it is about this kind of thing, None if it takes nothing away from it."""
    over = HONOUR if about is About.HONOUR else CASE
    carried = tuple(one for one in item.effects if one in effects() and over in effects()[one].over)
    takes = Step.WITHDRAW if about is About.HONOUR else Step.STRIKE
    if about is About.UNIT:
        carried = ()
    elif takes not in steps_of(carried) or unfit(carried, over):
        return None
    return Ground(
        item.id,
        item.when,
        item.clause or "",
        carried,
        tuple(item.by),
        tuple(item.grounds),
        item.note or "",
        tuple(label_of(one) for one in item.effects if one in LATER),
    )
