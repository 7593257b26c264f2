"""What the register is known to hold completely, in words (mechanisms 8)."""

from datetime import date
from typing import Final

from gongjiang.kernel.dates import long_date

ANY: Final = "*"


def said(since: date | None, *, complete: bool) -> str:
    """全部; 2022年1月1日以来; 不齐全，查不到的按“未知”处理."""
    if not complete:
        return "不齐全：查不到的按“未知”处理"
    return "全部" if since is None else f"{long_date(since)}以来"
