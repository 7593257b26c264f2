"""Exact numbers: read from text without a float anywhere, rounded only where a notice says how."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, Literal, get_args

from gongjiang.kernel.errors import BadInput

Rounding = Literal["up", "down", "half_up", "half_even"]

ROUNDINGS: Final[tuple[Rounding, ...]] = get_args(Rounding)

ROUNDING_LABELS: Final[dict[Rounding, str]] = {
    "up": "进一取整",
    "down": "舍去取整",
    "half_up": "四舍五入",
    "half_even": "四舍六入五成双",
}

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")


def exact(value: str | int | Decimal | Fraction, *, place: str = "") -> Fraction:
    """The number that is written, exactly. Full-width digits are taken; -0 is 0.

    Raises BadInput for a float, NaN, an exponent (1e309), a percent sign or any other text.
    >>> exact("1.1") * 25
    Fraction(55, 2)
    """
    if isinstance(value, Decimal):
        value = format(value, "f") if value.is_finite() else str(value)
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().replace("\u2212", "-")
        if not _NUMBER.fullmatch(text):
            raise BadInput("不是数字，请填写如 90 或 85.5 的数。", "Not a plain decimal number.", place=place)
        return Fraction(text)
    if isinstance(value, bool | float):
        raise BadInput("须按原样填写十进制数，不能用浮点数。", "Binary floats are not exact numbers.", place=place)
    return Fraction(value)


def percent(text: str, *, place: str = "") -> Fraction:
    """`15%` as 3/20. Raises BadInput without the percent sign."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain.endswith("%"):
        raise BadInput("须写成百分数，如 15%。", "Write a percentage such as 15%.", place=place)
    return exact(plain[:-1], place=place) / 100


def round_places(value: Fraction, how: Rounding) -> int:
    """A whole number of places from an exact product.

    25 places at 1:1.1 are 55/2: `up` 28, `down` 27, `half_up` 28, `half_even` 28.
    """
    low = floor(value)
    if how == "down":
        return low
    if how == "up":
        return ceil(value)
    rest = value - low
    half = Fraction(1, 2)
    if rest != half:
        return low + (rest > half)
    return low + 1 if how == "half_up" else low + low % 2


def round_to(value: Fraction, places: int, how: Rounding) -> Fraction:
    """The value rounded to so many decimal places, still exact."""
    scale = 10**places
    return Fraction(round_places(value * scale, how), scale)


def decimal_text(value: Fraction, places: int = 2) -> str:
    """For the eye: at most `places` decimals, rounded half up away from zero, trailing zeros dropped.

    >>> decimal_text(Fraction(72, 5)), decimal_text(Fraction(2, 3)), decimal_text(Fraction(30))
    ('14.4', '0.67', '30')
    """
    units = round_places(abs(value) * 10**places, "half_up")
    whole, rest = divmod(units, 10**places)
    text = str(whole)
    if rest:
        text += "." + f"{rest:0{places}d}".rstrip("0")
    return f"-{text}" if value < 0 and units else text
