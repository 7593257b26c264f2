"""The posterior of qualities under the true priors, with the judges' severity and scale unknown: a Gibbs sampler."""

import numpy as np

from benchmarks.support.panels import World

CENTRE, POINTS, NOISE, SEVERITY, SCALE = 80.0, 6.0, 0.6**2, 0.8**2, 0.3**2


def true_posterior(world: World, chance: np.random.Generator, draws: int = 1200, burn: int = 300) -> np.ndarray:
    """`draws` × nominees. Scales move by Metropolis steps with severity integrated out."""
    rows, columns, z = world.rows, world.columns, (world.values - CENTRE) / POINTS
    nominees, judges = len(world.quality), int(columns.max()) + 1
    counts = np.bincount(columns, minlength=judges)
    severity, log_scale = np.zeros(judges), np.zeros(judges)
    sums, squares = np.bincount(columns, z, judges), np.bincount(columns, z * z, judges)
    kept = np.empty((draws, nominees))
    for turn in range(draws + burn):
        a = np.exp(log_scale)[columns]
        own = np.bincount(rows, a * a, nominees) / NOISE + 1
        told = np.bincount(rows, a * (z - severity[columns]), nominees) / NOISE
        quality = told / own + chance.normal(size=nominees) / np.sqrt(own)
        x = quality[rows]
        by_x, cross = np.bincount(columns, x, judges), np.bincount(columns, x * z, judges)
        by_xx = np.bincount(columns, x * x, judges)

        def likely(at: np.ndarray, by_x=by_x, cross=cross, by_xx=by_xx) -> np.ndarray:
            scale = np.exp(at)
            left, total = squares - 2 * scale * cross + scale**2 * by_xx, sums - scale * by_x
            return -0.5 * (left - total**2 / (counts + NOISE / SEVERITY)) / NOISE - at**2 / (2 * SCALE)

        for _ in range(3):
            tried = log_scale + 0.15 * chance.normal(size=judges)
            taken = np.log(chance.random(judges)) < likely(tried) - likely(log_scale)
            log_scale = np.where(taken, tried, log_scale)
        own = counts / NOISE + 1 / SEVERITY
        severity = (sums - np.exp(log_scale) * by_x) / NOISE / own + chance.normal(size=judges) / np.sqrt(own)
        if turn >= burn:
            kept[turn - burn] = quality
    return kept
