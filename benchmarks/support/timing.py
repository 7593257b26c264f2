"""The fastest of several runs; several things measured in turn, so that a busy moment meets them all."""

import gc
import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import Any


def fastest(things: Mapping[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Seconds of the fastest run of each, after one run that doesn't count. A float says its own seconds."""
    best = dict.fromkeys(things, float("inf"))
    for run in range(repeats + 1):
        for name, thing in things.items():
            gc.collect()
            start = time.perf_counter()
            found = thing()
            seconds = found if isinstance(found, float) else time.perf_counter() - start
            if run:
                best[name] = min(best[name], seconds)
    return best


def paired(one: Callable[[], Any], other: Callable[[], Any], repeats: int) -> tuple[float, float]:
    """Seconds of the fastest run of `one`, and how many times as long `other` takes: the median over runs that follow
    each other, since of two the longer one meets a busy moment more often."""
    runs = []
    for run in range(repeats + 1):
        seconds = [seconds_of(one), seconds_of(other)]
        if run:
            runs.append(seconds)
    return min(first for first, _ in runs), median(second / first for first, second in runs)


def seconds_of(thing: Callable[[], Any]) -> float:
    """Seconds of one run."""
    gc.collect()
    start = time.perf_counter()
    thing()
    return time.perf_counter() - start
