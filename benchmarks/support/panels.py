"""Synthetic panels of judges with known qualities: score = 80 + 6(aθ + b + e), kept as it comes.

θ ~ N(0, 1); severity b ~ N(0, 0.8); ln a ~ N(0, 0.3); e ~ N(0, 0.6). 120 nominees, 24 judges, 5 marks each at random
with even loads, 25 chosen. Marks have two places, as sheets do.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from gongjiang.rules.scoring.calibration import Mark, Marks

NOMINEES, JUDGES, EACH, PLACES = 120, 24, 5, 25


@dataclass(frozen=True)
class World:
    """One panel: marks and the truth behind them. `favoured`: nominees whom colluders push."""

    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    quality: np.ndarray
    favoured: frozenset[int] = frozenset()

    @property
    def marks(self) -> Marks:
        """As the platform reads them; names sort as numbers do."""
        return Marks.of(
            Mark(f"c{row:03}", f"j{column:02}", Fraction(round(value * 100), 100))
            for row, column, value in zip(self.rows, self.columns, self.values, strict=True)
        )


def design(chance: np.random.Generator, nominees: int, judges: int, each: int) -> np.ndarray:
    """Who judges whom: random, even loads, nobody twice."""
    seats = np.repeat(np.arange(judges), nominees * each // judges)
    chance.shuffle(seats)
    table = seats.reshape(nominees, each)
    while True:
        twice = [row for row in range(nominees) if len(set(table[row].tolist())) < each]
        if not twice:
            return table
        for row in twice:
            at, other, place = chance.integers(each), chance.integers(nominees), chance.integers(each)
            table[row, at], table[other, place] = table[other, place], table[row, at]


def panel(seed: int, *, biased: bool = True) -> World:
    """Honest judges; without bias b = 0 and a = 1."""
    chance = np.random.default_rng(seed)
    table = design(chance, NOMINEES, JUDGES, EACH)
    quality = chance.normal(size=NOMINEES)
    severity = chance.normal(0, 0.8, JUDGES) * biased
    scale = np.exp(chance.normal(0, 0.3, JUDGES) * biased)
    rows, columns = np.repeat(np.arange(NOMINEES), EACH), table.ravel()
    noise = chance.normal(0, 0.6, len(rows))
    return World(rows, columns, 80 + 6 * (scale[columns] * quality[rows] + severity[columns] + noise), quality)


def colluding(seed: int, *, one_list: bool) -> World:
    """Three judges give 100 to 15 nominees outside the true top 25: of their own choice among those they judge, or
    all three to one common list (as far as the draw gives them those)."""
    world = panel(seed)
    chance = np.random.default_rng(seed + 1_000_000)
    top = set(np.argsort(-world.quality)[:PLACES].tolist())
    outside = [one for one in range(NOMINEES) if one not in top]
    values, favoured = world.values.copy(), set()
    common = chance.choice(outside, 15, replace=False).tolist()
    for judge in chance.choice(JUDGES, 3, replace=False):
        mine = [one for one in world.rows[world.columns == judge].tolist() if one not in top]
        liked = common if one_list else chance.choice(mine, min(15, len(mine)), replace=False).tolist()
        values[(world.columns == judge) & np.isin(world.rows, liked)] = 100
        favoured |= set(liked)
    return replace(world, values=values, favoured=frozenset(favoured))


def strong_panel(seed: int, *, bridges: bool) -> World:
    """Five panels of 24 nominees and 5 judges, all judging all of theirs; the first is better by 2.5 and its judges
    harsher by 1.5. With bridges one mark in five there comes from a judge of another panel instead of its fifth."""
    chance = np.random.default_rng(seed)
    size, quality = 24, chance.normal(size=120)
    quality[:size] += 2.5
    severity = chance.normal(0, 0.8, 25)
    severity[:5] -= 1.5
    scale = np.exp(chance.normal(0, 0.3, 25))
    table = np.arange(5)[None] + 5 * (np.arange(120) // size)[:, None]
    table[size:, 0] = chance.permutation(table[size:, 0])  # the other four share their first judges
    if bridges:
        table[:size, 4] = 5 * chance.integers(1, 5, size)
    rows, columns = np.repeat(np.arange(120), 5), table.ravel()
    noise = chance.normal(0, 0.6, len(rows))
    return World(rows, columns, 80 + 6 * (scale[columns] * quality[rows] + severity[columns] + noise), quality)
