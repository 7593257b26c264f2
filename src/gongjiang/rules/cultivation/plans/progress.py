"""How far the milestones of a plan are, power by power (`3/4 项，下一项：…`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

COMMON: Final = "综合"
"""What milestones without a power are called together."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone as it stands. `state`: open, claimed (said to be done, not confirmed), done. `ref`: its record."""

    title: str
    power: str
    due: date
    state: str = "open"
    ref: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """One power: how many of how many are done, and the next one open (None: all are)."""

    power: str
    done: int
    total: int
    next: Mark | None
    late: int = 0


def progress(marks: Iterable[Mark], powers: Sequence[str], today: date) -> tuple[Progress, ...]:
    """Powers in their order, those with milestones only; what belongs to none comes last."""
    by_power: dict[str, list[Mark]] = {}
    for one in marks:
        by_power.setdefault(one.power or COMMON, []).append(one)
    order = [one for one in powers if one in by_power] + [one for one in by_power if one not in powers]
    return tuple(_of(power, by_power[power], today) for power in order)


def _of(power: str, marks: list[Mark], today: date) -> Progress:
    waiting = sorted((one for one in marks if one.state == "open"), key=lambda one: one.due)
    done = sum(1 for one in marks if one.state == "done")
    late = sum(1 for one in waiting if one.due < today)
    return Progress(power, done, len(marks), waiting[0] if waiting else None, late)
