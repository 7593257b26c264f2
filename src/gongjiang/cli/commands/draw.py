"""抽签复核：按公布的种子重做一次专家分派 (repeat a draw of experts from its replay file)."""

import argparse
import sys
from pathlib import Path
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.assignment.chance import commitment
from gongjiang.rules.scoring.assignment.replay import verify

LARGEST = 512 * 1024 * 1024


def add_parser(subparsers: Any) -> None:
    """`gongjiang draw verify FILE`, `gongjiang draw commit SEED`."""
    parser = subparsers.add_parser("draw", help="抽签复核 (verify a draw)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    one = verbs.add_parser("verify", help="复核：承诺值、回避、重做的结果 (commitment, conflicts, the same result)")
    one.add_argument("file", type=Path, metavar="FILE", help="抽签复核文件 (JSON)")
    one = verbs.add_parser("commit", help="由种子算承诺值 (the hash to publish before a draw)")
    one.add_argument("seed", metavar="SEED")


def run(args: argparse.Namespace) -> int:
    """0: the draw is as announced; 1: it isn't, or the file can't be read."""
    if args.verb == "commit":
        print(commitment(args.seed))
        return 0
    found = verify(_text(args.file))
    print(f"{args.file.name}：{found.cases}个对象，{found.experts}位专家，{found.pairs}人次")
    print(f"承诺值 {found.commitment}")
    if not found.problems:
        print("复核无误：种子与承诺值相符，无人应回避而未回避，重做一次结果相同。")
        return 0
    for one in found.problems:
        print(f"不符：{one}。", file=sys.stderr)
    return 1


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput("文件太大，不是抽签复核文件。", "Too large.", place=path.name)
        return path.read_text("utf-8-sig")  # editors put a mark before it
    except OSError as error:
        raise BadInput(f"读不到文件：{error.strerror}。", "Cannot read the file.", place=path.name) from error
    except UnicodeDecodeError as error:
        raise BadInput("不是UTF-8文本，不是抽签复核文件。", "Not UTF-8.", place=path.name) from error
