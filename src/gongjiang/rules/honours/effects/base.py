"""What an effect says of itself. What it does to rows and lists is one of the few steps that services know."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """Something that services carry out, in this order."""

    STRIKE = "strike"  # the person leaves the list and the running
    CANCEL_PLACE = "cancel_place"  # the place falls away: the unit has one fewer
    MOVE_UP = "move_up"  # the next alternate takes the free place
    ANSWER = "answer"  # the objector is told what was found


@dataclass(frozen=True, slots=True)
class Effect:
    """One word of the closed list (mechanisms 10) that this version carries out.

    `against` names effects that it contradicts, `needs` those without which it makes no sense.
    """

    id: str
    label: str
    steps: tuple[Step, ...] = ()
    against: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
