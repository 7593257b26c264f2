"""PDF 用的字体：小标宋、仿宋、楷体、黑体各用什么代，怎样换成单位自己的 (the typefaces of printed forms)."""

import argparse
from typing import Any

from django.conf import settings

from gongjiang.documents.pdf import faces, without_glyph

NEEDS_DJANGO = True


def add_parser(subparsers: Any) -> None:
    """`gongjiang fonts [TEXT]`."""
    one = subparsers.add_parser("fonts", help="PDF 用的字体，哪些字印不出来")
    one.add_argument("text", nargs="?", default="", help="看看这些字印不印得出来，如一个姓名")


def run(args: argparse.Namespace) -> int:
    """0 all official typefaces are there and all of the text can be printed, 1 not."""
    lacking = without_glyph(args.text)
    if args.text:
        print(f"印不出来的字：{'、'.join(lacking)}" if lacking else "都印得出来。")
        return 1 if lacking else 0
    found = faces()
    for name, used, stands_in in found:
        print(f"{name}\t{used}{'（代）' if stands_in else ''}")
    if any(stands_in for _, _, stands_in in found):
        folder = settings.GONGJIANG_HOME / "fonts"
        print(f"把单位已获授权的字体文件（ttf、otf、ttc）放进 {folder} 并重启，PDF 就改用它们；")
        print("楷体可以安装系统软件包：apt-get install fonts-lxgw-wenkai（霞鹜文楷，可自由使用）。")
        return 1
    return 0
