"""在后台生成预览、打包、发送提醒；serve 会自己启动，多机部署时单独运行 (work in the background)."""

import argparse
import multiprocessing
import os
import resource
import signal
import time
from datetime import UTC, datetime
from typing import Any, Final

from django.db import close_old_connections

from gongjiang.cli.jobs import Turns, do_all, sources

NEEDS_DJANGO = True
IDLE: Final = 2.0
"""Seconds between two looks at an empty queue."""
LONGEST: Final = 180.0
"""Seconds over one piece of work, without a word that it gets on, before its worker is ended."""
MEMORY: Final = 1 << 30
"""Bytes that one worker may take beyond what the program itself needs."""


def add_parser(subparsers: Any) -> None:
    """`gongjiang work [--once]`."""
    one = subparsers.add_parser("work", help="在后台生成预览、打包、发送提醒")
    one.add_argument("--once", action="store_true", help="做完现有的就结束")


def run(args: argparse.Namespace) -> int:
    """Works until it is told to stop; with `--once` until nothing waits."""
    if args.once:
        print(f"已办理 {do_all(datetime.now(UTC), _now)} 件后台事项。")
        return 0
    watch(os.getppid())
    return 0


class Watched:
    """Since when a worker has been at the piece in hand without a word; told between two processes."""

    def __init__(self, since: Any) -> None:
        self.since = since

    def begin(self, now: float) -> None:
        """A piece is taken in hand."""
        self.since.value = now

    heard = begin

    def end(self) -> None:
        """Nothing in hand."""
        self.since.value = 0.0

    def overdue(self, now: float) -> bool:
        """Does it hang over a piece?"""
        return bool(self.since.value) and now - self.since.value > LONGEST

    def going(self) -> datetime:
        """The worker gets on; it asks the time by the way."""
        self.heard(time.monotonic())
        return _now()


def watch(parent: int) -> None:
    """Keep one worker at work while `parent` lives. A worker that hangs or dies over a piece of work is replaced; its
    source hands the piece out again later, so many times as it says."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    context = multiprocessing.get_context("fork")
    watched = Watched(context.Value("d", 0.0))
    try:
        while os.getppid() == parent:
            watched.end()
            worker = context.Process(target=_work, args=(watched,), daemon=True)
            worker.start()
            while worker.is_alive() and os.getppid() == parent:
                worker.join(1)
                if watched.overdue(time.monotonic()):
                    worker.kill()
            worker.kill()
            worker.join()
            time.sleep(1)
    except KeyboardInterrupt:
        return


def _work(watched: Watched) -> None:
    """One piece of work after the other."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    with open("/proc/self/statm", encoding="ascii") as told:
        now = int(told.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, now + MEMORY))
    turns = Turns(sources(watched.going))
    while True:
        close_old_connections()
        job = turns.next_job(_now())
        if job is None:
            time.sleep(IDLE)
            continue
        watched.begin(time.monotonic())
        job()
        watched.end()


def _now() -> datetime:
    return datetime.now(UTC)
