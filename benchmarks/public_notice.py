"""Public notices behind nginx as the deployment guide sets it up: how soon a change shows, whether the days left are
right after midnight, what officers feel of a burst of readers; in one run.

    python benchmarks/public_notice.py [--people 200] [--rounds 4] [--seconds 8]

Needs nginx and wrk (Debian: apt-get install nginx-light wrk) and two cores. The platform (its web processes and its
background work) has all cores but the first; nginx and the readers share the first, wrk pinned to it. nginx runs
deploy/nginx/gongjiang.conf. Officers' pages are asked for through nginx, quiet and under the burst in turn, so that a
busy moment of the machine meets both. One line of JSON ends it: figures, bars, "ok".
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjiang.config.settings")

BARS = {
    "published_seconds": ("≤", 2.0),
    "changed_seconds": ("≤", 2.0),
    "struck_seconds": ("≤", 2.0),
    "changed_under_burst_seconds": ("≤", 2.0),
    "wrong_days": ("≤", 0.0),
    "officers_times": ("≤", 1.5),
    "readers_refused": ("≤", 0.0),
    "readers_refused_without_platform": ("≤", 0.0),
}
READER_CORE = 0
WRK = re.compile(r"Requests/sec:\s*([\d.]+)")
REFUSED = re.compile(r"Non-2xx or 3xx responses:\s*(\d+)|connect (\d+), read (\d+), write (\d+), timeout (\d+)")


def main() -> int:
    """Measure, print, end with JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=int, default=8, help="of each burst")
    args = parser.parse_args()
    figures: dict[str, Any] = {"people": args.people, "cores": os.cpu_count()}
    load = os.getloadavg()[0]
    lacking = missing()
    if not lacking:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            os.environ |= {"GONGJIANG_HOME": f"{folder}/home", "GONGJIANG_STATIC": "hashed", "GONGJIANG_PROXY": "1"}
            os.environ["GONGJIANG_MAIL"] = "off"
            figures |= measured(Path(folder), args)
    figures["load"] = [round(load, 2), round(os.getloadavg()[0], 2)]
    reasons = lacking or failures(figures)
    for name, value in figures.items():
        print(f"  {name:<34}{value}")
    for one in reasons:
        print(f"  not met: {one}")
    print(
        json.dumps({"benchmark": "public_notice", **figures, "not_met": reasons, "ok": not reasons}, ensure_ascii=False)
    )
    return 0 if not reasons else 1


def missing() -> list[str]:
    """What has to be installed first."""
    where = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    needed = {"nginx": "nginx-light", "wrk": "wrk", "taskset": "util-linux"}
    found = [
        f"{one} is not installed (Debian: apt-get install {package})"
        for one, package in needed.items()
        if not shutil.which(one, path=where)
    ]
    return found + (["two cores are needed"] if (os.cpu_count() or 1) < 2 else [])


def failures(figures: dict[str, Any]) -> list[str]:
    """Which bars are not met."""
    return [
        f"{name} {figures.get(name)} (bar {sign} {bar:g})" for name, (sign, bar) in BARS.items() if figures[name] > bar
    ]


def measured(folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Everything in turn on one installation."""
    import django  # noqa: PLC0415  the data folder is chosen first

    os.sched_setaffinity(0, set(range(os.cpu_count() or 2)) - {READER_CORE})
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from benchmarks.support.front import Front, free_port  # noqa: PLC0415
    from benchmarks.support.posted_list import posted_list, signed_in  # noqa: PLC0415

    port = free_port()
    reverse("public-notices-list")  # pages are loaded, as they are in a server that runs
    programme = posted_list(args.people, datetime.now(UTC))
    cookie = signed_in("bench")
    public, static = Path(settings.PUBLIC_ROOT), Path(settings.STATIC_ROOT)
    with platform_on(port, folder), Front(folder / "nginx", public, static, port, core=READER_CORE) as front:
        pages = [
            "/todo/", f"/editions/{programme.edition.pk}/", f"/editions/{programme.edition.pk}/stages/notice/publish/",
            "/objections/queue/", f"/editions/{programme.edition.pk}/nominees/",
        ]  # fmt: skip
        ask(front.port, pages, cookie, 4.0)  # a server at work has read its pack and its pages
        shown = changes(programme, front.port)
        notice = shown.pop("notice")
        path = f"/notices/{notice.slug}/"
        felt = officers(front.port, pages, cookie, f"http://127.0.0.1:{front.port}{path}", args)
        with burst(f"http://127.0.0.1:{front.port}{path}", 4):
            shown["changed_under_burst_seconds"] = change(notice, front.port, "澜江特种机床厂")
        size = len(get(front.port, path)[1])
    found = {**shown, "page_bytes": size, **felt}
    with Front(folder / "alone", public, static, free_port(), core=READER_CORE) as alone:
        told = wrk(f"http://127.0.0.1:{alone.port}{path}", 3)
        found["readers_a_second_without_platform"], found["readers_refused_without_platform"] = told
    with Front(folder / "days", public, static, free_port(), clock="x_clock") as days:
        found |= midnights(days.port, path, notice)
    return found


@contextmanager
def platform_on(port: int, folder: Path) -> Iterator[None]:
    """`gongjiang serve` with its background work, on every core but the readers'."""
    log = (folder / "serve.log").open("wb")
    program = Path(sys.executable).with_name("gongjiang")
    server = subprocess.Popen(
        [str(program), "serve", "--port", str(port)], stdout=log, stderr=log, env={**os.environ}, cwd=folder
    )
    try:
        waited(lambda: get(port, "/login/")[0] == 200, 60)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        log.close()


def changes(programme: Any, port: int) -> dict[str, Any]:
    """Publish, change and strike; seconds from the commit until a reader has it."""
    from benchmarks.support.posted_list import signed_in  # noqa: PLC0415
    from gongjiang.kernel.actor import platform  # noqa: PLC0415
    from gongjiang.models import User  # noqa: PLC0415
    from gongjiang.services.accounts.actor import actor_of  # noqa: PLC0415
    from gongjiang.services.public_notices.decide import confirm, decide  # noqa: PLC0415
    from gongjiang.services.public_notices.handle import admit  # noqa: PLC0415
    from gongjiang.services.public_notices.object import submit_objection  # noqa: PLC0415
    from gongjiang.services.public_notices.publish import publish  # noqa: PLC0415

    now, actor = datetime.now(UTC), platform()
    made: dict[str, Any] = {}

    def post() -> None:
        made["notice"] = publish(actor=actor, at=now, programme=programme, stage_id="notice")

    def posted() -> bool:
        status, text = get(port, f"/notices/{made['notice'].slug}/")
        return status == 200 and "公示名单" in text

    published = committed(post, posted)
    notice = made["notice"]
    path = f"/notices/{notice.slug}/"
    changed = change(notice, port, "澜江精密机床厂")

    struck = notice.entries.order_by("-position").first()
    gone = str(struck.shown["name"])
    receipt = submit_objection(
        actor=actor, at=now, entry_id=struck.pk, signed="anonymous",
        text="公示材料中所列的工作年限与事实不符，有考勤记录可查。", name="", contact="", unit="",
    )  # fmt: skip
    matter = struck.objections.get(receipt=receipt.number)
    admit(actor=actor, at=now, objection_id=matter.pk)

    for username in ("first", "second"):
        signed_in(username)
    first, second = (actor_of(User.objects.get(username=one), now) for one in ("first", "second"))
    decide(
        actor=first, at=now, objection_id=matter.pk, outcome="upheld", answer="经核实，情况属实。", finding="属实",
        basis="书记处会议",
    )  # fmt: skip

    def strike() -> None:
        confirm(actor=second, at=now, objection_id=matter.pk)

    before = get(port, path)[1].count(f">{gone}<")
    seconds = committed(strike, lambda: get(port, path)[1].count(f">{gone}<") < before)
    return {"notice": notice, "published_seconds": published, "changed_seconds": changed, "struck_seconds": seconds}


def change(notice: Any, port: int, employer: str) -> float:
    """One entry is corrected; seconds until a reader has it."""
    from gongjiang.kernel.actor import platform  # noqa: PLC0415
    from gongjiang.services.public_notices.amend import amend  # noqa: PLC0415

    entry = notice.entries.exclude(state="struck").order_by("position").first()

    def act() -> None:
        amend(
            actor=platform(),
            at=datetime.now(UTC),
            entry_id=entry.pk,
            shown={"employer": employer},
            reason="单位名称有误",
        )

    return committed(act, lambda: employer in get(port, f"/notices/{notice.slug}/")[1])


def committed(act: Callable[[], None], seen: Callable[[], bool]) -> float:
    """Seconds from the commit of what is done until a reader sees it; the reader looks meanwhile."""
    from django.db import transaction  # noqa: PLC0415

    with ThreadPoolExecutor(1) as reader:
        with transaction.atomic():
            act()
            found = reader.submit(waited, seen, 20)
        return round(found.result(), 3)


def waited(seen: Callable[[], bool], most: float) -> float:
    """Seconds until it is so, looked at every 10 ms; `most` where it never is."""
    start = time.perf_counter()
    while time.perf_counter() - start < most:
        try:
            if seen():
                return time.perf_counter() - start
        except OSError:
            time.sleep(0.1)
        time.sleep(0.01)
    return most


def get(port: int, path: str, cookie: str = "", clock: str = "") -> tuple[int, str]:
    """Status and text of a page."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Cookie": cookie, "X-Clock": clock})
    answer = line.getresponse()
    content = answer.read().decode("utf-8", "replace")
    line.close()
    return answer.status, content


def officers(port: int, pages: list[str], cookie: str, url: str, args: argparse.Namespace) -> dict[str, Any]:
    """p95 of officers' pages, quiet and under the burst in turn; what the readers got meanwhile."""
    quiet: list[float] = []
    busy: list[float] = []
    rates: list[float] = []
    refused = 0
    ask(port, pages, cookie, 2.0)
    for _ in range(args.rounds):
        quiet += ask(port, pages, cookie, args.seconds - 1)
        with burst(url, args.seconds) as told:
            time.sleep(0.5)
            busy += ask(port, pages, cookie, args.seconds - 1)
        rates.append(told["rate"])
        refused += told["refused"]
    p95 = [statistics.quantiles(one, n=20)[-1] for one in (quiet, busy)]
    return {
        "officers_pages": len(quiet) + len(busy),
        "officers_p50_quiet_ms": round(statistics.median(quiet) * 1000, 1),
        "officers_p95_quiet_ms": round(p95[0] * 1000, 1),
        "officers_p95_burst_ms": round(p95[1] * 1000, 1),
        "officers_times": round(p95[1] / p95[0], 2),
        "readers_a_second": round(statistics.median(rates)),
        "readers_refused": refused,
    }


def ask(port: int, pages: list[str], cookie: str, seconds: float) -> list[float]:
    """One officer who goes from page to page: seconds of each."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for page in pages:
            start = time.perf_counter()
            status, _ = get(port, page, cookie)
            found.append(time.perf_counter() - start)
            assert status == 200, f"{page}: {status}"
    return found


@contextmanager
def burst(url: str, seconds: int) -> Iterator[dict[str, Any]]:
    """Readers as fast as they can, on their core, meanwhile; filled in at the end: rate, refused."""
    told: dict[str, Any] = {}
    reader = subprocess.Popen(reading(url, seconds), stdout=subprocess.PIPE, text=True)
    try:
        yield told
    finally:
        said = reader.communicate()[0]
    told["rate"], told["refused"] = understood(said)


def wrk(url: str, seconds: int) -> tuple[int, int]:
    """Requests a second, and how many were refused."""
    done = subprocess.run(reading(url, seconds), capture_output=True, text=True, check=True)
    rate, refused = understood(done.stdout)
    return round(rate), refused


def reading(url: str, seconds: int) -> list[str]:
    """The load generator, kept to its core."""
    return ["taskset", "-c", str(READER_CORE), "wrk", "-t1", "-c64", f"-d{seconds}s", url]


def understood(said: str) -> tuple[float, int]:
    """Rate and refusals of what wrk says."""
    rate = WRK.search(said)
    refused = sum(int(number) for found in REFUSED.findall(said) for number in found if number)
    return (float(rate.group(1)) if rate else 0.0), refused


def midnights(port: int, path: str, notice: Any) -> dict[str, Any]:
    """A reader in the last and in the first second of every day, no platform behind: how many days are wrong."""
    from benchmarks.support.posted_list import lefts  # noqa: PLC0415

    wrong, asked = 0, 0
    day: date = notice.first_day
    for n in range((notice.last_day - day).days + 5):
        here = day + timedelta(days=n)
        left = lefts(notice.days, here)
        for clock in (f"{here}T00:00:00+08:00", f"{here}T23:59:59+08:00"):
            status, text = get(port, path, clock=clock)
            said = f"还剩<b>{left}</b>" in text if left else "还剩<b>" not in text
            wrong += not (status == 200 and said)
            asked += 1
    return {"days_asked": asked, "wrong_days": wrong}


if __name__ == "__main__":
    sys.exit(main())
