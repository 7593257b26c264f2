"""工作日历：载入国务院公布的一年节假日安排 (load a decreed year into the working-day calendar)."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.source import read
from gongjiang.services.programmes.load_calendar import load_year

NEEDS_DJANGO = True
EXAMPLE = """年份文件的写法：
year: 2027
source: 国务院办公厅关于2027年部分节假日安排的通知
holidays: [2027-01-01, …]        # 放假的日子（周末不必列）
worked: [2027-02-07, …]          # 调休上班的周末"""


def add_parser(subparsers: Any) -> None:
    """`gongjiang calendar load FILE`."""
    calendar = subparsers.add_parser("calendar", help="工作日历 (working days)")
    verbs = calendar.add_subparsers(dest="verb", required=True)
    load = verbs.add_parser(
        "load", help="载入一年", epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    load.add_argument("file", metavar="FILE")
    load.set_defaults(act=_load)


def run(args: argparse.Namespace) -> int:
    """0 loaded; a wrong file raises BadInput or PackError."""
    return int(args.act(args))


def _load(args: argparse.Namespace) -> int:
    path = Path(args.file)
    if not path.is_file():
        raise BadInput("没有这个文件。", "No such file.", place=args.file)
    data = read(path.read_text("utf-8"), path.name).data
    unknown = sorted(set(data) - {"calendar", "year", "source", "holidays", "worked"})
    if unknown:
        raise BadInput(f"不认识：{'、'.join(unknown)}", "Unknown keys.", place=path.name)
    if not isinstance(data.get("year"), int):
        raise BadInput("请写明年份，如 year: 2027。", "Say which year.", place=path.name)
    made = load_year(
        actor=platform(),
        at=datetime.now(UTC),
        calendar=str(data.get("calendar") or "cn-state-council"),
        year=data["year"],
        holidays=_days(data, "holidays", path.name),
        worked=_days(data, "worked", path.name),
        source=str(data.get("source") or ""),
    )
    print(f"已载入 {made.year} 年：放假 {len(made.holidays)} 天，调休上班 {len(made.worked)} 天（{made.source}）。")
    return 0


def _days(data: dict[str, Any], key: str, file: str) -> list[date]:
    found = data.get(key) or []
    if not isinstance(found, list) or not all(type(one) is date for one in found):
        raise BadInput("须为日期的列表，如 [2027-01-01]。", "A list of dates.", place=f"{file} {key}")
    return found
