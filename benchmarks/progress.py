"""The board of progress over a whole country: how soon it opens, with how many queries, against counting live.

    python benchmarks/progress.py [--people 62000] [--entries 2000000] [--rounds 15]

Fills a scratch SQLite in bulk (invented people), makes the kept figures, then opens /progress/ as an officer of the
national, a provincial and a municipal union. Baseline: the same figures by GROUP BY over honours and entries at each
opening. One line of JSON ends it: figures, bars, "ok".
"""

import argparse
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")
BARS = {"nation_ms": 300.0, "province_ms": 300.0, "city_ms": 300.0, "differences": 0, "queries_grow_by": 0}


def main() -> int:
    """Measure, print, end with JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=62_000)
    parser.add_argument("--entries", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ["GONGJIANG_HOME"] = folder
        figures = measured(args)
    figures["load"] = round(os.getloadavg()[0], 1)
    figures["whole_seconds"] = round(time.perf_counter() - begun, 1)
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    missed = [f"{name} {figures[name]} (bar {bar:g})" for name, bar in BARS.items() if figures[name] > bar]
    for name, value in figures.items():
        print(f"  {name:<26}{value}")
    for one in missed:
        print(f"  not met: {one}")
    print(json.dumps({"benchmark": "progress", **figures, "not_met": missed, "ok": not missed}, ensure_ascii=False))
    return 1 if missed else 0


def measured(args: argparse.Namespace) -> dict[str, Any]:
    """Everything on one database; a twentieth of it first, to see whether queries grow."""
    import django  # noqa: PLC0415  the data folder is chosen first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    from benchmarks.support.artisans import AT, country  # noqa: PLC0415
    from gongjiang.kernel.actor import platform  # noqa: PLC0415
    from gongjiang.services.tallies.rebuild import rebuild  # noqa: PLC0415

    setup_test_environment()
    found: dict[str, Any] = {"people": args.people, "entries": args.entries}
    queries = []
    for people, entries in ((args.people // 20, args.entries // 20), (args.people, args.entries)):
        call_command("migrate", verbosity=0) if not queries else call_command("flush", verbosity=0, interactive=False)
        found["fill_seconds"] = round(timed(lambda: country(people, entries))[0], 1)  # noqa: B023
        found["rebuild_seconds"] = round(timed(lambda: rebuild(actor=platform(), at=AT))[0], 1)
        queries.append(counted("nation"))
    begun = time.perf_counter()
    opened("nation", args.rounds)
    found["nation_wall_ms"] = round((time.perf_counter() - begun) * 1000 / (args.rounds + 1), 1)
    found |= {"queries": queries[-1], "queries_grow_by": queries[-1] - queries[0]}
    for who in ("nation", "province", "city"):
        times = opened(who, args.rounds)
        found |= {f"{who}_ms": round(statistics.median(times), 1), f"{who}_worst_ms": round(max(times), 1)}
    found["board_ms"] = round(statistics.median([drawn() for _ in range(args.rounds)]), 1)
    found["live_ms"] = round(timed(live)[0] * 1000, 1)
    found["live_times"] = round(found["live_ms"] / found["nation_ms"], 1)
    found["differences"] = unlike()
    return found


def opened(who: str, rounds: int) -> list[float]:
    """Milliseconds of the server's own work (its process, in which SQLite works too) of each opening, after one that
    fills the caches of a server at work; what others do on the machine doesn't count."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(get_user_model().objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    times = []
    for _ in range(rounds + 1):
        taken, response = timed(lambda: client.get("/progress/"))
        if response.status_code != 200:
            raise SystemExit(f"/progress/ answers {response.status_code}")
        times.append(taken * 1000)
    return times[1:]


def drawn() -> float:
    """Milliseconds for the national board's figures alone, without the page and the frame around it."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415

    from benchmarks.support.artisans import AT  # noqa: PLC0415
    from gongjiang.services.accounts.actor import actor_of  # noqa: PLC0415
    from gongjiang.services.reports.progress.board import board  # noqa: PLC0415

    actor = actor_of(get_user_model().objects.get(username="nation"), AT)
    return timed(lambda: board(actor, AT, None))[0] * 1000


def counted(who: str) -> int:
    """How many queries an opening makes."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    opened(who, 0)
    with CaptureQueriesContext(connection) as caught:
        opened(who, 0)
    return len(caught)


def live() -> tuple[Any, ...]:
    """The board's figures counted from the rows themselves."""
    from django.db.models import Count  # noqa: PLC0415
    from django.db.models.functions import ExtractYear  # noqa: PLC0415

    from gongjiang.models import ActivityEntry, HonourMark  # noqa: PLC0415

    marks = HonourMark.objects.order_by()
    facets = [
        list(marks.values_list("level", "year", "state", one).annotate(n=Count("pk")))
        for one in ("province", "gender", "age", "ownership")
    ]
    entries = ActivityEntry.objects.exclude(state="withdrawn").order_by()
    kinds = entries.values_list("honour__mark__level", ExtractYear("on"), "state", "kind").annotate(n=Count("pk"))
    return (*facets, list(kinds))


def unlike() -> int:
    """How many of the national union's kept figures differ from those counted live."""
    from gongjiang.models import Organisation, Tally  # noqa: PLC0415

    scope = f"o{Organisation.objects.get(parent=None).pk}"
    wrong = 0
    for facet, rows in zip(("province", "gender", "age", "ownership", "kind"), live(), strict=True):
        kept = Tally.objects.filter(scope=scope, facet=facet, of="activity" if facet == "kind" else "honours")
        stored = {(one.level, one.year, one.state, one.value): one.n for one in kept.exclude(n=0)}
        counted_now = {(level, year, state, value): n for level, year, state, value, n in rows}
        wrong += sum(stored.get(key) != counted_now.get(key) for key in {*stored, *counted_now})
    return wrong


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that this process worked, and what came of it."""
    begun = time.process_time()
    found = act()
    return time.process_time() - begun, found


if __name__ == "__main__":
    sys.exit(main())
