"""Telephone numbers: made plain, checked, masked. No message repeats the number."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from gongjiang.kernel.errors import BadInput

SAMPLE_PREFIX: Final = "100"
"""No operator has it: mobile numbers that begin so belong to invented people, and are accepted everywhere."""

_MOBILE: Final = re.compile(r"1(?:00|[3-9][0-9])[0-9]{8}")
_LANDLINE: Final = re.compile(r"(0[0-9]{2,3})?-?([2-9][0-9]{6,7})(?:(?:-|转|EXT\.?|X)([0-9]{1,6}))?")
_COUNTRY: Final = re.compile(r"^(?:\+|00)?86-?(?=[01])")
_SAMPLES: Final = 100_000_000


def _plain(value: str | int | float) -> str:
    """What was typed, without spaces, marks and the country code; a figure of Excel as its digits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", str(value)).upper()
    kept = "".join(c for c in text if not (c.isspace() or unicodedata.category(c) in ("Cf", "Cc") or c in "()·"))
    kept = re.sub("[\u2010-\u2015\u2212]", "-", kept)
    return _COUNTRY.sub("", kept)


def normalise_mobile(value: str | int | float, *, place: str = "") -> str:
    """The 11 digits of a mainland mobile number; raises BadInput otherwise.

    >>> normalise_mobile("+86 100-0000-0001")
    '10000000001'
    """
    digits = _plain(value).replace("-", "")
    if not _MOBILE.fullmatch(digits):
        wrong = f"现为{len(digits)}位" if digits.isdigit() else "现含有数字以外的字符"
        raise BadInput(
            f"手机号应为11位、以1开头的号码，{wrong}。请重新填写。",
            "A mobile number has 11 digits and begins with 1.",
            place=place,
        )
    return digits


def normalise_phone(value: str | int | float, *, place: str = "") -> str:
    """A mobile number, or a landline as `0771-5550000` with its extension after a further `-`."""
    if isinstance(value, str) and _MOBILE.fullmatch(value):
        return value
    text = _plain(value)
    if _MOBILE.fullmatch(text.replace("-", "")):
        return text.replace("-", "")
    found = _LANDLINE.fullmatch(text)
    if not found:
        raise BadInput(
            "电话应为11位手机号，或带区号的固定电话（如 0771-5550000）。请重新填写。",
            "Give a mobile number, or a landline with its area code.",
            place=place,
        )
    return "-".join(part for part in found.groups() if part)


def surely_right(values: Iterable[str]) -> set[str]:
    """Those of many texts that `normalise_phone` would give back as they are; the others have to be asked singly."""
    return set(filter(_MOBILE.fullmatch, values))


def mask(value: str) -> str:
    """`138****1234`; of a landline the last four digits; a short text wholly stars."""
    text = _plain(value)
    if len(text) < 8:
        return "*" * len(text)
    lead = 3 if len(text) >= 11 else 0
    return text[:lead] + "*" * (len(text) - lead - 4) + text[-4:]


def sample(seq: int) -> str:
    """A mobile number for an invented person; `seq` from 0 to 99,999,999."""
    if not 0 <= seq < _SAMPLES:
        raise BadInput("样例序号超出范围。", "Sample numbers have eight digits.", place=str(seq))
    return f"{SAMPLE_PREFIX}{seq:08d}"
