"""How a plan comes into force: enterprise, recommending unit and union write it in turns, then each agrees."""

from enum import StrEnum
from typing import Final

from gongjiang.rules.cultivation.hands import LABELS, Hand


class State(StrEnum):
    """Of one version."""

    DRAFT = "draft"
    REVIEW = "review"
    IN_FORCE = "in_force"
    RETURNED = "returned"
    REPLACED = "replaced"
    DROPPED = "dropped"


class Action(StrEnum):
    """What somebody does with a version."""

    START = "start"
    SAVE = "save"
    HAND_OVER = "hand_over"
    COMMENT = "comment"
    SUBMIT = "submit"
    AGREE = "agree"
    SEND_BACK = "send_back"
    REVISE = "revise"
    DROP = "drop"


PARTIES: Final = (Hand.EMPLOYER, Hand.NOMINATOR, Hand.UNION)
"""Those who make it together (第十条), in the order of their turns."""

OPEN: Final = frozenset({State.DRAFT, State.REVIEW})
"""A version that is being made; there is at most one."""

FROM: Final = {
    Action.SAVE: frozenset({State.DRAFT}),
    Action.HAND_OVER: frozenset({State.DRAFT}),
    Action.COMMENT: frozenset({State.DRAFT, State.REVIEW, State.IN_FORCE}),
    Action.SUBMIT: frozenset({State.DRAFT}),
    Action.AGREE: frozenset({State.REVIEW}),
    Action.SEND_BACK: frozenset({State.REVIEW}),
    Action.REVISE: frozenset({State.IN_FORCE}),
    Action.DROP: frozenset({State.DRAFT, State.REVIEW}),
}
"""From which states an action is possible; START needs that there is no version at all, or none that counts."""

DONE: Final = {
    Action.START: "开始起草",
    Action.SAVE: "修改",
    Action.HAND_OVER: "交给下一方",
    Action.COMMENT: "意见",
    Action.SUBMIT: "提交征求同意",
    Action.AGREE: "同意",
    Action.SEND_BACK: "退回修改",
    Action.REVISE: "提出调整",
    Action.DROP: "作废",
}
"""What was done, as the history tells it."""

BEHALF: Final = {Hand.UNION: frozenset({Hand.EMPLOYER, Hand.NOMINATOR}), Hand.NOMINATOR: frozenset({Hand.EMPLOYER})}
"""Whose agreement on paper somebody may enter: a union that of the parties below it."""


def may(action: Action, state: State) -> bool:
    """Is this a step from here?

    >>> may(Action.SAVE, State.REVIEW)
    False
    """
    return state in FROM[action]


def agrees_for(hands: frozenset[Hand], needed: frozenset[Hand], given: frozenset[Hand]) -> frozenset[Hand]:
    """Parties for which somebody's own yes counts now."""
    return hands & needed - given


def enters_for(hands: frozenset[Hand], needed: frozenset[Hand], given: frozenset[Hand]) -> frozenset[Hand]:
    """Parties whose sealed paper somebody may enter now."""
    below = frozenset[Hand]().union(*(BEHALF.get(one, frozenset()) for one in hands))
    return (below - hands) & needed - given


def next_turn(hands: frozenset[Hand], needed: frozenset[Hand]) -> Hand | None:
    """Whose turn comes after these hands: enterprise, recommending unit, union, and round again; None where nobody
    else has a part.

    >>> next_turn(frozenset({Hand.EMPLOYER}), frozenset(PARTIES))
    <Hand.NOMINATOR: 'nominator'>
    """
    order = [one for one in PARTIES if one in needed]
    mine = [n for n, one in enumerate(order) if one in hands]
    after = order[mine[-1] + 1 :] + order[: mine[-1]] if mine else order
    return next((one for one in after if one not in hands), None)


def named(hands: frozenset[Hand] | tuple[Hand, ...]) -> str:
    """Parties in words, in their order."""
    return "、".join(LABELS[one] for one in PARTIES if one in hands)
