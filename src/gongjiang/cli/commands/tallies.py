"""统计数：由名册和培育记录的明细重新算出 (make the kept figures anew from the rows)."""

import argparse
from datetime import UTC, datetime
from typing import Any

from gongjiang.kernel.actor import platform
from gongjiang.services.tallies.rebuild import differences, rebuild

NEEDS_DJANGO = True
SHOWN = 20


def add_parser(subparsers: Any) -> None:
    """`gongjiang tallies rebuild|check`."""
    tallies = subparsers.add_parser("tallies", help="统计数：重新算出、与明细核对")
    verbs = tallies.add_subparsers(dest="verb", required=True)
    verbs.add_parser("rebuild", help="由明细重新算出全部统计数")
    verbs.add_parser("check", help="与明细核对，不改动")


def run(args: argparse.Namespace) -> int:
    """0 done or equal, 1 some figures differ."""
    if args.verb == "rebuild":
        print(f"已由明细重新算出：{rebuild(actor=platform(), at=datetime.now(UTC))} 人。")
        return 0
    found = list(differences())
    for text in found[:SHOWN]:
        print(text)
    print(f"不一致 {len(found)} 处。" if found else "与明细一致。")
    return 1 if found else 0
