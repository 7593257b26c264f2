"""What `screen` and `simulate` share: reading the file, showing how far it is, writing the result."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from gongjiang.catalogue.packs import load_pack
from gongjiang.cli.explaining import as_of
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.screening.reading import PeopleFile, read_people
from gongjiang.services.screening.report import KINDS, list_bytes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """PACK FILE [--submitted] [--award AWARD] [--as-of DATE] [--json] [--out FILE]."""
    parser.add_argument("pack", metavar="PACK", help="项目包编号或 .yaml 文件 (id or file)")
    parser.add_argument("people", metavar="PEOPLE", help="人员文件：.xlsx .xls .ods .csv .parquet")
    parser.add_argument("--submitted", action="store_true", help="按已提交判断：未选即未申报；缺省空着为待补")
    parser.add_argument("--award", metavar="AWARD", default="", help="都推荐哪一奖项，表里没有“奖项”一列时用")
    parser.add_argument("--as-of", metavar="DATE", dest="as_of", help="年限算到这一天，缺省按通知")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--out", metavar="FILE", help=f"逐人结果写到文件（{' '.join(KINDS)}）")


class Progress:
    """A line on the terminal that says what is being done; nothing where nobody looks."""

    def __init__(self, steps: int) -> None:
        self._steps, self._done = steps, 0
        self._shown = sys.stderr.isatty()

    def step(self, text: str) -> None:
        """The next step begins."""
        self._draw(text)
        self._done += 1

    def end(self) -> None:
        """Wipe the line."""
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _draw(self, text: str) -> None:
        if self._shown:
            filled = "█" * (20 * self._done // self._steps)
            print(f"\r\x1b[K[{filled:<20}] {text}", end="", file=sys.stderr, flush=True)


def read_arguments(args: argparse.Namespace, progress: Progress) -> tuple[Pack, PeopleFile, date | None]:
    """The pack, the people, and the day on which years are counted. Raises BadInput, PackError."""
    if args.out and Path(args.out).suffix.lower() not in KINDS:
        raise BadInput(f"结果只能写到 {'、'.join(KINDS)} 文件。", "Unknown kind of file.", place=args.out)
    if args.out and Path(args.out).exists() and Path(args.people).exists() and Path(args.out).samefile(args.people):
        raise BadInput("结果不能写在人员文件上，请换一个文件名。", "That is the file of people.", place=args.out)
    progress.step("读项目包")
    pack = load_pack(args.pack)
    day = _day(args.as_of) or as_of(pack)
    progress.step("读人员文件")
    file = read_people(_bytes(Path(args.people)), pack, date.today(), args.award)  # noqa: DTZ011  the person's own day
    return pack, file, day


def give(args: argparse.Namespace, text: str, data: dict[str, Any], table: pl.DataFrame, title: str) -> None:
    """To the file that was asked for, and to the terminal."""
    if args.out:
        path = Path(args.out)
        try:
            path.write_bytes(list_bytes(table, data, path.suffix.lower(), title))
        except OSError as error:
            raise BadInput("写不了这个文件。", f"Can't be written: {error.strerror}.", place=args.out) from error
    print(json.dumps(data, ensure_ascii=False, indent=1) if args.json else text)


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise BadInput("这是文件夹，不是文件。", "A folder, not a file.", place=str(path))
    if not path.is_file():
        raise BadInput("没有这个文件。", "No such file.", place=str(path))
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput("这个文件读不了。", f"Can't be read: {error.strerror}.", place=str(path)) from error


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"日期须写作 2026-09-18，现为 {text}", "A date reads 2026-09-18.", place="--as-of") from None
