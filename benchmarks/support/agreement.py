"""How well an order agrees with the truth."""

import numpy as np


def tau(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's τ-b."""
    first, second = np.triu_indices(len(one), 1)
    left, right = np.sign(one[first] - one[second]), np.sign(other[first] - other[second])
    return float((left * right).sum() / np.sqrt((left != 0).sum() * (right != 0).sum()))


def top(values: np.ndarray, places: int) -> frozenset[int]:
    """Who is chosen."""
    return frozenset(np.argsort(-values, kind="stable")[:places].tolist())


def recall(values: np.ndarray, truth: np.ndarray, places: int) -> float:
    """Which share of the truly best is chosen."""
    return len(top(values, places) & top(truth, places)) / places
