"""试运行：用虚构的人把一届从头走到尾，列出名单、公示、表格和问题 (a dry run of a whole edition)."""

import argparse
import gc
import os
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from gongjiang.catalogue.packs import find, load_text
from gongjiang.kernel.collection import settle
from gongjiang.kernel.errors import BadInput


def add_parser(subparsers: Any) -> None:
    """`gongjiang rehearse PACK --out DIR`."""
    one = subparsers.add_parser("rehearse", help="试运行一届 (dry run of an edition)")
    one.add_argument("pack", metavar="PACK", help="项目包编号或 .yaml 文件 (id or file)")
    one.add_argument("--nominees", type=int, metavar="N", help="推荐人数，缺省按名额和第一份名单")
    one.add_argument("--seed", type=int, default=1, metavar="S", help="随机种子，同一种子结果相同")
    one.add_argument("--set", action="append", default=[], metavar="param=value", dest="pairs", help="试改参数或答复")
    one.add_argument("--from", metavar="DATE", dest="start", help="从这一天起，尽快办理；缺省按通知的时间安排")
    one.add_argument("--notice", metavar="TXT", help="通知原文 (the notice's text)")
    one.add_argument("--out", metavar="DIR", required=True, help="结果写到这个文件夹")


def run(args: argparse.Namespace) -> int:
    """0: the edition came to its end; 1: it could not."""
    source = find(args.pack, notice=args.notice)
    load_text(source)
    start = _date(args.start)
    if args.nominees is not None and args.nominees < 1:
        raise BadInput("推荐人数至少为 1。", "At least one nominee.", place="--nominees")
    out = Path(args.out)
    if out.exists() and not out.is_dir():
        raise BadInput("这不是文件夹。", "Not a folder.", place=str(out))
    with tempfile.TemporaryDirectory(prefix="gongjiang-rehearsal-") as scratch:
        _scratch_installation(scratch)
        whole = import_module("gongjiang.services.rehearsal.whole")
        settle()
        summary = whole.rehearse_into(
            source,
            out,
            seed=args.seed,
            nominees=args.nominees,
            pairs=args.pairs,
            start=start,
            watch=time.monotonic,
            tell=_at_stage,
        )
    print(summary)
    return 0


def _date(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"日期须写作 2026-09-18，现为 {text}", "A date reads 2026-09-18.", place="--from") from None


def _scratch_installation(folder: str) -> None:
    """A throw-away installation: its own data folder and database, whatever the environment says."""
    os.environ["GONGJIANG_HOME"] = folder
    os.environ["GONGJIANG_PUBLIC"] = "off"  # nobody reads what is posted here
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongjiang.config.settings"
    gc.disable()  # much is made and soon dropped: counting references is enough, but for a sweep at each stage
    import_module("django").setup()
    import_module("gongjiang.services.rehearsal.scratch").build_schema()


def _at_stage(text: str) -> None:
    gc.collect()
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)
