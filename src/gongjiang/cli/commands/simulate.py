"""试算：改参数后谁不再符合、依据哪一条、对谁影响大 (the same people under other values)."""

import argparse
from typing import Any

from gongjiang.cli.screening import Progress, add_arguments, give, read_arguments
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.rehearsal.settings import read_settings
from gongjiang.services.screening.report import compared_data, compared_table, compared_text
from gongjiang.services.screening.screen import screen, shared_facts
from gongjiang.services.screening.simulate import compare

NEEDS_DJANGO = True


def add_parser(subparsers: Any) -> None:
    """`gongjiang simulate PACK PEOPLE --set param=value`."""
    one = subparsers.add_parser("simulate", help="改参数试算 (what if)")
    add_arguments(one)
    one.add_argument("--set", action="append", default=[], metavar="param=value", dest="pairs", help="试改参数或答复")


def run(args: argparse.Namespace) -> int:
    """0: everybody was judged; 1: some rows have to be mended first."""
    if not args.pairs:
        raise BadInput("请用 --set 参数=值 说明要试改什么。", "Say what to change: --set param=value.", place="--set")
    progress = Progress(5)
    try:
        pack, file, day = read_arguments(args, progress)
        params, judged = tried(pack, args.pairs)
        progress.step("调整前")
        before = screen(pack, file, shared_facts(pack, day, submitted=args.submitted))
        progress.step("调整后")
        after = screen(pack, file, shared_facts(pack, day, submitted=args.submitted, params=params, judged=judged))
        found = compare(before, after)
        progress.step("写结果")
    finally:
        progress.end()
    give(args, compared_text(found), compared_data(found), compared_table(found), f"{pack.pack.title}试算结果")
    return 1 if file.problems else 0


def tried(pack: Pack, pairs: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values of params and of judgements by id. An answer to a question sets every param that asks it."""
    settings = read_settings(pack, pairs)
    asked = {
        one.id: settings.answers[one.ask] for one in pack.params if one.ask in settings.answers and one.value is None
    }
    return asked | settings.params, settings.judged
