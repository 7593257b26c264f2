"""Ten thousand rows of the national annex 2 in and out, against django-import-export's bulk mode, in one run.

    python benchmarks/workbook.py [--rows 10000] [--wrong 100] [--people 20000] [--repeats 5]

In: a workbook of 32 columns with wrong cells is checked (read, every cell by its field's rules, who is who, every error
named by cell), then saved as drafts with parties, stages, history and audit entries; then the errors are written back
into the very workbook. The other side reads the same workbook with its own XLSX format into a model of 32 fields with
validators, in bulk mode; both sides include reading. Out: an edition's people as the official sheet, sent while it is
read, with its queries counted for a tenth of the people and for all. Seconds are the fastest of the repeats, a process
each, so that memory can be told. One line of JSON ends it: figures, ratios, bars, "ok".
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")

from gongjiang.cli.memory import LARGEST_BLOCK  # noqa: E402

ROWS, WRONG, PEOPLE = 10_000, 100, 20_000
BARS = {
    "validation_times": ("≥", 10.0),
    "saving_times": ("≥", 4.0),
    "marked_seconds": ("≤", 15.0),
    "megabytes": ("≤", 300.0),
    "export_rows_a_second": ("≥", 10_000.0),
    "more_queries": ("≤", 0.0),
    "errors_missed": ("≤", 0.0),
}


def main() -> int:
    """Measure, print, end with JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--wrong", type=int, default=WRONG)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", choices=["bring", "send"], help=argparse.SUPPRESS)
    parser.add_argument("--workbook", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.only:
        print(json.dumps(bring(args.workbook) if args.only == "bring" else send(args.workbook, args.people)))
        return 0
    load = os.getloadavg()[0]
    figures: dict[str, Any] = {"rows": args.rows, "people": args.people}
    with tempfile.TemporaryDirectory() as folder:
        figures |= measured(Path(folder), args)
    figures["load"] = [round(load, 2), round(os.getloadavg()[0], 2)]
    reasons = failures(figures)
    for name, value in figures.items():
        print(f"  {name:<28}{value}")
    for one in reasons:
        print(f"  not met: {one}")
    print(json.dumps({"benchmark": "workbook", **figures, "not_met": reasons, "ok": not reasons}, ensure_ascii=False))
    return 0 if not reasons else 1


def measured(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Both sides in turn, so that a busy moment meets both."""
    workbook, bad = folder / "rows.xlsx", folder / "wrong.json"
    run([sys.executable, "-c", _WRITE, str(args.rows), str(args.wrong), str(workbook), str(bad)], folder)
    ours: list[dict[str, Any]] = []
    theirs: list[dict[str, Any]] = []
    problem = ""
    for _ in range(args.repeats):
        ours.append(run([sys.executable, __file__, "--only", "bring", "--workbook", str(workbook)], folder))
        try:
            theirs.append(other_side(folder, workbook))
        except Exception as error:
            problem = str(error)[:300]
            break
    export = [
        run(
            [sys.executable, __file__, "--only", "send", "--workbook", str(workbook), "--people", str(args.people)],
            folder,
        )
        for _ in range(max(1, args.repeats - 1))
    ]
    wanted = {tuple(one) for one in json.loads(bad.read_text("utf-8"))}
    told = {tuple(one) for one in ours[0]["errors"]}
    best = {name: min(one[name] for one in ours) for name in ("validated", "saved", "marked")}
    found = {
        "validated_seconds": round(best["validated"], 3),
        "saved_seconds": round(best["saved"], 3),
        "marked_seconds": round(best["marked"], 3),
        "megabytes": max(one["megabytes"] for one in ours),
        "errors_missed": len(wanted ^ told),
        "rows_validated_a_second": round(args.rows / best["validated"]),
        "rows_saved_a_second": round(args.rows / best["saved"]),
        "export_rows_a_second": max(one["rows_a_second"] for one in export),
        "export_megabytes": max(one["megabytes"] for one in export),
        "export_queries": export[0]["queries"],
        "more_queries": export[0]["more_queries"],
    }
    if not theirs:
        return found | {"import_export_error": problem}
    other = {name: min(one[name] for one in theirs) for name in ("read", "validate", "save")}
    return found | {
        "import_export_read_seconds": round(other["read"], 3),
        "import_export_validate_seconds": round(other["validate"], 3),
        "import_export_save_seconds": round(other["save"], 3),
        "import_export_refused": theirs[0]["refused"],
        "validation_times": round(other["validate"] / best["validated"], 2),
        "saving_times": round(other["save"] / best["saved"], 2),
    }


_WRITE = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
import django; django.setup()
from benchmarks.support.nominee_sheet import row, sheet
data, bad = sheet(int(sys.argv[1]), int(sys.argv[2]), list(row(0)))
open(sys.argv[3], "wb").write(data)
open(sys.argv[4], "w").write(json.dumps(sorted(bad)))
print("{{}}")
"""


KEPT = {"MALLOC_MMAP_THRESHOLD_": str(LARGEST_BLOCK), "MALLOC_TRIM_THRESHOLD_": str(2 * LARGEST_BLOCK)}
"""What `keep_blocks` says to the C library of our server, said to every process of either side."""


def run(command: list[str], folder: Path) -> dict[str, Any]:
    """The last line that a command of ours says. Raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory(dir=folder) as home:
        env = {**os.environ, **KEPT, "GONGJIANG_HOME": home}
        done = subprocess.run(command, capture_output=True, text=True, env=env, cwd=ROOT)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["failed"])[-1][:300])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def other_side(folder: Path, workbook: Path) -> dict[str, Any]:
    """django-import-export on the same workbook, in its own environment. Raises NotHad where that can't be made."""
    from benchmarks.support.openfisca_env import openfisca_python  # noqa: PLC0415  only the parent needs it

    side = ROOT / "benchmarks" / "support" / "import_export_side.py"
    with tempfile.TemporaryDirectory(dir=folder) as place:
        return run([str(openfisca_python()), str(side), str(workbook), f"{place}/db.sqlite3"], folder)


def bring(workbook: Path) -> dict[str, Any]:
    """One import in a process of its own, settled as a server's is."""
    import django  # noqa: PLC0415  only where the database is needed

    from gongjiang.kernel.collection import settle  # noqa: PLC0415

    django.setup()
    from benchmarks.support.national_edition import AT, national_edition  # noqa: PLC0415
    from gongjiang.documents.xlsx.annotate import annotate  # noqa: PLC0415
    from gongjiang.kernel.actor import platform  # noqa: PLC0415
    from gongjiang.services.nominations.import_summary import look_at_summary, take  # noqa: PLC0415
    from gongjiang.services.nominations.sheet_store import marks_of  # noqa: PLC0415

    programme, unit = national_edition()
    settle()
    data = workbook.read_bytes()
    start = time.perf_counter()
    found = look_at_summary(actor=platform(), at=AT, programme=programme, unit=unit, data=data)
    validated = time.perf_counter() - start
    done = take(platform(), AT, found)
    saved = time.perf_counter() - start
    errors = sorted({(one.row, one.heading) for one in found.problems})
    assert len(done.numbers) + len({row for row, _ in errors}) == len(found.sheet.numbers)
    start = time.perf_counter()
    annotate(data, list(found.sheets), marks_of(found))
    return {
        "validated": validated,
        "saved": saved,
        "marked": time.perf_counter() - start,
        "errors": errors,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def send(workbook: Path, people: int) -> dict[str, Any]:
    """One export in a process of its own: a tenth of the people first, then all."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import connection, reset_queries  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from benchmarks.support.many_cases import fill  # noqa: PLC0415
    from benchmarks.support.national_edition import AT, national_edition  # noqa: PLC0415
    from gongjiang.kernel.actor import platform  # noqa: PLC0415
    from gongjiang.services.nominations.summary_stream import stream_summary  # noqa: PLC0415

    programme, unit = national_edition()
    counts, rate = [], 0.0
    for more in (people // 10, people - people // 10):
        fill(programme, unit, more)
        reset_queries()
        with CaptureQueriesContext(connection) as queries:
            start = time.perf_counter()
            size = sum(map(len, stream_summary(actor=platform(), at=AT, programme=programme)))
            took = time.perf_counter() - start
        counts.append(len(queries))
        rate = people / took
    assert size > people * 100
    return {
        "rows_a_second": round(rate),
        "queries": counts[-1],
        "more_queries": counts[-1] - counts[0],
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def failures(figures: dict[str, Any]) -> list[str]:
    """Bars that were not met, and what was not measured."""
    found = [] if figures["rows"] >= ROWS and figures["people"] >= PEOPLE else ["a smaller run than the bars are for"]
    for name, (sign, bar) in BARS.items():
        value = figures.get(name)
        if value is None:
            found.append(f"{name}: {figures.get('import_export_error', 'not measured')}")
        elif (value < bar) if sign == "≥" else (value > bar):
            found.append(f"{name}: {value:g}, must be {sign} {bar:g}")
    return found


if __name__ == "__main__":
    sys.exit(main())
