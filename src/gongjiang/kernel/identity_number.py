"""Identity numbers that a person in China may hold: read, checked, compared, masked.

Check digit, date and form are the rule (GB 11643-1999). The region code is a hint at most: codes are created
and abolished, and a number issued under an old one stays good, so an unknown region never refuses anybody.
No message ever repeats the number.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import mul
from typing import Final, Literal

from gongjiang.kernel.dates import Month, long_date
from gongjiang.kernel.decision import Reason
from gongjiang.kernel.errors import BadInput

Gender = Literal["男", "女"]

SAMPLE_REGION: Final = "990000"
"""No region of China: numbers that begin so belong to invented people."""

_EARLIEST: Final = date(1900, 1, 1)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_TIMES: Final = [bytes((sign - 48) * weight % 11 for sign in range(256)) for weight in _WEIGHTS]
"""For each place, what a digit there adds; by the digit's byte."""
_ENDS: Final = bytes(ord(_CHECK_DIGITS[total % 11]) for total in range(256))
_EIGHTEEN: Final = re.compile(r"[0-9]{17}[0-9X]")
_OLD_MAINLAND: Final = re.compile(r"[0-9]{15}")
_OLD_FOREIGN: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
_EXCEL_NUMBER: Final = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+|[0-9]{15,18}\.0+")


class Kind(Enum):
    """Whose number it is; each kind has its own card."""

    MAINLAND = "居民身份证"
    HONG_KONG = "港澳台居民居住证（香港）"
    MACAU = "港澳台居民居住证（澳门）"
    TAIWAN = "港澳台居民居住证（台湾）"
    FOREIGN = "外国人永久居留身份证"
    FOREIGN_OLD = "外国人永久居留身份证（旧版15位）"


_PREFIXES: Final = {"81": Kind.HONG_KONG, "82": Kind.MACAU, "83": Kind.TAIWAN}


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that has passed all checks. `birth` and `gender` are None where the card does not say them.

    It shows itself masked; `value` alone is the whole number.
    """

    value: str
    kind: Kind
    birth: date | None
    gender: Gender | None

    def __repr__(self) -> str:
        return f"IdentityNumber({mask(self.value)})"

    __str__ = __repr__

    @property
    def masked(self) -> str:
        """As lists show it: `320***********1234`."""
        return mask(self.value)


def normalise(text: str) -> str:
    """Full-width digits and x made plain; spaces, line breaks and zero-width characters dropped."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if not (char.isspace() or unicodedata.category(char) in ("Cf", "Cc")))


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECK_DIGITS[sum(map(mul, map(int, first17), _WEIGHTS)) % 11]


def parse(value: str | int | float, *, on: date, place: str = "") -> IdentityNumber:
    """The identity number that was typed or read from a cell; `on` is the day before which one must be born.

    Raises BadInput with what is wrong and what to do; `place` names the field, row or cell.
    """
    if not isinstance(value, str) or _EXCEL_NUMBER.fullmatch(normalise(value)):
        raise BadInput(
            "Excel 把身份证号当成了数字（如 1.10105E+17），末几位已经丢失，无法恢复。"
            "请先把该列的单元格格式设为“文本”，再重新填写完整的18位号码。",
            "Excel stored the number as a figure and lost its last digits. Format the column as text, type it again.",
            place=place,
        )
    text = normalise(value)
    if not text:
        raise BadInput("身份证号未填。", "The identity number is missing.", place=place)
    if _OLD_FOREIGN.fullmatch(text):
        return _old_foreign(text, place)
    if _OLD_MAINLAND.fullmatch(text):
        raise BadInput(
            "这是15位旧身份证号，2013年起已停止使用。请填写现用的18位号码。",
            "Numbers of 15 digits are no longer in use; give the one of 18.",
            place=place,
        )
    if not _EIGHTEEN.fullmatch(text):
        raise BadInput(_shape(text), "An identity number has 17 digits and a last digit or X.", place=place)
    if check_digit(text[:17]) != text[17]:
        raise BadInput(
            "身份证号校验不通过，可能有一位填错或两位颠倒。请对照证件重新填写。",
            "The check digit does not fit: a digit is wrong or two are swapped.",
            place=place,
        )
    gender: Gender = "男" if int(text[16]) % 2 else "女"
    return IdentityNumber(text, kind_of(text), _birth(text[6:14], on, place), gender)


def surely_right(values: Sequence[str], *, on: date) -> set[str]:
    """Those of many texts that `parse` would give back as they are, all looked at together. Whatever is not among them
    has to be asked about singly."""
    likely = [one for one in values if len(one) == 18 and one.isascii() and one[:17].isdigit()]
    signs = "".join(likely).encode()
    # A byte for each number, and all of them one integer: 17 times at most 10 never runs over into the next.
    sums = sum(int.from_bytes(signs[at::18].translate(times)) for at, times in enumerate(_TIMES))
    ends = sums.to_bytes(len(likely)).translate(_ENDS)
    found = [one for one, end, last in zip(likely, ends, signs[17::18], strict=True) if end == last]
    days = {born: _is_birth(born, on) for born in {one[6:14] for one in found}}
    return {one for one in found if days[one[6:14]]}


def _is_birth(digits: str, on: date) -> bool:
    try:
        _birth(digits, on, "")
    except BadInput:
        return False
    return True


def kind_of(value: str) -> Kind:
    """The kind of a number of right shape, by how it begins."""
    if _OLD_FOREIGN.fullmatch(value):
        return Kind.FOREIGN_OLD
    if value.startswith("9") and not value.startswith(SAMPLE_REGION):
        return Kind.FOREIGN
    return _PREFIXES.get(value[:2], Kind.MAINLAND)


def disagreements(
    number: IdentityNumber, *, birth: Month | None = None, gender: Gender | None = None
) -> tuple[Reason, ...]:
    """Where the form says otherwise than the number; nothing for what either of them leaves open."""
    found: list[Reason] = []
    if birth and number.birth and Month.of(number.birth) != birth:
        found.append(
            Reason(
                f"出生年月填的是{birth.chinese()}，与身份证号中的{Month.of(number.birth).chinese()}不一致，请核对。",
                subject="birth",
            )
        )
    if gender and number.gender and number.gender != gender:
        found.append(Reason(f"性别填的是{gender}，与身份证号所示的{number.gender}不一致，请核对。", subject="gender"))
    return tuple(found)


def mask(value: str) -> str:
    """The first three and the last four characters; the rest, or a short text wholly, as stars."""
    text = normalise(value)
    if len(text) < 12:
        return "*" * len(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def sample(seq: int, birth: date, gender: Gender) -> str:
    """A number for an invented person: valid in form, of no region. `seq` 0 to 499 tells twins apart."""
    if not 0 <= seq <= 499:
        raise BadInput("样例序号须在0到499之间。", "Sample numbers run from 0 to 499.", place=str(seq))
    first17 = f"{SAMPLE_REGION}{birth:%Y%m%d}{2 * seq + (gender == '男'):03d}"
    return first17 + check_digit(first17)


def _shape(text: str) -> str:
    if len(text) != 18:
        return f"身份证号应为18位，现为{len(text)}位。请对照证件填写完整。"
    return "身份证号只能由17位数字加末位数字或X组成，现含有其他字符。请对照证件重新填写。"


def _birth(digits: str, on: date, place: str) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise BadInput(
            f"身份证号中的出生日期{int(digits[4:6])}月{int(digits[6:])}日并不存在。请对照证件重新填写。",
            "The birth date inside the number does not exist.",
            place=place,
        ) from None
    if not _EARLIEST <= birth <= on:
        raise BadInput(
            f"身份证号中的出生年份{birth.year}年不合情理（应在1900年至{long_date(on)}之间）。请对照证件重新填写。",
            "The birth date inside the number is in the future or before 1900.",
            place=place,
        )
    return birth


def _old_foreign(text: str, place: str) -> IdentityNumber:
    """Three letters of the country, four digits of the place, two-digit birth year, month, day, two more.

    The century is not told, so no birth date is read off; month and day must exist (in a leap year).
    """
    try:
        date(2000, int(text[9:11]), int(text[11:13]))
    except ValueError:
        raise BadInput(
            "永久居留证号中的出生月日并不存在。请对照证件重新填写。",
            "The birth day inside the number does not exist.",
            place=place,
        ) from None
    return IdentityNumber(text, Kind.FOREIGN_OLD, None, None)
