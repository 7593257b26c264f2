"""名册：导入往届荣誉、人才计划等名单 (bring in a list that rules compare with)."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.registry.entry import LEVELS, STATES, Defaults
from gongjiang.services.registry.about import About
from gongjiang.services.registry.queries import outcomes
from gongjiang.services.registry.read_list import preview
from gongjiang.services.registry.take import drop, take

NEEDS_DJANGO = True
WORDS = {"new": "新的人", "known": "已有记录", "ask": "待核对", "same": "已在库中"}


def add_parser(subparsers: Any) -> None:
    """`gongjiang register import FILE --programme CODE --source TITLE`."""
    register = subparsers.add_parser("register", help="名册 (registers of honours and talent plans)")
    verbs = register.add_subparsers(dest="verb", required=True)
    bring = verbs.add_parser("import", help="导入一份名单（xlsx、csv）")
    bring.add_argument("file", metavar="FILE")
    bring.add_argument("--programme", required=True, metavar="CODE", help="名册代号，如 national-talent-plan")
    bring.add_argument("--source", required=True, metavar="TITLE", help="来源文件的名称")
    bring.add_argument("--label", default="", help="新名册的名称")
    bring.add_argument("--number", default="", help="文号")
    bring.add_argument("--issued", type=_day, metavar="DATE", help="发文日期")
    bring.add_argument("--award", default="", help="名单没写时的称号")
    bring.add_argument("--level", default="", choices=["", *LEVELS], help="名单没写时的级别")
    bring.add_argument("--state", default="stands", choices=list(STATES), help="名单没写时的状态")
    bring.add_argument("--complete", action="store_true", help="连同以前导入的，该名册的人已列全")
    bring.add_argument("--since", type=_day, metavar="DATE", help="自哪天起列全")
    bring.add_argument("--dry-run", action="store_true", help="只看会怎样，不导入")
    bring.set_defaults(act=_import)


def run(args: argparse.Namespace) -> int:
    """0 all rows taken, 1 some cells have to be mended (the other rows are taken all the same)."""
    return int(args.act(args))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _import(args: argparse.Namespace) -> int:
    path = Path(args.file)
    if not path.is_file():
        raise BadInput("没有这个文件。", "No such file.", place=args.file)
    at = datetime.now(UTC)
    issued = args.issued.isoformat() if args.issued else ""
    about = About(
        code=args.programme,
        title=args.source,
        label=args.label,
        level=args.level,
        number=args.number,
        issued_on=args.issued,
        complete=args.complete,
        since=args.since,
        defaults=Defaults(args.award, args.level, args.state, issued),
    )
    made = preview(actor=platform(), at=at, about=about, filename=path.name, data=path.read_bytes())
    problems = made.problems
    for one in problems:
        column = f" {one['column']}列" if one["column"] else ""
        print(f"第{one['row']}行{column}（{one['heading']}）：{one['text']}")
    if not args.dry_run:
        made = take(actor=platform(), at=at, import_id=made.pk)
    counted = outcomes(made)
    told = "，".join(f"{WORDS[key]} {counted[key]} 行" for key in WORDS if counted.get(key)) or "没有可以导入的行"
    print(f"{'预览' if args.dry_run else '已导入'}“{made.register.label}”：{told}；须改正 {len(problems)} 处。")
    if args.dry_run:
        drop(actor=platform(), at=at, import_id=made.pk)
    return 1 if problems else 0
