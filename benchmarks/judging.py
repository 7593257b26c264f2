"""Judging: calibration against the plain mean, draws against bare ortools, on made-up panels whose truth is known.

    python benchmarks/judging.py [--seeds 100] [--small 10000] [--skip-large]

Panels: benchmarks/support/panels.py; crowded draws: benchmarks/support/crowded_panels.py. All differences are paired:
the same panel by both methods. Intervals of ranks are compared with those of a Gibbs sampler that is told the true
priors, but not the judges. One line of JSON ends it: figures, bars, "ok"; fewer seeds than 100 are not ok.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.support.judging_draws import draws, large, small_instances  # noqa: E402
from benchmarks.support.judging_panels import panels  # noqa: E402

#: (relation, bar); `≥` etc. as they are printed.
BARS: dict[str, tuple[str, float]] = {
    "bias_tau_over_mean": ("≥", 0.065),
    "bias_recall_over_mean": ("≥", 0.05),
    "fair_tau_over_mean": ("≥", -0.002),
    "own_tau_over_additive": ("≥", 0.015),
    "own_intruders_of_mean": ("≤", 0.75),
    "common_tau_over_additive": ("≥", 0.015),
    "common_intruders_of_mean": ("≤", 0.75),
    "coverage_low": ("≥", 0.88),
    "coverage_high": ("≤", 0.95),
    "width_of_true_posterior": ("≤", 1.2),
    "bridge_tau_over_mean": ("≥", 0.08),
    "apart_refused": ("≥", 1.0),
    "plain_gap": ("≤", 0.0),
    "plain_times_ortools": ("≤", 1.5),
    "fair500_worst": ("≥", 1900.0),
    "fair500_price": ("≤", 0.01),
    "fair500_seconds": ("≤", 5.0),
    "fair2000_times_worst": ("≥", 2.5),
    "fair2000_price": ("≤", 0.01),
    "fair2000_seconds": ("≤", 60.0),
    "small_conflicts": ("≤", 0.0),
    "small_uneven": ("≤", 0.0),
    "small_unexplained": ("≤", 0.0),
    "large_seconds": ("≤", 15.0),
    "large_gigabytes": ("≤", 1.5),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--skip-large", action="store_true")
    args = parser.parse_args()
    found: dict[str, float] = {}
    parts = [draws, lambda: small_instances(args.small), lambda: panels(args.seeds)]
    for part in parts if args.skip_large else [large, *parts]:
        told = part()
        found |= told
        for name, value in told.items():
            _say(name, value)
    verdicts = {name: _holds(found[name], *bar) for name, bar in BARS.items() if name in found}
    whole = args.seeds >= 100 and args.small >= 10_000 and not args.skip_large
    ok = whole and all(verdicts.values()) and len(verdicts) == len(BARS)
    line: dict[str, Any] = {
        "benchmark": "judging",
        "seeds": args.seeds,
        "figures": {name: round(value, 5) for name, value in found.items()},
        "missed": [name for name, held in verdicts.items() if not held],
        "load": round(os.getloadavg()[0], 1),
        "ok": ok,
    }
    print(json.dumps(line, ensure_ascii=False))
    return 0 if ok or (not whole and all(verdicts.values())) else 1


def _holds(value: float, relation: str, bar: float) -> bool:
    return value >= bar if relation == "≥" else value <= bar


def _say(name: str, value: float) -> None:
    bar = BARS.get(name)
    tail = f"  {bar[0]} {bar[1]:g}  {'ok' if _holds(value, *bar) else 'MISSED'}" if bar else ""
    print(f"{name:<28}{value:>12.4f}{tail}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
