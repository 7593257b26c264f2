"""What an effect says of itself. What it does to rows and lists is one of the few steps that services know."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CASE: Final = "case"
HONOUR: Final = "honour"


class Step(StrEnum):
    """Something that services carry out, in this order."""

    STRIKE = "strike"  # the person leaves the list and the running
    CANCEL_PLACE = "cancel_place"  # the place falls away: the unit has one fewer
    MOVE_UP = "move_up"  # the next alternate takes the free place
    ANSWER = "answer"  # the objector is told what was found
    WITHDRAW = "withdraw"  # the honour is withdrawn, its certificate with it
    STOP = "stop"  # what goes with the honour ends


@dataclass(frozen=True, slots=True)
class Effect:
    """One word of the closed list (mechanisms 10) that this version carries out.

    `against` names effects that it contradicts, `needs` those without which it makes no sense. `over`: to what
    it may be done, a nomination (case) or an honour.
    """

    id: str
    label: str
    steps: tuple[Step, ...] = ()
    against: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    over: tuple[str, ...] = (CASE,)
