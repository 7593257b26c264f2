"""What is printed on a certificate: the pack's words where it gives some, else these."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from gongjiang.rules.programmes.schema.certificate import PLACE, Certificate
from gongjiang.rules.programmes.schema.pack import PackFile

HEADING: Final = "荣誉证书"
_DIGITS: Final = "〇一二三四五六七八九"


def certificate_for(pack: PackFile, award: str, confers: str) -> Certificate | None:
    """Which certificate an award has: the one that names it; else, for whoever stands at once, the one that names no
    award; else a plain one. None for trainees whom no entry names (ledger X-06)."""
    named = next((one for one in pack.certificates if award in one.award), None)
    if named is not None or confers != "stands":
        return named
    return next((one for one in pack.certificates if not one.award), Certificate(id="plain", label=HEADING))


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with its places filled, once: what is filled in is never read again, whatever a name looks like."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def addressed(name: str, person: bool) -> str:
    """How the certificate speaks to whom it honours."""
    return f"{name} 同志：" if person else f"{name}："


def chinese_date(day: date) -> str:
    """`二〇二六年十月十二日`, as certificates and documents date."""
    year = "".join(_DIGITS[int(one)] for one in str(day.year))
    return f"{year}年{_below_hundred(day.month)}月{_below_hundred(day.day)}日"


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
