"""Rules over a million people, against hand-written polars and OpenFisca-core 46, in one run.

    python benchmarks/rules.py [--people 1000000] [--repeats 5] [--pack nanning-2026 --pack jiangsu-2026]

Rows a second: of “verdicts only”, people (eight rules and a score each); of “verdict and reason”, verdicts (a person
and a rule). Every run of ours begins with plain typed columns: reading, compiling and deriving count. One line of JSON
ends it: ratios, bars, "ok". Anything less than all measured on a million people is not ok.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402

from benchmarks.support.by_hand import BY_HAND  # noqa: E402
from benchmarks.support.crowd import Crowd  # noqa: E402
from benchmarks.support.openfisca_env import NotHad, openfisca_python  # noqa: E402
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
    figures: dict[str, Any] = {"people": args.people, "scalars": scalars(args.people, args.repeats), "packs": {}}
    for name in packs:
        figures["packs"][name] = in_a_process(name, args.people, args.repeats)
        show(name, figures["packs"][name])
    reasons = failures(figures, packs)
    for one in reasons:
        print(f"  not met: {one}")
    print(json.dumps({"benchmark": "rules", **figures, "not_met": reasons, "ok": not reasons}, ensure_ascii=False))
    return 0 if not reasons else 1


def scalars(size: int, repeats: int) -> dict[str, Any]:
    """Eight scalar rules and a score."""
    columns = arrays(size)
    people, shared = table(columns), Facts(WORDS)

    def ours() -> Verdicts:
        found = TablePeople(shared, people)
        score_people(SCORE, found, kind="")
        return evaluate_people(RULES, found, reasons=False)

    seconds = fastest(
        {
            "ours": ours,
            "hand": lambda: people.select(*truths_by_hand(), score_by_hand()),
            "ours_reasons": lambda: evaluate_people(RULES, TablePeople(shared, people)),
            "hand_reasons": lambda: people.select(codes_by_hand()),
        },
        repeats * 3,
    )
    agree(ours(), score_people(SCORE, TablePeople(shared, people), kind=""), people)
    found: dict[str, Any] = {
        "verdict_rows": size / seconds["ours"],
        "hand_verdict_rows": size / seconds["hand"],
        "reason_rows": size * len(RULES) / seconds["ours_reasons"],
        "hand_reason_rows": size * len(RULES) / seconds["hand_reasons"],
    }
    print(f"eight rules and a score, {size:,} people")
    print(f"  verdicts only        {found['verdict_rows'] / 1e6:8.1f} M people/s  {seconds['ours'] * 1e3:7.1f} ms")
    print(f"    polars by hand     {found['hand_verdict_rows'] / 1e6:8.1f} M people/s  {seconds['hand'] * 1e3:7.1f} ms")
    other = openfisca(columns, repeats * 3)
    if "error" in other:
        print(f"    OpenFisca-core 46  could not be had: {other['error']}")
    else:
        found["openfisca_times"] = other["seconds"] / seconds["ours"]
        found["openfisca_calculation_times"] = other["calculation"] / seconds["ours"]
        print(
            f"    OpenFisca-core 46  {size / other['seconds'] / 1e6:8.1f} M people/s  {other['seconds'] * 1e3:7.1f} ms"
            f" (its calculation alone {other['calculation'] * 1e3:.1f} ms): ours {found['openfisca_times']:.1f} times"
        )
    print(f"  verdict and reason   {found['reason_rows'] / 1e6:8.1f} M verdicts/s")
    print(f"    polars by hand     {found['hand_reason_rows'] / 1e6:8.1f} M verdicts/s")
    return found | {"openfisca": other}


def agree(verdicts: Verdicts, score: Column, people: pl.DataFrame) -> None:
    """The three count the same; whoever measures something else is not measured."""
    by_hand = people.select(*truths_by_hand(), score_by_hand())
    for key, one in verdicts.rules.items():
        assert int(one.is_("pass").sum()) == int(by_hand[key].sum()), key
    assert isinstance(score, Number)
    assert int(score.low.sum()) == int(by_hand["score"].sum()), "score"


def openfisca(columns: dict[str, np.ndarray], repeats: int) -> dict[str, Any]:
    """The same in OpenFisca, or why not."""
    try:
        python = openfisca_python()
    except NotHad as why:
        return {"error": str(why)}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "people.npz"
        np.savez(data, **columns)
        side = ROOT / "benchmarks" / "support" / "openfisca_side.py"
        done = subprocess.run([python, side, data, str(repeats)], capture_output=True, text=True)
    if done.returncode:
        return {"error": done.stderr.strip().splitlines()[-1][:300]}
    found: dict[str, Any] = json.loads(done.stdout)
    counts = table(columns).select(*truths_by_hand(), score_by_hand()).sum().row(0, named=True)
    wrong = [name for name, count in counts.items() if found["counts"][name] != float(count)]
    return {"error": f"other results: {wrong}"} if wrong else {key: found[key] for key in ("seconds", "calculation")}


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
    seconds = fastest({"ours": ours, "hand": lambda: by_hand(people, rows, day)}, max(1, repeats // 2))
    more, more_rows = _crowd(pack, 2 * size)
    twice = fastest(
        {
            "once": ours,
            "twice": lambda: evaluate_people(
                pack.ready_rules, TablePeople(shared, more, more_rows), pack.ready_exceptions
            ),
        },
        max(1, repeats // 2),
    )
    once = min(seconds["ours"], twice["once"])
    return {
        "rules": len(pack.ready_rules),
        "rows": sum(one.height for one in rows.values()),
        "seconds": once,
        "by_hand_seconds": seconds["hand"],
        "by_hand_times": once / seconds["hand"],
        "gigabytes": memory,
        "twice_times": twice["twice"] / once,
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
                found.append(f"{part}.{name}: {numbers.get('openfisca', {}).get('error', 'not measured')}")
            elif (value < bar) if sign == "≥" else (value > bar):
                found.append(f"{part}.{name}: {value:.3g}, must be {sign} {bar:g}")
        if numbers.get("by_person"):
            found.append(f"{part}: asked person by person: {numbers['by_person']}")
    return found


if __name__ == "__main__":
    sys.exit(main())
