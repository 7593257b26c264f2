"""Runs what `make test` runs, part by part, and closes with one line of figures.

Parts: check (lint, types, house), sqlite, postgres, browser; without arguments all of these, in two lanes side by side.
One more, soak, only when asked for. What can't run here because a Debian package is missing is counted as left out,
never as passed; with GONGJIANG_ALL=1 that is a failure.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from private_postgres import private_postgres, programs

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ON_SQLITE = "not browser and not postgres and not house and not soak"
ON_POSTGRES = "(database or postgres) and not browser and not house and not once and not soak"
IN_BROWSER = "browser and not soak"
SOAK = "soak"
ROOM = 4 << 30
"""Bytes that the tests' databases and files may take."""
BESIDE = ("check", "browser", "postgres")
"""The second lane, told part by part once done. A walk in a browser waits as much as it works; SQLite's tests work."""
RUNNING: set[subprocess.Popen[str]] = set()
"""What has to be stopped with us."""
STOPPED = threading.Event()
"""Nothing more is begun."""


@dataclass
class Outcome:
    """What came of one part; `left_out` counts tests by the reason they could not run."""

    passed: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: float = 0


Part = Callable[[dict[str, str], TextIO], Outcome]
"""Runs one part in an environment, its words going to where it is told."""


def headline(text: str, out: TextIO) -> None:
    """Say what comes next."""
    print(f"\n\033[1m── {text}\033[0m" if out.isatty() else f"\n── {text}", file=out, flush=True)


def run(command: list[str], env: dict[str, str], out: TextIO) -> int:
    """Run a program, its words going to `out`; give its code."""
    if STOPPED.is_set():
        return 1
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out, text=True) as program:
        RUNNING.add(program)
        code = program.wait()
        RUNNING.discard(program)
    return code


def stop(number: int, _: object) -> None:
    """Go once what still runs is gone, and what it leaves behind cleared away; asked again, go no faster."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_IGN)
    STOPPED.set()
    for program in list(RUNNING):
        program.terminate()
    sys.exit(128 + number)


def check_steps() -> dict[str, list[str]]:
    """The steps of `check` by name. House rules are tests of their own kind, in tests/house."""
    return {
        "ruff check": [f"{BIN}/ruff", "check", "--quiet", "."],
        "ruff format": [f"{BIN}/ruff", "format", "--check", "--quiet", "."],
        "mypy": [f"{BIN}/mypy"],
        "lint-imports": [f"{BIN}/lint-imports", "--no-logo"],
        "djlint": [f"{BIN}/djlint", "--quiet", "--lint", "src/gongjiang/templates"],
        "migrations": [f"{BIN}/python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    }


def run_checks(env: dict[str, str], out: TextIO) -> Outcome:
    """Run every step, the house tests last; a step counts as one."""
    outcome = Outcome()
    for name, command in check_steps().items():
        begun = time.monotonic()
        with tempfile.TemporaryFile("w+") as told:
            good = run(command, env, told) == 0
            print(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - begun:.1f} s)", file=out, flush=True)
            if good:
                outcome.passed += 1
            else:
                outcome.failed += 1
                told.seek(0)
                print(told.read().strip()[-8000:], file=out, flush=True)
    house = run_pytest(["tests/house", "-m", "house"], env, out)
    outcome.passed += house.passed
    outcome.failed += house.failed
    outcome.left_out += house.left_out
    return outcome


def run_pytest(args: list[str], env: dict[str, str], out: TextIO) -> Outcome:
    """Run pytest and read its figures from the report it writes."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        code = run([str(BIN / "pytest"), "-q", "--no-header", f"--junitxml={report}", *args], env, out)
        if not report.exists():
            return Outcome(failed=1)
        outcome = read_report(report)
    if code and not outcome.failed:
        outcome.failed = 1  # no test was found, or the run stopped short of them
    return outcome


def read_report(report: Path) -> Outcome:
    """Count the cases of a JUnit report."""
    outcome = Outcome()
    # The report is of our own making, so the plain parser will do.
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        elif skipped is not None:
            outcome.left_out[skipped.get("message", "skipped").removeprefix("left out: ")] += 1
        else:
            outcome.passed += 1
    return outcome


def workers() -> list[str]:
    """Spread over the cores; a free worker takes tests from a busy one."""
    return ["-n", str(max(2, min(os.cpu_count() or 2, 8))), "--dist", "worksteal"]


def run_postgres(env: dict[str, str], out: TextIO) -> Outcome:
    """What touches the database, once more on a private PostgreSQL cluster."""
    if programs() is None:
        listing = [str(BIN / "pytest"), "--collect-only", "-q", "--no-header", "-m", ON_POSTGRES]
        found = subprocess.run(listing, cwd=ROOT, env=env, capture_output=True, text=True, check=False).stdout
        count = sum("::" in line for line in found.splitlines())
        return Outcome(left_out=Counter({"postgresql not installed": count}))
    with private_postgres() as url:
        return run_pytest([*workers(), "--durations=5", "-m", ON_POSTGRES], {**env, "DATABASE_URL": url}, out)


def tests(marked: str, slowest: int) -> Part:
    """A part that is one run of pytest."""
    return lambda env, out: run_pytest([*workers(), f"--durations={slowest}", "-m", marked], env, out)


PARTS = {
    "check": run_checks,
    "sqlite": tests(ON_SQLITE, 10),
    "postgres": run_postgres,
    "browser": tests(IN_BROWSER, 5),
    "soak": tests(SOAK, 5),
}
USUAL = ("check", "sqlite", "postgres", "browser")


def summarise(outcomes: dict[str, Outcome], seconds: float, everything: bool) -> int:
    """Print the closing lines; give the exit code."""
    headline("summary", sys.stdout)
    for name, outcome in outcomes.items():
        print(f"{name:10}{outcome.passed:6} passed {outcome.failed:4} failed {outcome.seconds:7.0f} s")
        for reason, count in outcome.left_out.items():
            print(f"          {count:6} left out: {reason}")
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values())
    left_out = sum(outcome.left_out.total() for outcome in outcomes.values())
    if left_out and everything:
        print("GONGJIANG_ALL=1: nothing may be left out here")
    print(f"{passed} passed, {failed} failed, {left_out} left out in {seconds:.0f}s")
    return 1 if failed or (left_out and everything) else 0


def run_lane(names: list[str], env: dict[str, str], told_at_once: bool) -> dict[str, Outcome]:
    """One part after the other; beside another lane, what a part says is told when it is done."""
    outcomes = {}
    for name in names:
        if STOPPED.is_set():
            break
        begun = time.monotonic()
        with tempfile.TemporaryFile("w+") as kept:
            out = sys.stdout if told_at_once else kept
            headline(name, out)
            outcomes[name] = PARTS[name](env, out)
            outcomes[name].seconds = time.monotonic() - begun
            kept.seek(0)
            print(kept.read(), end="", flush=True)
    return outcomes


def run_lanes(chosen: list[str], env: dict[str, str]) -> dict[str, Outcome]:
    """Two lanes where both have something to do."""
    beside = [name for name in BESIDE if name in chosen]
    first = [name for name in chosen if name not in beside]
    if not first:
        return run_lane(beside, env, told_at_once=True)
    with ThreadPoolExecutor(max_workers=1) as pool:
        other = pool.submit(run_lane, beside, env, False)
        outcomes = run_lane(first, env, told_at_once=True) | other.result()
    return {name: outcomes[name] for name in chosen}


def in_memory() -> str | None:
    """A folder that no disk is asked for, where there is one with room for the databases; None elsewhere."""
    folder = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
    return str(folder) if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


def environment(home: str) -> dict[str, str]:
    """What the tests find around them."""
    env = {**os.environ, "GONGJIANG_HOME": home, "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings"}
    env.pop("DATABASE_URL", None)
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes start here: what one compiles, all others load
    return env


def main(names: list[str]) -> int:
    """Run the parts named, or all."""
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    if unknown := [name for name in names if name not in PARTS]:
        print(f"unknown part {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    chosen = list(dict.fromkeys(names)) or list(USUAL)
    if chosen != ["check"]:  # installs as root; else names what is missing, and its tests are left out
        subprocess.run([ROOT / "scripts" / "system_packages.sh"], check=False)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gongjiang-test-", dir=in_memory()) as home:
        outcomes = run_lanes(chosen, environment(home))
    return summarise(outcomes, time.monotonic() - begun, everything=os.environ.get("GONGJIANG_ALL") == "1")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
