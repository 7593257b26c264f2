"""Rules over a million people, against hand-written polars and OpenFisca-core 46, in one run.

    python benchmarks/rules.py [--people 1000000] [--repeats 5] [--pack nanning-2026 --pack jiangsu-2026]

A row is a person, with all eight rules (and the score, where it is told). Every run of ours begins with plain typed
columns: reading, compiling and deriving count. All are measured in turn and the fastest run of each is told, so a
busy machine slows all alike; `load` says how busy it was. One line of JSON ends it: ratios, bars, "ok". Anything less
than all measured on a million people is not ok.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from gongjiang.cli.memory import keep_memory  # noqa: E402

keep_memory()  # as the commands do; what is written by hand has it, too

import polars as pl  # noqa: E402

from benchmarks.support.by_hand import BY_HAND  # noqa: E402
from benchmarks.support.crowd import Crowd  # noqa: E402
from benchmarks.support.openfisca import OpenFisca  # noqa: E402
from benchmarks.support.openfisca_env import NotHad  # noqa: E402
from benchmarks.support.scalars import (  # noqa: E402
    RULES,
    SCORE,
    WORDS,
    arrays,
    codes_by_hand,
    score_by_hand,
    table,
    truths_by_hand,
)
from benchmarks.support.timing import fastest  # noqa: E402
from gongjiang.catalogue.packs import load_pack, pack_ids  # noqa: E402
from gongjiang.cli.explaining import as_of  # noqa: E402
from gongjiang.rules.programmes.facts import Facts  # noqa: E402
from gongjiang.rules.programmes.vector import TablePeople, Verdicts, evaluate_people  # noqa: E402
from gongjiang.rules.programmes.vector.columns import Column, Number  # noqa: E402
from gongjiang.rules.scoring.many import score_people  # noqa: E402

MILLION = 1_000_000
BARS = {
    "openfisca_times": ("≥", 5.0),
    "reason_rows": ("≥", 60e6),
    "seconds": ("≤", 10.0),
    "by_hand_times": ("≤", 3.0),
    "gigabytes": ("≤", 4.0),
    "twice_times": ("≤", 2.2),
}


def main() -> int:
    """Measure, print, end with JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=MILLION)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--pack", action="append", choices=sorted(BY_HAND))
    parser.add_argument("--only", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        print(json.dumps(one_pack(args.only, args.people, args.repeats)))
        return 0
    packs = args.pack or [one for one in BY_HAND if one in pack_ids()]
    load = os.getloadavg()[0]
    figures: dict[str, Any] = {"people": args.people, "scalars": scalars(args.people, args.repeats), "packs": {}}
    for name in packs:
        figures["packs"][name] = in_a_process(name, args.people, args.repeats)
        show(name, figures["packs"][name])
    figures["load"] = [round(load, 2), round(os.getloadavg()[0], 2)]
    reasons = failures(figures, packs)
    for one in reasons:
        print(f"  not met: {one}")
    print(json.dumps({"benchmark": "rules", **figures, "not_met": reasons, "ok": not reasons}, ensure_ascii=False))
    return 0 if not reasons else 1


def scalars(size: int, repeats: int) -> dict[str, Any]:
    """Eight scalar rules and a score; all in turn, OpenFisca among them, so that a busy moment meets all."""
    columns = arrays(size)
    people, shared = table(columns), Facts(WORDS)

    def ours() -> Verdicts:
        found = TablePeople(shared, people)
        score_people(SCORE, found, kind="")
        return evaluate_people(RULES, found, reasons=False)

    things: dict[str, Callable[[], Any]] = {
        "ours": ours,
        "hand": lambda: people.select(*truths_by_hand(), score_by_hand()),
        "ours_reasons": lambda: evaluate_people(RULES, TablePeople(shared, people)),
        "hand_reasons": lambda: people.select(codes_by_hand()),
    }
    agree(ours(), score_people(SCORE, TablePeople(shared, people), kind=""), people)
    try:
        with OpenFisca(columns) as other:
            seconds = fastest(things | {"openfisca": other.run}, repeats * 16)
            alike(other.counts, people)
            seconds["openfisca_calculation"] = other.calculation
    except NotHad as why:
        seconds = fastest(things, repeats * 16)
        return told(size, seconds) | {"openfisca_error": str(why)}
    return told(size, seconds)


def told(size: int, seconds: dict[str, float]) -> dict[str, Any]:
    """Rows a second (a row is a person) and ratios; printed too."""
    rows = {name: size / one for name, one in seconds.items()}
    found: dict[str, Any] = {
        "verdict_rows": rows["ours"],
        "by_hand_verdict_rows": rows["hand"],
        "verdict_by_hand_times": seconds["ours"] / seconds["hand"],
        "reason_rows": rows["ours_reasons"],
        "by_hand_reason_rows": rows["hand_reasons"],
        "reason_by_hand_times": seconds["ours_reasons"] / seconds["hand_reasons"],
    }
    print(f"eight rules and a score, {size:,} people; a row is a person")
    labels = {"ours": "verdicts only", "hand": "  polars by hand", "openfisca": "  OpenFisca-core 46"}
    labels |= {"ours_reasons": "verdict and reason of each rule", "hand_reasons": "  polars by hand"}
    for name, label in labels.items():
        if name in seconds:
            print(f"  {label:<32}{rows[name] / 1e6:8.1f} M rows/s  {seconds[name] * 1e3:7.1f} ms")
    if "openfisca" in seconds:
        found["openfisca_rows"] = rows["openfisca"]
        found["openfisca_times"] = seconds["openfisca"] / seconds["ours"]
        found["openfisca_calculation_ms"] = seconds["openfisca_calculation"] * 1e3
        print(f"  ours {found['openfisca_times']:.1f} times OpenFisca: plain columns in, all results out")
        print(f"  (OpenFisca's formulas alone, inputs already set: {found['openfisca_calculation_ms']:.1f} ms)")
    return found


def agree(verdicts: Verdicts, score: Column, people: pl.DataFrame) -> None:
    """The three count the same; whoever measures something else is not measured."""
    by_hand = people.select(*truths_by_hand(), score_by_hand())
    for key, one in verdicts.rules.items():
        assert int(one.is_("pass").sum()) == int(by_hand[key].sum()), key
    assert isinstance(score, Number)
    assert int(score.low.sum()) == int(by_hand["score"].sum()), "score"


def alike(counts: dict[str, float], people: pl.DataFrame) -> None:
    """OpenFisca found as many as polars by hand."""
    by_hand = people.select(*truths_by_hand(), score_by_hand()).sum().row(0, named=True)
    wrong = [name for name, count in by_hand.items() if counts[name] != float(count)]
    if wrong:
        raise NotHad(f"other results: {wrong}")


def in_a_process(name: str, size: int, repeats: int) -> dict[str, Any]:
    """One pack in a process of its own, so that its memory can be told."""
    command = [sys.executable, __file__, "--only", name, "--people", str(size), "--repeats", str(repeats)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["failed"])[-1][:300]}
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def one_pack(name: str, size: int, repeats: int) -> dict[str, Any]:
    """All rules of a pack with about five rows a person; then twice the people."""
    pack = load_pack(name)
    day = as_of(pack)
    shared = Facts(pack.vocabulary, as_of=day, submitted=True, covers={"*": None})
    by_hand = BY_HAND[name]
    assert day is not None
    people, rows = _crowd(pack, size)

    def ours() -> Verdicts:
        return evaluate_people(pack.ready_rules, TablePeople(shared, people, rows), pack.ready_exceptions)

    compare(ours(), by_hand(people, rows, day))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # with the people, their rows, both results
    seconds = fastest({"ours": ours, "hand": lambda: by_hand(people, rows, day)}, repeats)
    more, more_rows = _crowd(pack, 2 * size)
    twice = fastest(
        {
            "once": ours,
            "twice": lambda: evaluate_people(
                pack.ready_rules, TablePeople(shared, more, more_rows), pack.ready_exceptions
            ),
        },
        2 * repeats,
    )
    once = min(seconds["ours"], twice["once"])
    return {
        "rules": len(pack.ready_rules),
        "rows": sum(one.height for one in rows.values()),
        "seconds": once,
        "by_hand_seconds": seconds["hand"],
        "by_hand_times": once / seconds["hand"],
        "gigabytes": memory,
        "twice_times": twice["twice"] / twice["once"],
        "by_person": list(ours().by_person),
    }


def _crowd(pack: Any, size: int) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    found = Crowd(pack, size)
    return found.table(), found.rows()


def compare(verdicts: Verdicts, by_hand: pl.DataFrame) -> None:
    """Every rule for everybody, as it was written by hand."""
    for key, one in verdicts.rules.items():
        told = {"pass": True, "na": True, "fail": False, "unknown": None}
        met = pl.Series([*(told[way.outcome] for way in one.reasons), None], dtype=pl.Boolean).gather(one.codes)
        if key not in by_hand.columns or not met.eq_missing(by_hand[key]).all():
            raise SystemExit(f"{key}: differs from what was written by hand")


def show(name: str, found: dict[str, Any]) -> None:
    """One pack for people."""
    if "error" in found:
        print(f"{name}: {found['error']}")
        return
    print(f"{name}: {found['rules']} rules, {found['rows']:,} rows")
    print(
        f"  {found['seconds']:.2f} s; by hand {found['by_hand_seconds']:.2f} s: {found['by_hand_times']:.2f} times; "
        f"{found['gigabytes']:.2f} GB; twice the people {found['twice_times']:.2f} times"
    )


def failures(figures: dict[str, Any], packs: list[str]) -> list[str]:
    """Bars that were not met, and what was not measured."""
    found = [] if figures["people"] >= MILLION else [f"only {figures['people']:,} people"]
    found += [f"{one}: not measured" for one in BY_HAND if one not in packs]
    parts = {"scalars": figures["scalars"], **figures["packs"]}
    for part, numbers in parts.items():
        names = ("openfisca_times", "reason_rows") if part == "scalars" else tuple(BARS)[2:]
        if numbers.get("error"):
            found.append(f"{part}: {numbers['error']}")
            continue
        for name in names:
            sign, bar = BARS[name]
            value = numbers.get(name)
            if value is None:
                found.append(f"{part}.{name}: {numbers.get('openfisca_error', 'not measured')}")
            elif (value < bar) if sign == "≥" else (value > bar):
                found.append(f"{part}.{name}: {value:.3g}, must be {sign} {bar:g}")
        if numbers.get("by_person"):
            found.append(f"{part}: asked person by person: {numbers['by_person']}")
    return found


if __name__ == "__main__":
    sys.exit(main())
