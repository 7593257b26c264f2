"""From probabilities to one assignment: every pair as likely as planned, every case and expert served exactly.

Nobody can then count on a certain expert for a certain case, as no pair is likelier than the cap (Jecmen, Zhang, Liu,
Shah, Conitzer, Fang: Mitigating manipulation in peer review via randomized reviewer assignments, 2020).
"""

import numpy as np

from gongjiang.rules.scoring.assignment.arrays import Mask, Whole
from gongjiang.rules.scoring.assignment.chance import Dice


def drawn(parts: Whole, whole: int, dice: Dice) -> Mask:
    """0 or 1 for each pair; a pair with p of `whole` parts is drawn with probability p/whole.

    A case's number is kept, an expert's is rounded up or down. Along a circle of pairs that are still open, parts move
    from every second pair to its neighbours until one of them is settled; which way, the dice say, so that each
    pair's expectation stays.
    """
    cases, experts = parts.shape
    spare = -parts.sum(0) % whole
    held: dict[tuple[int, int], int] = {}
    for row, column in zip(*np.nonzero(parts % whole), strict=True):
        held[int(row), cases + int(column)] = int(parts[row, column])
    for column in np.flatnonzero(spare):
        held[cases + experts, cases + int(column)] = int(spare[column])
    near: dict[int, dict[int, None]] = {}
    for one, other in held:
        near.setdefault(one, {})[other] = None
        near.setdefault(other, {})[one] = None
    done: Mask = parts == whole
    path: list[int] = []
    for start in sorted(near):
        while near[start]:
            path = path if path and near[path[-1]] else [start]
            circle, path = _circle(path, near)
            for one, other in _moved(circle, held, whole, dice):
                if held.pop((one, other)) == whole and one < cases:
                    done[one, other - cases] = True
                del near[one][other], near[other][one]
            path = _kept(path, near)
    return done


def _circle(path: list[int], near: dict[int, dict[int, None]]) -> tuple[list[int], list[int]]:
    """Walk on from the end of the path until it meets itself; the circle, and the path that led to it."""
    places = {node: at for at, node in enumerate(path)}
    while True:
        here = path[-1]
        before = path[-2] if len(path) > 1 else -1
        after = next(one for one in near[here] if one != before)
        if after in places:
            return path[places[after] :], path[: places[after] + 1]
        places[after] = len(path)
        path.append(after)


def _kept(path: list[int], near: dict[int, dict[int, None]]) -> list[int]:
    """The path as far as its pairs are still open."""
    for at in range(1, len(path)):
        if path[at] not in near[path[at - 1]]:
            return path[:at]
    return path


def _moved(circle: list[int], held: dict[tuple[int, int], int], whole: int, dice: Dice) -> list[tuple[int, int]]:
    """Move parts around the circle; pairs that are settled by it."""
    edges = [_pair(one, other, held) for one, other in zip(circle, [*circle[1:], circle[0]], strict=True)]
    up, down = edges[::2], edges[1::2]
    raised = min(min(whole - held[one] for one in up), min(held[one] for one in down))
    lowered = min(min(held[one] for one in up), min(whole - held[one] for one in down))
    change = raised if dice.below(raised + lowered) < lowered else -lowered
    for one in up:
        held[one] += change
    for one in down:
        held[one] -= change
    return [one for one in edges if held[one] in (0, whole)]


def _pair(one: int, other: int, held: dict[tuple[int, int], int]) -> tuple[int, int]:
    return (one, other) if (one, other) in held else (other, one)
