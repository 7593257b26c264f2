"""The fastest of several runs; several things measured in turn, so that a busy moment meets them all."""

import gc
import time
from collections.abc import Callable, Mapping
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
