"""Months and dates as the forms write them: `1980.6`, `1980年6月`, `至今`, `2026年6月24日`."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gongjiang.kernel.errors import BadInput

_SEPARATED: Final = re.compile(r"([0-9]{4})[.\-/年]([0-9]{1,2})月?(?:[.\-/]?([0-9]{1,2})日?)?(?: ?00:00:00)?")
_SOLID: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_OPEN: Final = frozenset({"", "至今", "今", "到今", "迄今", "现在", "目前", "在职"})
_YEARS: Final = range(1900, 2101)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; months are ordered and counted, days are not known."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no month {self.month}")

    @staticmethod
    def of(day: date) -> "Month":
        """The month in which a day lies."""
        return Month(day.year, day.month)

    @property
    def index(self) -> int:
        """Months counted from year 0: the difference of two is how far they are apart."""
        return self.year * 12 + self.month - 1

    def plus(self, months: int) -> "Month":
        """So many months later, or earlier."""
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    def dotted(self) -> str:
        """`1980.6`, as the summary sheets write it."""
        return f"{self.year}.{self.month}"

    def chinese(self) -> str:
        """`1980年6月`."""
        return f"{self.year}年{self.month}月"

    def iso(self) -> str:
        """`1980-06`, as it is kept and as `<input type=month>` takes it."""
        return f"{self.year:04d}-{self.month:02d}"


def parse_month(value: str | int | float | date | Month, *, place: str = "") -> Month:
    """A month from a form, a file or an Excel cell; a day that stands with it must exist and is let go.

    Taken: `1980.6`, `1980年6月`, `1980-06`, `1980/6`, `198006`, with a day too, full-width digits, dates of Excel.
    An Excel *number* 1980.1 is refused: 1980.10 looks the same there.
    """
    if isinstance(value, Month):
        return value
    if isinstance(value, date):
        return _month(value.year, value.month, None, place)
    if isinstance(value, float) and not value.is_integer():
        value = _from_excel_number(value, place)
    if isinstance(value, float):
        value = int(value)
    text = re.sub(r"\s*([.\-/年月日])\s*", r"\1", unicodedata.normalize("NFKC", str(value)).strip())
    found = _SEPARATED.fullmatch(text) or _SOLID.fullmatch(text)
    if not found:
        raise BadInput(
            "年月看不懂，请写成 1980.6、1980-06 或 1980年6月。", "Write a month such as 1980-06.", place=place
        )
    year, month, day = found.groups()
    return _month(int(year), int(month), int(day) if day else None, place)


def parse_day(value: str | date, *, place: str = "") -> date:
    """A day as people write it: `2026-06-30`, `2026.6.30`, `2026/6/30`, `2026年6月30日`, `20260630`, full-width too."""
    if isinstance(value, date):
        return value
    text = re.sub(r"\s*([.\-/年月日])\s*", r"\1", unicodedata.normalize("NFKC", value).strip())
    found = _SEPARATED.fullmatch(text) or _SOLID.fullmatch(text)
    if not found or not found[3]:
        now = f"，现为 {text if len(text) <= 20 else f'{text[:20]}…'}" if text else ""
        raise BadInput(f"日期要写年月日，如 2026-06-30 或 2026年6月30日{now}", "A date reads 2026-06-30.", place=place)
    _month(int(found[1]), int(found[2]), int(found[3]), place)
    return date(int(found[1]), int(found[2]), int(found[3]))


def iso_day(text: str) -> date | None:
    """A day as a date field or an address writes it, `2026-06-30`; None for anything else, without a word.

    >>> iso_day("2026-06-30")
    datetime.date(2026, 6, 30)
    >>> iso_day("") is None and iso_day("2026-02-30") is None
    True
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_until(value: str | int | float | date | Month | None, *, place: str = "") -> Month | None:
    """The end of a span: a month, or None for 至今 and for a blank (还在继续)."""
    if value is None or (isinstance(value, str) and unicodedata.normalize("NFKC", value).strip() in _OPEN):
        return None
    return parse_month(value, place=place)


def long_date(day: date) -> str:
    """`2026年6月24日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def shifted(day: date, *, years: int = 0, months: int = 0, days: int = 0) -> date:
    """The day so many years, months and days later (earlier, if negative); a day that its month lacks becomes the
    month's last.

    >>> shifted(date(2024, 2, 29), years=1)
    datetime.date(2025, 2, 28)
    >>> shifted(date(2026, 11, 30), months=3, days=1)
    datetime.date(2027, 3, 1)
    """
    index = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)


def full_years(start: date, on: date) -> int:
    """Whole years from a day to a day: the year is full on the anniversary itself (周岁, 届满).

    One born on 29 February is a year older on 1 March of a common year. Never below 0.
    """
    return max(0, on.year - start.year - ((on.month, on.day) < (start.month, start.day)))


def full_years_bounds(start: Month, on: date) -> tuple[int, int]:
    """The least and the most whole years since some day of `start`: they differ in the anniversary's month."""
    low = max(0, on.year - start.year - (on.month <= start.month))
    high = max(0, on.year - start.year - (on.month < start.month))
    return low, high


def _from_excel_number(value: float, place: str) -> str:
    """1980.6 typed into a cell that is not text; one decimal digit 1 may have been 1 or 10, 2 to 9 are sure."""
    text = f"{value:.4f}".rstrip("0")
    if text.endswith(".1") or not re.fullmatch(r"[0-9]{4}\.([2-9]|0[1-9]|1[0-2])", text):
        year = text.partition(".")[0]
        raise BadInput(
            f"Excel 把年月当成了数字，分不清{year}年1月和{year}年10月。"
            f"请把单元格格式设为“文本”，写成 {year}-01 或 {year}-10。",
            "Excel stored the month as a figure, so January and October look alike. Format the column as text.",
            place=place,
        )
    return text


def _month(year: int, month: int, day: int | None, place: str) -> Month:
    if year not in _YEARS or not 1 <= month <= 12:
        raise BadInput(f"没有{year}年{month}月这个年月，请核对。", "No such month.", place=place)
    if day is not None:
        try:
            date(year, month, day)
        except ValueError:
            raise BadInput(f"没有{year}年{month}月{day}日这一天，请核对。", "No such day.", place=place) from None
    return Month(year, month)
