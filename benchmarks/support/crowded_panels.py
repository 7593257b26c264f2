"""Instances of assignment where it matters, made up from a seed.

Twelve trades stand in a circle. Cases fall on trades by 1/rank^0.6, experts likewise with the ranks turned by two, so
some trades have far more cases than their experts can take. A pair fits 800 in its own trade, 450, 250, 100 and 20
one to four steps off, then 0, each ±150 by chance, kept within 0–1,000. Cases and experts come from 40 units; nobody
scores their own unit. The upper load leaves 2% to spare, no more.
"""

from math import ceil

import numpy as np

from gongjiang.rules.scoring.assignment.arrays import Problem

TRADES, UNITS = 12, 40
FITS = np.array([800, 450, 250, 100, 20, 0, 0])


def crowded(cases: int, experts: int, per_case: int = 5, seed: int = 0) -> Problem:
    """One instance."""
    chance = np.random.default_rng(seed)
    share = 1 / np.arange(1, TRADES + 1) ** 0.6
    share /= share.sum()
    case_trade = chance.choice(TRADES, cases, p=share)
    expert_trade = chance.choice(TRADES, experts, p=np.roll(share, 2))
    apart = np.abs(case_trade[:, None] - expert_trade[None])
    apart = np.minimum(apart, TRADES - apart)
    affinity = np.clip(FITS[apart] + chance.integers(-150, 151, (cases, experts)), 0, 1000).astype(np.int64)
    allowed = chance.integers(0, UNITS, cases)[:, None] != chance.integers(0, UNITS, experts)[None]
    most = ceil(cases * per_case * 1.02 / experts)
    return Problem(
        affinity,
        allowed,
        np.full(cases, per_case, np.int64),
        np.full(experts, most, np.int64),
        np.zeros(experts, np.int64),
    )


def small(seed: int, most: int = 6) -> Problem:
    """A random small instance, often one that can't be done: at most `most` cases and experts, 1–3 each."""
    chance = np.random.default_rng(seed)
    cases, experts = (int(one) for one in chance.integers(1, most + 1, 2))
    per_case = int(chance.integers(1, min(3, experts) + 1))
    return Problem(
        chance.integers(0, 1001, (cases, experts)),
        chance.random((cases, experts)) > chance.choice([0, 0.2, 0.5]),
        np.full(cases, per_case, np.int64),
        np.full(experts, ceil(cases * per_case / experts) + chance.integers(0, 3), np.int64),
        np.zeros(experts, np.int64),
    )
