"""核对不变量：在现有数据上检查名额、状态、公示、审计等是否始终成立 (check the invariants of a live database)."""

import argparse
from typing import Any

from gongjiang.services.reports.invariants import TOLD, check_invariants

NEEDS_DJANGO = True


def add_parser(subparsers: Any) -> None:
    """`gongjiang check-invariants`."""
    subparsers.add_parser("check-invariants", help="在现有数据上核对不变量")


def run(args: argparse.Namespace) -> int:
    """0 when all hold, 1 when one is violated."""
    broken = 0
    for found in check_invariants():
        mark = "成立" if found.ok else f"违反 {len(found.violations)} 处"
        print(f"[{found.invariant.number:>2}] {found.invariant.law}：{mark}")
        for text in found.violations[:TOLD]:
            print(f"     · {text}")
        if len(found.violations) > TOLD:
            print(f"     · …共 {len(found.violations)} 处")
        broken += not found.ok
    print("全部成立。" if not broken else f"{broken} 条不变量被违反。")
    return 1 if broken else 0
