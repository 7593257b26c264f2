"""启动平台：建库、载入工作日历和样例，然后在 127.0.0.1 上提供服务 (set up what is needed, then serve)."""

import argparse
import os
import signal
import socket
import sys
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.cli.apart import apart
from gongjiang.cli.commands.work import watch
from gongjiang.cli.memory import keep_blocks
from gongjiang.kernel.actor import platform
from gongjiang.kernel.collection import settle
from gongjiang.kernel.errors import BadInput
from gongjiang.services.programmes.load_calendar import load_decreed
from gongjiang.services.samples.load import accounts, ensure_samples, password

NEEDS_DJANGO = True
HOST = "127.0.0.1"
CALENDAR = "cn-state-council"


def add_parser(subparsers: Any) -> None:
    """`gongjiang serve [--sample] [--port N]`."""
    one = subparsers.add_parser("serve", help="启动平台")
    one.add_argument("--sample", action="store_true", help="空库时载入样例，并列出样例账号")
    one.add_argument("--port", type=int, help="端口，缺省取环境变量 PORT，再缺省 8000")
    one.add_argument("--workers", type=int, default=2, help="进程数，缺省 2")
    one.add_argument("--threads", type=int, default=4, help="每个进程的线程数，缺省 4")


def run(args: argparse.Namespace) -> int:
    """Serves until it is told to stop; then ends with 0."""
    port = _port(args.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # either way of stopping leaves nothing half done
    try:
        _prepare(sample=args.sample)
    except KeyboardInterrupt:
        _say("\n已停止；没有做完的一步已撤销，下次启动重新开始。")
        return 0
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _say(f"\n平台地址：http://{HOST}:{port}/    按 Ctrl-C 停止")
    connections.close_all()
    sys.stdout.flush()
    _start_worker()
    Server(port, args.workers, args.threads).run()
    return 0


def _start_worker() -> None:
    """What is done in the background has a process of its own, which ends with this one."""
    parent = os.getpid()
    if os.fork() == 0:
        watch(parent)
        os._exit(0)


def _prepare(*, sample: bool) -> None:
    """Database, calendar, folders, samples."""
    _say("准备数据库…")
    _migrate()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    Path(settings.STATIC_ROOT).chmod(0o755)  # a web server in front reads it
    if not settings.WHITENOISE_USE_FINDERS:
        call_command("collectstatic", verbosity=0, interactive=False)
    load_decreed(actor=platform(), at=datetime.now(UTC), calendar=CALENDAR, decreed=decreed_calendar())
    connections.close_all()
    if sample and apart(_load_samples):
        _tell_accounts()
    elif sample:
        _say("库中已有数据，且不是样例，未载入样例。")


def _load_samples() -> bool:
    """In a process apart: samples print forms."""
    return ensure_samples(datetime.now(UTC), lambda text: _say(f"  样例：{text}…"))


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn in this very process: what is loaded already is not loaded twice."""

    def __init__(self, port: int, workers: int, threads: int) -> None:
        self.options = {
            "bind": f"{HOST}:{port}",
            "worker_class": "gthread",
            "workers": max(workers, 1),
            "threads": max(threads, 1),
            "preload_app": True,
            "control_socket_disable": True,
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 5,
            "loglevel": "warning",
        }
        super().__init__()

    def load_config(self) -> None:
        """Our options, and no others from files or the environment."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The site."""
        keep_blocks()
        site = get_wsgi_application()
        settle()
        return site


def _port(asked: int | None) -> int:
    """The port to serve on; says who is in the way before anything is set up."""
    text = str(asked) if asked is not None else os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadInput(f"端口须为1到65535之间的数，现为 {text}", "A port is a number from 1 to 65535.", place="PORT")
    port = int(text)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise BadInput(
                f"端口 {port} 已被别的程序占用。请换一个，如 PORT={port + 1} make run。",
                f"Port {port} is in use; try PORT={port + 1} make run.",
                place="PORT",
            ) from None
    return port


def _migrate() -> None:
    """Bring the database up to date; costs little when it is."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)


def _tell_accounts() -> None:
    rows = [("账号", "姓名", "做什么"), *accounts()]
    widths = [max(_width(row[n]) for row in rows) for n in range(2)]
    _say(f"\n样例账号（密码都是 {password()}）：")
    for row in rows:
        _say("  " + _padded(row[:2], widths) + row[2])


def _padded(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(cell + " " * (width - _width(cell) + 2) for cell, width in zip(cells, widths, strict=True))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _say(text: str) -> None:
    print(text, flush=True)
