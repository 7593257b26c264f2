"""Quantiles of the beta and F distributions, for exact intervals: the few lines that are needed."""

from math import exp, lgamma, log, log1p
from typing import Final

_TINY: Final = 1e-300
_ROUNDS: Final = 400


def beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b): how likely a beta variable is at most x."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Its continued fraction (Lentz's method)."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            found *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return found


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def beta_quantile(share: float, a: float, b: float) -> float:
    """Below which value a beta variable lies with this probability."""
    low, high = 0.0, 1.0
    for _ in range(60):  # as fine as a float is
        middle = (low + high) / 2
        if beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def f_quantile(share: float, above: float, below: float) -> float:
    """Below which value an F ratio with these degrees of freedom lies with this probability."""
    x = beta_quantile(share, above / 2, below / 2)
    return below * x / (above * max(1 - x, _TINY))


def exact_interval(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's interval of a proportion."""
    rest = (1 - confidence) / 2
    low = beta_quantile(rest, hits, of - hits + 1) if hits else 0.0
    high = beta_quantile(1 - rest, hits + 1, of - hits) if hits < of else 1.0
    return low, high
