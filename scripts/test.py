"""Runs what `make test` runs, part by part, and closes with one line of figures.

Parts: check (lint, types, house), sqlite, postgres, browser; without arguments all of these. One more, soak, only when
asked for. What can't run here
because a Debian package is missing is counted as left out, never as passed; with GONGJIANG_ALL=1 that is a failure.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from private_postgres import private_postgres, programs

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ON_SQLITE = "not browser and not postgres and not house and not soak"
ON_POSTGRES = "(database or postgres) and not browser and not house and not once and not soak"
IN_BROWSER = "browser"
SOAK = "soak"


@dataclass
class Outcome:
    """What came of one part; `left_out` counts tests by the reason they could not run."""

    passed: int = 0
    failed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: float = 0


def headline(text: str) -> None:
    """Say what comes next."""
    print(f"\n\033[1m── {text}\033[0m" if sys.stdout.isatty() else f"\n── {text}", flush=True)


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


def run_checks(env: dict[str, str]) -> Outcome:
    """Run every step, the house tests last; a step counts as one."""
    outcome = Outcome()
    for name, command in check_steps().items():
        begun = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        good = done.returncode == 0
        print(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        if good:
            outcome.passed += 1
        else:
            outcome.failed += 1
            print((done.stdout + done.stderr).strip()[-8000:], flush=True)
    house = run_pytest(["tests/house", "-m", "house"], env)
    outcome.passed += house.passed
    outcome.failed += house.failed
    outcome.left_out += house.left_out
    return outcome


def run_pytest(args: list[str], env: dict[str, str]) -> Outcome:
    """Run pytest and read its figures from the report it writes."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(BIN / "pytest"), "-q", "--no-header", f"--junitxml={report}", *args]
        code = subprocess.run(command, cwd=ROOT, env=env, check=False).returncode
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


def run_postgres(env: dict[str, str]) -> Outcome:
    """What touches the database, once more on a private PostgreSQL cluster."""
    if programs() is None:
        listing = [str(BIN / "pytest"), "--collect-only", "-q", "--no-header", "-m", ON_POSTGRES]
        found = subprocess.run(listing, cwd=ROOT, env=env, capture_output=True, text=True, check=False).stdout
        count = sum("::" in line for line in found.splitlines())
        return Outcome(left_out=Counter({"postgresql not installed": count}))
    with private_postgres() as url:
        return run_pytest([*workers(), "--durations=5", "-m", ON_POSTGRES], {**env, "DATABASE_URL": url})


PARTS = {
    "check": run_checks,
    "sqlite": lambda env: run_pytest([*workers(), "--durations=10", "-m", ON_SQLITE], env),
    "postgres": run_postgres,
    "browser": lambda env: run_pytest([*workers(), "--durations=5", "-m", IN_BROWSER], env),
    "soak": lambda env: run_pytest([*workers(), "--durations=5", "-m", SOAK], env),
}
USUAL = ("check", "sqlite", "postgres", "browser")


def summarise(outcomes: dict[str, Outcome], everything: bool) -> int:
    """Print the closing lines; give the exit code."""
    headline("summary")
    for name, outcome in outcomes.items():
        print(f"{name:10}{outcome.passed:6} passed {outcome.failed:4} failed {outcome.seconds:7.0f} s")
        for reason, count in outcome.left_out.items():
            print(f"          {count:6} left out: {reason}")
    passed = sum(outcome.passed for outcome in outcomes.values())
    failed = sum(outcome.failed for outcome in outcomes.values())
    left_out = sum(outcome.left_out.total() for outcome in outcomes.values())
    if left_out and everything:
        print("GONGJIANG_ALL=1: nothing may be left out here")
    seconds = sum(outcome.seconds for outcome in outcomes.values())
    print(f"{passed} passed, {failed} failed, {left_out} left out in {seconds:.0f}s")
    return 1 if failed or (left_out and everything) else 0


def main(names: list[str]) -> int:
    """Run the parts named, or all."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if unknown := [name for name in names if name not in PARTS]:
        print(f"unknown part {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    chosen = names or list(USUAL)
    if chosen != ["check"]:  # installs as root; else names what is missing, and its tests are left out
        subprocess.run([ROOT / "scripts" / "system_packages.sh"], check=False)
    outcomes = {}
    with tempfile.TemporaryDirectory(prefix="gongjiang-test-") as home:
        env = {**os.environ, "GONGJIANG_HOME": home, "DJANGO_SETTINGS_MODULE": "gongjiang.config.settings"}
        env.pop("DATABASE_URL", None)
        for name in chosen:
            headline(name)
            begun = time.monotonic()
            outcomes[name] = PARTS[name](env)
            outcomes[name].seconds = time.monotonic() - begun
    return summarise(outcomes, everything=os.environ.get("GONGJIANG_ALL") == "1")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
