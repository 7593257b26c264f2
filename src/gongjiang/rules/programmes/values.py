"""Values as they are compared: exact numbers, days with their bounds, codes, ticked boxes.

What is typed or loaded is made into one of these by the type of its field; what cannot be read is unknown,
never guessed (4.99 is not 5; NaN is nothing).
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.dates import Month, long_date, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import decimal_text, exact, percent
from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec


class Nothing(Enum):
    """A value known to be empty: not claimed. It meets no comparison."""

    NONE = "none"

    def __repr__(self) -> str:
        return "NONE"


NONE: Final = Nothing.NONE


@dataclass(frozen=True, slots=True)
class Days:
    """A day, month or year as the days it may be, first to last."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes of a `checks` field: ticked for certain, and whether others may still be."""

    codes: frozenset[str]
    closed: bool = True


@dataclass(frozen=True, slots=True)
class NotAmong:
    """Some word, but none of these: what may lie outside a registry's coverage."""

    words: frozenset[str]


Known = Interval | str | bool | Days | Ticks | NotAmong
Value = Known | Nothing | Unknown

NUMBERS: Final = frozenset({"number", "int"})
DATES: Final = frozenset({"date", "month", "year"})
_YES: Final = frozenset({"yes", "true", "是", "有"})
_NO: Final = frozenset({"no", "false", "否", "无"})


def is_blank(raw: Any) -> bool:
    """Was nothing given? A space typed into a field is nothing."""
    if raw.__class__ is str:
        return not raw or raw.isspace()
    return (
        raw is None
        or raw == ""
        or (isinstance(raw, str) and not raw.strip())
        or (isinstance(raw, list | tuple | set | frozenset | dict) and not raw)
    )


def read_value(raw: Any, spec: FieldSpec) -> Value:
    """A raw value that is not blank, by its field's type; UNKNOWN if it cannot be read."""
    if isinstance(raw, Unknown | Nothing | Interval | Days | Ticks | NotAmong):
        return raw
    try:
        return _READERS.get(spec.type, _text)(raw)
    except (BadInput, ValueError, TypeError):
        return UNKNOWN


def number(raw: Any) -> Fraction:
    """An exact number, also of a percent text or a float as it is written; ValueError or BadInput if it is none."""
    if isinstance(raw, bool):
        raise ValueError("a truth value is no number")
    if isinstance(raw, float):
        return exact(Decimal(repr(raw)))
    if isinstance(raw, str) and raw.strip().endswith(("%", "％")):
        return percent(raw)
    return exact(raw)


def days(raw: Any) -> Days:
    """A day, `2026-06`, or a year, as bounds."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Days(raw, raw)
    text = str(raw).strip()
    if len(text) == 4 and text.isdecimal():
        return Days(date(int(text), 1, 1), date(int(text), 12, 31))
    try:
        day = date.fromisoformat(text)
        return Days(day, day)
    except ValueError:
        return _of_month(parse_month(raw))


def _of_month(month: Month) -> Days:
    return Days(date(month.year, month.month, 1), date(month.year, month.month, monthrange(month.year, month.month)[1]))


def _month(raw: Any) -> Days:
    if isinstance(raw, int) or (isinstance(raw, str) and len(raw.strip()) == 4):
        return days(raw)
    return _of_month(parse_month(raw))


def _number(raw: Any) -> Interval:
    return Interval.point(number(raw))


def _yes_no(raw: Any) -> Value:
    if isinstance(raw, Mapping):
        raw = raw.get("value", raw.get("yes"))
        if is_blank(raw):
            return UNKNOWN
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in _YES:
        return True
    return False if word in _NO else UNKNOWN


def _ticks(raw: Any) -> Value:
    if isinstance(raw, str):
        return Ticks(frozenset({raw}))
    return Ticks(frozenset(str(one) for one in raw))


def _text(raw: Any) -> Value:
    return str(raw).strip()


def _any(raw: Any) -> Value:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, date):
        return days(raw)
    if isinstance(raw, int | float | Decimal | Fraction):
        return _number(raw)
    if isinstance(raw, list | tuple | set | frozenset):
        return _ticks(raw)
    word = str(raw).strip()
    if word.lower() in _YES | _NO:
        return word.lower() in _YES
    try:
        return _number(word)
    except (BadInput, ValueError):
        return word


_READERS: Final[Mapping[str, Callable[[Any], Value]]] = {
    "number": _number,
    "int": _number,
    "date": days,
    "month": _month,
    "year": days,
    "yes_no": _yes_no,
    "checks": _ticks,
    "any": _any,
}


def show(value: Value, spec: FieldSpec, codes: CodeList) -> str:
    """The value for people, with its unit."""
    if isinstance(value, Unknown):
        return "未知"
    if isinstance(value, Nothing):
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Interval):
        low, high = plain(value.low), plain(value.high)
        return f"{low}{spec.unit}" if low == high else f"{low}～{high}{spec.unit}"
    if isinstance(value, Days):
        return _show_days(value)
    if isinstance(value, Ticks):
        return "、".join(codes.labels.get(one, one) for one in sorted(value.codes))
    if isinstance(value, NotAmong):
        return "其他"
    return codes.labels.get(value, value)


def plain(value: Fraction) -> str:
    """All decimals of a number that has an end, else six."""
    for places in (0, 2, 4, 6, 9, 18):
        if (value * 10**places).denominator == 1:
            return decimal_text(value, places)
    return decimal_text(value, 6)


def _show_days(value: Days) -> str:
    if value.first == value.last:
        return long_date(value.first)
    if (value.first.year, value.first.month) == (value.last.year, value.last.month):
        return f"{value.first.year}年{value.first.month}月"
    return f"{value.first.year}年" if value.first.year == value.last.year else "日期未明"
