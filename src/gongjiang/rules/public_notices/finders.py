"""Numbers and dates of people, found in text however they are dressed up."""

import re
import unicodedata
from datetime import date
from typing import Final

from gongjiang.kernel import identity_number

_JOINT: Final = "[ -]?"
_IDENTITY_18: Final = re.compile(rf"(?<![0-9])(?=((?:[0-9]{_JOINT}){{17}}[0-9X])(?![0-9]))")
_IDENTITY_15: Final = re.compile(r"(?<![0-9])[0-9]{15}(?![0-9])")
_IDENTITY_FOREIGN: Final = re.compile(r"(?<![0-9A-Z])[A-Z]{3}[0-9]{12}(?![0-9A-Z])")
_MOBILE: Final = re.compile(
    rf"(?<![0-9A-F])(?:(?:\+|00)?86{_JOINT})?(1(?:00|[3-9][0-9]){_JOINT}[0-9]{{4}}{_JOINT}[0-9]{{4}})(?![0-9A-F])"
)
_FULL_DATE: Final = re.compile(
    r"(?<![0-9])((?:18|19|20)[0-9]{2})"
    r"(?: ?[.\-/年] ?([0-9]{1,2}) ?[.\-/月] ?([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?![0-9])"
)
_PROVINCES: Final = frozenset(
    re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818291")
)


def plain_text(text: str) -> str:
    """Width, case, hidden characters, blanks and dashes evened out; line breaks stay."""
    folded = unicodedata.normalize("NFKC", text).upper()
    visible = "".join(char for char in folded if unicodedata.category(char) not in ("Cf", "Mn"))
    return re.sub(r"[^\S\n]+", " ", re.sub("[\u2010-\u2015\u2212]", "-", visible))


def identity_numbers(plain: str) -> list[str]:
    """Numbers of the shape of an identity number: right check digit, or a date where the birth date stands."""
    hits: list[str] = []
    for found in _IDENTITY_18.finditer(plain):
        digits = re.sub(r"[^0-9X]", "", found.group(1))
        solid = len(digits) == len(found.group(1))
        right = solid and identity_number.check_digit(digits[:17]) == digits[17]
        if right or _is_date(digits[6:10], digits[10:12], digits[12:14]):
            hits.append(digits)
    for found in _IDENTITY_15.finditer(plain):
        digits = found.group()
        if digits[:2] in _PROVINCES and _is_date(f"19{digits[6:8]}", digits[8:10], digits[10:12]):
            hits.append(digits)
    for found in _IDENTITY_FOREIGN.finditer(plain):
        digits = found.group()
        if _is_date("2000", digits[9:11], digits[11:13]):
            hits.append(digits)
    return hits


def mobiles(plain: str) -> list[str]:
    """Mobile numbers, as 11 digits."""
    return [re.sub(r"[^0-9]", "", found.group(1)) for found in _MOBILE.finditer(plain)]


def full_dates(plain: str) -> list[tuple[date, int]]:
    """Full dates with where they stand; a run of eight digits only if it is one."""
    hits: list[tuple[date, int]] = []
    for found in _FULL_DATE.finditer(plain):
        year, month, day, solid_month, solid_day = found.groups()
        if _is_date(year, month or solid_month, day or solid_day):
            hits.append((date(int(year), int(month or solid_month), int(day or solid_day)), found.start()))
    return hits


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1850 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False
