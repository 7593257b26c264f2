"""筛查：一个文件里的人逐条判断是否符合 (every rule over everybody in a file)."""

import argparse
from typing import Any

from gongjiang.cli.screening import Progress, add_arguments, give, read_arguments
from gongjiang.services.screening.report import screened_data, screened_table, screened_text
from gongjiang.services.screening.screen import screen, shared_facts


def add_parser(subparsers: Any) -> None:
    """`gongjiang screen PACK PEOPLE`."""
    add_arguments(subparsers.add_parser("screen", help="按项目包筛查人员文件 (screen a file of people)"))


def run(args: argparse.Namespace) -> int:
    """0: everybody was judged; 1: some rows have to be mended first."""
    progress = Progress(4)
    try:
        pack, file, day = read_arguments(args, progress)
        progress.step(f"判断{file.table.height}人")
        found = screen(pack, file, shared_facts(pack, day, submitted=args.submitted))
        progress.step("写结果")
    finally:
        progress.end()
    give(args, screened_text(found), screened_data(found), screened_table(found), f"{pack.pack.title}筛查结果")
    return 1 if file.problems else 0
