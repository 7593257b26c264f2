"""Calibration on panels whose truth is known: figures, each a mean over seeds."""

from collections.abc import Callable

import numpy as np

from benchmarks.support.agreement import recall, tau, top
from benchmarks.support.panels import PLACES, World, colluding, panel, strong_panel
from benchmarks.support.true_posterior import true_posterior
from gongjiang.rules.scoring.calibration import ADVISED, calibrated
from gongjiang.rules.scoring.calibration.chances import NOMINAL, ranks_of
from gongjiang.rules.scoring.calibration.model import fitted


def panels(seeds: int) -> dict[str, float]:
    """All figures of calibration."""
    found: dict[str, float] = {}
    found |= _compared("bias", panel, seeds)
    found |= _compared("fair", lambda seed: panel(seed, biased=False), seeds)
    found |= _compared("own", lambda seed: colluding(seed, one_list=False), seeds)
    found |= _compared("common", lambda seed: colluding(seed, one_list=True), seeds)
    found |= _compared("bridge", lambda seed: strong_panel(seed, bridges=True), seeds)
    apart = [calibrated(strong_panel(seed, bridges=False).marks, ADVISED) for seed in range(seeds)]
    found["apart_refused"] = float(np.mean([not one.decision.allowed and len(one.bridges) == 1 for one in apart]))
    return found | _intervals(seeds)


def _compared(name: str, make: Callable[[int], World], seeds: int) -> dict[str, float]:
    """One design: the advised method beside the mean, plain additive calibration and z-scores."""
    taus, recalls, intruders = [], [], []
    for seed in range(seeds):
        world = make(seed)
        orders = (_advised(world), _mean(world), _additive(world), _z_scores(world), _robust_additive(world))
        taus.append([tau(one, world.quality) for one in orders])
        recalls.append([recall(one, world.quality, PLACES) for one in orders])
        intruders.append([len(top(one, PLACES) & world.favoured) for one in orders])
    by_tau, by_recall, by_intruders = (np.mean(one, axis=0) for one in (taus, recalls, intruders))
    methods = ("advised", "mean", "additive", "z", "robust_additive")
    found = {f"{name}_tau_{method}": float(value) for method, value in zip(methods, by_tau, strict=True)}
    found[f"{name}_tau_over_mean"] = float(by_tau[0] - by_tau[1])
    found[f"{name}_tau_over_additive"] = float(by_tau[0] - by_tau[2])
    found[f"{name}_recall_over_mean"] = float(by_recall[0] - by_recall[1])
    if by_intruders[1]:
        found[f"{name}_intruders_of_mean"] = float(by_intruders[0] / by_intruders[1])
    return found


def _advised(world: World) -> np.ndarray:
    marks = world.marks
    scores = calibrated(marks, ADVISED).scores
    return np.array([float(scores[case]) for case in marks.cases])


def _mean(world: World) -> np.ndarray:
    return np.bincount(world.rows, world.values) / np.bincount(world.rows)


def _additive(world: World) -> np.ndarray:
    return fitted(world.marks, scaled=False, robust=False).quality


def _robust_additive(world: World) -> np.ndarray:
    return fitted(world.marks, scaled=False).quality


def _z_scores(world: World) -> np.ndarray:
    """Each judge's marks with mean 0 and deviation 1, then averaged."""
    columns = world.columns
    counts = np.maximum(np.bincount(columns), 1)
    centre = np.bincount(columns, world.values) / counts
    spread = np.sqrt(np.bincount(columns, (world.values - centre[columns]) ** 2) / counts)
    scores = (world.values - centre[columns]) / np.maximum(spread[columns], 1e-9)
    return np.bincount(world.rows, scores) / np.bincount(world.rows)


def _intervals(seeds: int) -> dict[str, float]:
    """How often rank intervals hold the true rank, and their median width beside that of the true posterior."""
    ends = [(1 - NOMINAL) / 2, (1 + NOMINAL) / 2]
    covered, widths = [], []
    for seed in range(seeds):
        world = panel(seed)
        truth = ranks_of(world.quality[None])[0]
        ours = ranks_of(fitted(world.marks, scaled=True).draws(2000, seed))
        low, high = np.quantile(ours, ends, axis=0, method="inverted_cdf")
        covered.append(np.mean((low <= truth) & (truth <= high)))
        theirs = ranks_of(true_posterior(world, np.random.default_rng(seed)))
        first, last = np.quantile(theirs, ends, axis=0, method="inverted_cdf")
        widths.append((np.median(high - low), np.median(last - first)))
    mine, best = np.mean(widths, axis=0)
    covers = float(np.mean(covered))
    return {"coverage_low": covers, "coverage_high": covers, "width_of_true_posterior": float(mine / best)}
